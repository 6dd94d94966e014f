"""Who and whom a look names: accounts of the other system as our staff, values as our customers.

The person's name in the other system is stored, masked where it looks like a customer's value; the customer's
values are turned into search tags by the vault and forgotten."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from tutela.access import queries as people
from tutela.base.free_text import find_customer_value
from tutela.crypto import digest
from tutela.detect.recognisers import REGISTRY
from tutela.detect.values import clean, mask
from tutela.vault.told import Told, customers_of

from .reading.told import Look

SHOWN_LENGTH: Final = 64
_HIDDEN: Final = "****"
_LONG_NUMBER: Final = re.compile(r"\d{6,}")
RECORD_SIZE: Final = 16
_MOST_REMEMBERED: Final = 50_000


class Fingerprints:
    """Recognises records of one feed again. Records of a delivery that are alike in everything are told apart by
    their count, so that each is one look and the same file again is none."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._mac = digest.keyed(key)
        self._alike: dict[bytes, int] = {}

    def of_records(self, looks: Iterable[Look]) -> list[bytes]:
        """16 bytes for each look, in their order."""
        return [self._of_record(look) for look in looks]

    def of_account(self, person: str) -> bytes:
        """16 bytes for a person's name in the other system, whatever its case."""
        return digest.mac(self._key, b"account", person.casefold().encode())[:RECORD_SIZE]

    def _of_record(self, look: Look) -> bytes:
        once = self._mac(look.same)
        nth = self._alike.get(once, 0)
        self._remember(once, nth + 1)
        if nth:
            once = self._mac(once + nth.to_bytes(8))
        return once[:RECORD_SIZE]

    def _remember(self, once: bytes, nth: int) -> None:
        """Forget the oldest: records that are alike stand close together."""
        self._alike.pop(once, None)
        self._alike[once] = nth
        if len(self._alike) > _MOST_REMEMBERED:
            del self._alike[next(iter(self._alike))]


def shown_name(person: str) -> str:
    """A person's name in the other system as it may be stored: what looks like a customer's value is masked,
    whether or not there is such a customer, and so is the middle of every long number."""
    plain = "".join(char for char in person if char.isprintable()).strip()
    while (found := find_customer_value(plain)) is not None:
        kind = REGISTRY[found.kind]
        value = clean(found.kind, plain[found.start : found.end])
        hidden = mask(kind.mask.name, value) if kind.mask else _HIDDEN
        if find_customer_value(hidden) is not None:
            hidden = _HIDDEN
        plain = plain[: found.start] + hidden + plain[found.end :]
    return _LONG_NUMBER.sub(_shortened, plain)[:SHOWN_LENGTH]


def _shortened(digits: re.Match[str]) -> str:
    return f"{digits[0][:2]}{_HIDDEN}{digits[0][-2:]}"


def names_of(person: str) -> list[str]:
    """What a person may be called here: as told, in small letters, and without a domain (CORP\\\\x, x@corp)."""
    bare = person.rpartition("\\")[2]
    at = bare.partition("@")[0]
    found = (person, person.lower(), bare, bare.lower(), at, at.lower())
    return list(dict.fromkeys(name for name in found if name))


def staff_of(persons: Iterable[str]) -> dict[str, str]:
    """The staff id of each person whose login or staff number it is."""
    wanted = {person: names_of(person) for person in persons}
    known = people.staff_ids(sorted({name for names in wanted.values() for name in names}))
    return {
        person: next(known[name] for name in names if name in known)
        for person, names in wanted.items()
        if any(name in known for name in names)
    }


@dataclass(frozen=True, slots=True)
class Named:
    """The customers that a look names, and how many of its values name none."""

    customers: tuple[UUID, ...] = ()
    unknown: int = 0


def named_by(looks: Sequence[Look]) -> list[Named]:
    """The customers of each look, in the order of the looks."""
    found = customers_of({told for look in looks for told in look.customers})
    return [_named(look, found) for look in looks]


def _named(look: Look, found: Mapping[Told, tuple[UUID, ...]]) -> Named:
    if not look.customers:
        return Named()
    customers = {key: None for told in look.customers for key in found.get(told, ())}
    unknown = 0 if look.is_guess else sum(told not in found for told in look.customers)
    return Named(tuple(customers), unknown)
