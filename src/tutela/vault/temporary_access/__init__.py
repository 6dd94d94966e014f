"""Temporary access and break-glass, as the vault knows them: whose data it is, what was searched for, who is told.

The rules about people and clocks, and the table, are those of `access`; the decision is
`access/temporary_access.py`. See docs/decisions/temporary-access.md.
"""
