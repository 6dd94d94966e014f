"""The key rows as rooms above may join them in one statement of their own: facts of the rows, no key material.

The subselect is folded into the statement around it. The table may change without them.
"""

from typing import Final

CUSTOMER_ROOTS: Final = """(SELECT customer_id, generation, suite, wrapped IS NOT NULL AS whole
    FROM keys.customer_root)"""
"""`customer_id`, `generation`, `suite`; `whole` unless the key was destroyed."""
