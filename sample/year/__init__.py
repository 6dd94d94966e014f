"""The sample insurer's year before today: a programme that has been running for fourteen months.

Unlike the rest of `sample/`, this part drives Tutela: it plays the people of `staff.csv` through the
ordinary verbs, in the order in which things happened, with a clock that it moves itself. Why that is
honest, and how the trail shows it, stands in docs/decisions/sample-year.md. `make demo` runs it before
the first start: `python -m sample.year FILES`.
"""
