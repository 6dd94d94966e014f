"""A seeded insurer that works for some weeks and leaves a trail, for the rules of the watch.

    insurer = found(seed=1, people=60, begins=date(...), days=90)
    wrong = inject(insurer)                     # one attack of each rule, by people who else work as usual
    leaves = written(insurer)                   # in the order of their indices
    world = Facts(insurer)                      # what the rules may ask

People, customers and work are invented; the same seed gives the same bytes. It imports `tutela.watch` only for the
shape of what the rules ask.
"""
