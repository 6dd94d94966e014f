"""Entries of the trail in the words that a person reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy

from tutela.access import queries as people
from tutela.access.purposes import LABELS, Purpose
from tutela.base.actor import Actor, Channel
from tutela.base.language import name_of
from tutela.feeds import queries as feeds
from tutela.feeds.rules import NOBODY
from tutela.notices import naming
from tutela.trail import words as leaf_words
from tutela.trail.event_specs import event_words
from tutela.trail.queries import LeafRow
from tutela.vault import catalogue, work_items
from tutela.web.lists import Column
from tutela.web.templatetags.web import class_name

from . import words

FIELDS_SHOWN: Final = 4
COLUMNS: Final = (
    Column("time", gettext_lazy("Time"), "text-nowrap when"),
    Column("person", gettext_lazy("Person")),
    Column("event", gettext_lazy("What happened"), "trail-event"),
    Column("fields", gettext_lazy("Fields")),
    Column("about", gettext_lazy("Customers")),
    Column("purpose", gettext_lazy("Purpose"), "trail-why"),
    Column("outcome", gettext_lazy("Outcome")),
    Column("acts", gettext_lazy("More"), hidden=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafLine:
    """One entry. `fields` are names of fields, and of classes of which the entry names no field. `outside` is the
    other system that told of it, at the time `told`; empty for what was done here."""

    row: LeafRow
    who: str
    event: str
    exposure: str
    fields: Sequence[str]
    purpose: str
    work_item: str
    door: str
    why: str
    broken: str
    about: Sequence[tuple[str, str]]
    customers: Sequence[str]
    outside: str = ""
    told: datetime | None = None

    @property
    def first_fields(self) -> Sequence[str]:
        return self.fields[:FIELDS_SHOWN]

    @property
    def more_fields(self) -> int:
        return max(0, len(self.fields) - FIELDS_SHOWN)


def lines(actor: Actor, rows: Sequence[LeafRow]) -> list[LeafLine]:
    """The entries with names of people, things and work items that this reader may open."""
    about = _about(actor, rows)
    names = people.names([row.actor_id for row in rows if row.actor_kind in {"staff", "machine"}])
    names |= names_outside([row.actor_id for row in rows])
    kinds = work_items.kinds_of([UUID(row.work_item) for row in rows if row.work_item])
    return [
        LeafLine(
            row=row,
            who=names.get(row.actor_id) or str(words.ACTORS.get(row.actor_kind, row.actor_id)),
            event=event_words(row.event),
            exposure=str(leaf_words.EXPOSURES[row.exposure]),
            fields=fields_of(row),
            purpose=purpose_of(row.purpose),
            work_item=_work_item(row, kinds),
            door=_door(row.channel),
            why=str(words.REFUSALS.get(row.code, "")),
            broken=str(words.BROKEN.get(row.broken, row.broken)),
            about=[page for subject in row.subjects if (page := about.get(subject))],
            customers=[subject for kind, subject in row.subjects if kind == "customer"],
            outside=str(row.detail.get("system", "")) if is_outside(row) else "",
            told=told_of(row),
        )
        for row in rows
    ]


def is_outside(row: LeafRow) -> bool:
    """Whether another system told of it."""
    return row.channel == Channel.OUTSIDE.value


def told_of(row: LeafRow) -> datetime | None:
    """When the other system says that it was."""
    told = row.detail.get("told_ms")
    return datetime.fromtimestamp(told / 1000, UTC) if isinstance(told, int) else None


def names_outside(actor_ids: Sequence[str]) -> dict[str, str]:
    """What accounts of other systems are called that were matched to nobody when they acted, by their actor's id;
    with whom they are matched to since."""
    begins = f"{NOBODY}:"
    wanted = [key.removeprefix(begins) for key in actor_ids if key.startswith(begins)]
    return {
        f"{begins}{key}": f"{one.shown} ({one.staff.name})" if one.staff else one.shown
        for key, one in feeds.accounts_named(wanted).items()
    }


def fields_of(row: LeafRow) -> list[str]:
    """The names of the fields that were shown, then of the classes of which the entry names no field."""
    known = [catalogue.BY_ID[number] for number in row.fields if number in catalogue.BY_ID]
    told = {int(field.data_class) for field in known}
    return [
        *(name_of(field) for field in known),
        *(class_name(number) for number in row.classes if number not in told),
    ]


def purpose_of(code: str) -> str:
    """A purpose in the active language; its code if it is none of today's."""
    return str(LABELS[Purpose(code)]) if code in set(Purpose) else code


def _door(channel: str) -> str:
    return str(leaf_words.DOORS.get(channel, channel))


def _work_item(row: LeafRow, kinds: dict[UUID, work_items.Kind]) -> str:
    if not row.work_item:
        return ""
    kind = kinds.get(UUID(row.work_item))
    return str(kind.label) if kind else str(words.WORK_ITEM)


def _about(actor: Actor, rows: Sequence[LeafRow]) -> dict[tuple[str, str], tuple[str, str]]:
    """Address and name of what entries speak of, where a page is for it and the reader may open that."""
    pages: dict[tuple[str, str], tuple[str, str]] = {}
    for kind, view in naming.SUBJECTS.items():
        ids = frozenset(key for row in rows for subject, key in row.subjects if subject == kind)
        for key, name in naming.of_things(actor, view, ids).items():
            pages[kind, key] = (reverse(view, args=[key]), name)
    return pages
