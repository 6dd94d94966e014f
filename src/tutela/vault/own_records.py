"""Finds customers by the key that a source system gave them, e.g. to link staff with their own records."""

from collections.abc import Iterable
from uuid import UUID

from tutela.crypto.errors import BadValue
from tutela.keys import custody

from .catalogue import Collection
from .queries import fetch
from .rows import source_tag

_BY_TAG = """
SELECT source_tag, customer_id FROM vault.record
 WHERE collection = %s AND source_tag = ANY(%s)
"""


def customers_by_key(source: str, keys: Iterable[str]) -> dict[str, UUID]:
    """The customers' ids by key, for the keys that are known; blank keys are left out."""
    index = custody.index_keys()
    tags: dict[bytes, str] = {}
    for key in keys:
        try:
            tags[source_tag(index, Collection.CUSTOMER, source, key)] = key
        except BadValue:
            continue
    rows = fetch(_BY_TAG, [int(Collection.CUSTOMER), list(tags)])
    return {tags[bytes(tag)]: customer for tag, customer in rows}
