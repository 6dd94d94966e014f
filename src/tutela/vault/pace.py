"""How often an account may search, because a search tells whether a value is held.

Each search is counted in the database before it is made, by one statement that also refuses the one too
many; so no number of threads, processes or machines passes the limit. A program with a limit of
thousands takes several at once, and what it does not use within seconds is lost to it.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from django.conf import settings

from tutela.access import attempts
from tutela.base import clock
from tutela.base.actor import Actor

from .errors import SearchLimit

WINDOW_SECONDS = 60.0
BLOCK_SECONDS = 5.0
"""How long searches that were taken at once may be used; the window is longer by as much."""
BLOCKS = 400
"""A block is this part of the limit, so up to this many searches a minute each is counted by itself."""
ACCOUNTS = 10_000


@dataclass(frozen=True, slots=True)
class _Block:
    """Searches taken at once: until when they may be used, how many, and a counter of those used."""

    until: float
    limit: int
    size: int
    # Counting with `next` is one step that no other thread can come between.
    used: Iterator[int] = field(default_factory=lambda: count(1))


_blocks: dict[str, _Block] = {}
_refill = threading.Lock()


def check(actor: Actor) -> None:
    """Count one more search of the account, or SearchLimit."""
    limit = _limit(actor)
    size = max(1, limit // BLOCKS)
    if size == 1:
        _take(actor, 1, limit, WINDOW_SECONDS)
        return
    if _use(actor, limit):
        return
    with _refill:
        # Another thread may have filled up meanwhile.
        if _use(actor, limit):
            return
        _take(actor, size, limit, WINDOW_SECONDS + BLOCK_SECONDS)
        if len(_blocks) >= ACCOUNTS:
            _blocks.clear()
        # One of them is this search.
        _blocks[actor.id] = _Block(clock.monotonic() + BLOCK_SECONDS, limit, size - 1)


def _use(actor: Actor, limit: int) -> bool:
    """Use one of the searches that this process holds, if any is left."""
    block = _blocks.get(actor.id)
    known = block is not None and block.limit == limit and clock.monotonic() < block.until
    return block is not None and known and next(block.used) <= block.size


def _take(actor: Actor, size: int, limit: int, seconds: float) -> None:
    if not attempts.take(f"vault.searches.{actor.id}", size, limit, seconds):
        raise SearchLimit(limit=limit)


def _limit(actor: Actor) -> int:
    """Searches a minute: a program works for many people, so it has a limit of its own."""
    if actor.kind == "machine":
        return int(settings.TUTELA_MACHINE_SEARCHES_A_MINUTE)
    return int(settings.TUTELA_SEARCHES_A_MINUTE)
