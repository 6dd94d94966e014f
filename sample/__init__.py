"""The sample insurer: writes invented core-system exports for demo, tests, benchmarks.

It stands outside the package on purpose: no made-up customer ever ships with Tutela. It imports
nothing of Tutela and no Django, but for `sample/year`, which plays the year before today into an
installation. Run it as `python -m sample --out DIR`; see README.md here.
"""
