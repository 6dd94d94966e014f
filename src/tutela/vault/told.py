"""Customers whom another system's log names: from what it tells to ids, thousands at a time.

Nothing is opened and nothing kept: a value becomes search tags here, and whoever called forgets it. The answer may
go into leaves and counts that the caller's own readers see, never back to whoever told the value.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import cache
from typing import Final, NamedTuple
from uuid import UUID

from tutela.crypto.normalise import EARLIER, Transform
from tutela.detect.values import clean
from tutela.keys import custody

from . import catalogue, queries, search_forms
from .trace import RECOGNISERS, By

MOST_SHARING: Final = 20
"""A value that more customers carry names none of them: a switchboard, a dummy number."""
KINDS: Final = (
    By.CUSTOMER_NUMBER,
    By.POLICY_NUMBER,
    By.CLAIM_NUMBER,
    By.ID_NUMBER,
    By.PHONE,
)
"""What a log may name a customer by."""


class Told(NamedTuple):
    """A value of a log, and what it is."""

    by: By
    value: str


def customers_of(told: Collection[Told]) -> dict[Told, tuple[UUID, ...]]:
    """The customers of each value that has some, at most MOST_SHARING, in the order of their ids."""
    values_of: defaultdict[By, list[str]] = defaultdict(list)
    for by, value in set(told):
        values_of[by].append(value)
    meant: defaultdict[int, set[Told]] = defaultdict(set)
    for by, values in values_of.items():
        for tag, value in _tags(by, values):
            meant[tag].add(Told(by, value))
    if not meant:
        return {}
    carriers: defaultdict[Told, set[UUID]] = defaultdict(set)
    for tag, customer in queries.tagged(list(meant), custody.index_keys().version):
        for one in meant[tag]:
            carriers[one].add(customer)
    return {
        one: tuple(sorted(customers))
        for one, customers in carriers.items()
        if len(customers) <= MOST_SHARING
    }


def _tags(by: By, values: list[str]) -> Iterable[tuple[int, str]]:
    """Each tag that one of the values may be stored under, and the value."""
    index = custody.index_keys()
    for recogniser, ways in _ways(by).items():
        forms: defaultdict[Transform, list[tuple[str, str]]] = defaultdict(list)
        for value in values:
            texts = {clean(recogniser, value), value}
            for way in {way for way, _field in ways}:
                found = {form for text in texts if (form := search_forms.normal(way, text))}
                forms[way] += [(form, value) for form in found]
        for way, field in ways:
            pairs = forms[way]
            tags = index.tags64(field, way, [form for form, _value in pairs])
            yield from zip(tags, (value for _form, value in pairs), strict=True)


@cache
def _ways(by: By) -> dict[str, list[tuple[Transform, int]]]:
    """By recogniser, the transform and the field of each kind of tag that such a value may have."""
    found: defaultdict[str, list[tuple[Transform, int]]] = defaultdict(list)
    for field in catalogue.BY_ID.values():
        if field.recogniser in RECOGNISERS[by]:
            for transform in field.transforms:
                if transform is not Transform.LAST4:
                    found[field.recogniser].append((transform, field.id))
                    if transform in EARLIER:
                        found[field.recogniser].append((EARLIER[transform], field.id))
    return dict(found)
