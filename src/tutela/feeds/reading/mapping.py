"""How a company's own look log is read: which column is what. Saved with the feed, checked when it is saved.

    {"zone": "Asia/Shanghai", "encoding": "utf-8", "delimiter": ",",
     "columns": {"at": "look_time", "person": "user_no", "customer_number": "cust_no", "number": "seq"},
     "actions": {"查看": "read", "导出": "export"}, "fields": ["name", "phone"],
     "objects": {"t_customer": ["name"]}}

Formats whose columns are fixed need the zone and which values of customers may stand in their statements.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Self
from zoneinfo import ZoneInfo

from tutela.feeds.errors import MappingWrong, ZoneUnknown
from tutela.feeds.rules import Action
from tutela.vault import catalogue
from tutela.vault.errors import UnknownField
from tutela.vault.told import KINDS
from tutela.vault.trace import By

from .lines import ENCODINGS

COLUMN_LENGTH: Final = 80
MOST_ENTRIES: Final = 500
DELIMITERS: Final = {",": ",", ";": ";", "tab": "\t", "|": "|"}


class Part(StrEnum):
    """What a column of a log may stand for."""

    AT = "at"
    PERSON = "person"
    CUSTOMER_NUMBER = "customer_number"
    POLICY_NUMBER = "policy_number"
    CLAIM_NUMBER = "claim_number"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    ACTION = "action"
    FIELDS = "fields"
    ROWS = "rows"
    RECORD = "record"
    NUMBER = "number"
    STREAM = "stream"


NEEDED: Final = (Part.AT, Part.PERSON)
OF_CUSTOMERS: Final = {Part(by.value): by for by in KINDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class LogMapping:
    """A mapping that was checked. `columns` are names in the file by part, `statements` the kinds of values that
    may stand in a statement, `objects` numbers of fields by table, `fields` those of every record."""

    zone: ZoneInfo
    encoding: str = "utf-8"
    delimiter: str = ","
    columns: Mapping[Part, str] = field(default_factory=dict)
    actions: Mapping[str, Action] = field(default_factory=dict)
    fields: tuple[int, ...] = ()
    objects: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    statements: tuple[By, ...] = ()

    @classmethod
    def checked(cls, told: object, *, needs_columns: bool) -> Self:
        """A mapping as it is stored; MappingWrong with the key that is wrong, ZoneUnknown."""
        if not isinstance(told, dict):
            raise MappingWrong(part="mapping")
        if unknown := sorted(set(map(str, told)) - _KEYS):
            raise MappingWrong(part=unknown[0] if unknown[0].isidentifier() else "mapping")
        return cls(
            zone=_zone(told.get("zone", "Asia/Shanghai")),
            encoding=_one_of(told, "encoding", {name: name for name in ENCODINGS}, "utf-8"),
            delimiter=_one_of(told, "delimiter", DELIMITERS, ","),
            columns=_columns(told.get("columns", {}), needed=needs_columns),
            actions=_actions(told.get("actions", {})),
            fields=_fields(told.get("fields", []), "fields"),
            objects=_objects(told.get("objects", {})),
            statements=_statements(told.get("statements", [])),
        )


_KEYS: Final = frozenset(
    {"zone", "encoding", "delimiter", "columns", "actions", "fields", "objects", "statements"}
)


def _zone(name: object) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (ValueError, OSError, LookupError):
        raise ZoneUnknown from None


def _one_of(told: dict[str, Any], key: str, known: Mapping[str, str], usual: str) -> str:
    try:
        return known[str(told.get(key, usual))]
    except KeyError:
        raise MappingWrong(part=key) from None


def _pairs(told: object, part: str) -> list[tuple[str, Any]]:
    """The entries of an object whose keys are short texts."""
    if not isinstance(told, dict) or len(told) > MOST_ENTRIES:
        raise MappingWrong(part=part)
    if any(not isinstance(k, str) or not 0 < len(k.strip()) <= COLUMN_LENGTH for k in told):
        raise MappingWrong(part=part)
    return list(told.items())


def _columns(told: object, *, needed: bool) -> dict[Part, str]:
    found: dict[Part, str] = {}
    for part, name in _pairs(told, "columns"):
        if part not in set(Part) or not isinstance(name, str) or len(name) > COLUMN_LENGTH:
            raise MappingWrong(part="columns")
        if name.strip():
            found[Part(part)] = name.strip()
    for part in NEEDED:
        if needed and part not in found:
            raise MappingWrong(part=f"columns.{part.value}")
    if needed and not set(found) & set(OF_CUSTOMERS):
        raise MappingWrong(part="columns.customer_number")
    return found


def _actions(told: object) -> dict[str, Action]:
    found = {}
    for word, action in _pairs(told, "actions"):
        if action not in set(Action):
            raise MappingWrong(part="actions")
        found[word.strip().casefold()] = Action(action)
    return found


def _fields(told: object, part: str) -> tuple[int, ...]:
    if not isinstance(told, list) or len(told) > MOST_ENTRIES:
        raise MappingWrong(part=part)
    try:
        return tuple(sorted({catalogue.by_code(str(code)).id for code in told}))
    except UnknownField:
        raise MappingWrong(part=part) from None


def _objects(told: object) -> dict[str, tuple[int, ...]]:
    return {
        name.strip().casefold(): _fields(fields, "objects")
        for name, fields in _pairs(told, "objects")
    }


def _statements(told: object) -> tuple[By, ...]:
    if not isinstance(told, list) or any(code not in {by.value for by in KINDS} for code in told):
        raise MappingWrong(part="statements")
    return tuple(by for by in KINDS if by.value in told)


def texts_of(told: object) -> Iterator[str]:
    """Every text that a mapping holds: names of columns and tables, words for kinds of access."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for key, value in told.items():
            yield str(key)
            yield from texts_of(value)
    elif isinstance(told, list):
        for value in told:
            yield from texts_of(value)
