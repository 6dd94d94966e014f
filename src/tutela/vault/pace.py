"""How often an account may search, because a search tells whether a value is held.

What counts is the trail's rows. They are read again for each search that could be one too many; far
below the limit a process allows itself a few on its own, so few that all processes of a machine, doing
the same at once, still stay below. Machines beside it may together pass the limit by a part of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from django.conf import settings

from tutela.base import clock
from tutela.base.actor import Actor

from . import queries
from .errors import SearchLimit

WINDOW_SECONDS = 60
REMEMBERED_SECONDS = 5.0
"""What other processes have counted meanwhile is unknown no longer than this."""
ACCOUNTS = 10_000


@dataclass(frozen=True, slots=True)
class _Spell:
    """Since a look at the trail: how many searches need no new look, and a counter of those made."""

    since: float
    most: int
    spare: int
    # Counting with `next` is one step that no other thread can come between.
    made: Iterator[int] = field(default_factory=lambda: count(1))


_spells: dict[str, _Spell] = {}


def check(actor: Actor) -> None:
    """Return if the account may search once more now, else SearchLimit."""
    most, now = _limit(actor), clock.monotonic()
    spell = _spells.get(actor.id)
    known = spell is not None and spell.most == most and now - spell.since <= REMEMBERED_SECONDS
    if spell is not None and known and next(spell.made) <= spell.spare:
        return
    counted = queries.searches_since(actor, WINDOW_SECONDS, most)
    if counted >= most:
        raise SearchLimit(limit=most)
    if len(_spells) >= ACCOUNTS:
        _spells.clear()
    _spells[actor.id] = _Spell(now, most, _share(most - counted - 1))


def _limit(actor: Actor) -> int:
    """Searches a minute: a program works for many people, so it has a limit of its own."""
    if actor.kind == "machine":
        return int(settings.TUTELA_MACHINE_SEARCHES_A_MINUTE)
    return int(settings.TUTELA_SEARCHES_A_MINUTE)


def _share(left: int) -> int:
    """Half of this process's part of what is left."""
    return left // (2 * settings.TUTELA_WEB_PROCESSES)
