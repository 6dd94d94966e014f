"""What the rooms above declare to the programme while the product starts: it imports none of them.

A room above calls these from its `register.py`. What nobody has registered is answered as what is not there.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest
from django.utils.functional import Promise

from tutela.access.models import Post, Staff
from tutela.base.actor import Actor
from tutela.base.registry import Registry

from .models import DutyOccurrence


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What a task comes from, in words, and its page."""

    name: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One line of "my work": what waits for a person, and what for."""

    name: str
    page: str
    wanted: Literal["sign", "confirm", "approve", "read"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owned:
    """One thing that a post owns in a room above."""

    name: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Owning:
    """What posts (by code) own in a room above: it goes along when a department hands its work over.
    `give` hands all of it to another post and tells how much that was."""

    rows: Callable[[Collection[str]], list[Owned]]
    give: Callable[[Collection[str], Post], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of "my work" that a room above draws. `rows` gives what waits for the reader; `template` shows them
    as `work`; `label` and `anchor` are for the count above."""

    label: Promise
    anchor: str
    template: str
    rows: Callable[[HttpRequest, Actor], Sequence[object]]


_parts = Registry[Part]("parts of my work")
_work_pages = Registry[Callable[[DutyOccurrence], str]]("pages of work that closed a duty")
_origins = Registry[Callable[[str], Origin | None]]("origins of tasks")
_papers = Registry[Callable[[Actor, Staff], list[Paper]]]("papers of my work")
_owning = Registry[Owning]("what posts own")


def register_work(duty: str, page: Callable[[DutyOccurrence], str]) -> None:
    """Say which page shows the work that closed a period of this duty (`fulfil_duty`); "" for none."""
    _work_pages.declare(duty, page)


def work_page(occurrence: DutyOccurrence) -> str:
    page = _work_pages.get(occurrence.template.code)
    return page(occurrence) if page else ""


def register_origin(kind: str, origin: Callable[[str], Origin | None]) -> None:
    """Say what tasks of this origin (`Task.origin_kind`) come from, by its id."""
    _origins.declare(kind, origin)


def origin(kind: str, key: str) -> Origin | None:
    find = _origins.get(kind)
    return find(key) if find else None


def register_papers(room: str, papers: Callable[[Actor, Staff], list[Paper]]) -> None:
    """Say what waits for a person, as far as they may act on it."""
    _papers.declare(room, papers)


def papers(actor: Actor, person: Staff) -> list[Paper]:
    return [paper for find in _papers.values() for paper in find(actor, person)]


def register_part(name: str, part: Part) -> None:
    """Add a part to "my work"."""
    _parts.declare(name, part)


def parts(request: HttpRequest, actor: Actor) -> list[tuple[Part, Sequence[object]]]:
    """The parts that hold anything for this reader."""
    filled = [(part, part.rows(request, actor)) for part in _parts.values()]
    return [(part, rows) for part, rows in filled if rows]


def register_owning(room: str, owning: Owning) -> None:
    """Say what posts own."""
    _owning.declare(room, owning)


def owned_by(posts: Collection[str]) -> list[Owned]:
    return [owned for owning in _owning.values() for owned in owning.rows(posts)]


def give(posts: Collection[str], to: Post) -> int:
    """Hand over all that posts own in the rooms above; how much that was."""
    return sum(owning.give(posts, to) for owning in _owning.values())
