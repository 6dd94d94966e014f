"""How right values and columns are read: `make accuracy`. Invented data, made at run time from a fixed seed.

`values` lists the kinds with their rules, `documents`, `things`, `plain` and `telephones` make the values, `judge`
holds them against Tutela. Columns (headers in four styles) join as `columns`.
"""
