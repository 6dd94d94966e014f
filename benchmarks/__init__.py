"""Measures, each beside a peer or a limit in the same run. `make bench` runs all of them.

A module `bench_<what>.py` has `run(scale: Scale) -> list[Row]`. Timings are noisy on shared machines:
every figure is a median of several rounds, and the ratio to the peer is what counts.
"""
