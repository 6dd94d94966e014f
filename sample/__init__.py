"""The sample insurer: writes invented core-system exports for demo, tests, benchmarks.

It stands outside the package on purpose: no made-up customer ever ships with Tutela. It imports
nothing of Tutela and no Django. Run it as `python -m sample --out DIR`; see README.md here.
"""
