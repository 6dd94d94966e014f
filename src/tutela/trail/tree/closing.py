"""Customers' data closes while the tree is broken, unsigned or far behind; exports stop while it is strained.

Only leaves of looks at customers' data ask here: people can still sign in, read the trail and answer for a fault.
"""

import os
import threading
from collections.abc import Iterable

import psycopg

from tutela.base import clock
from tutela.trail.errors import TrailClosed, TrailStrained
from tutela.trail.leaves import Exposure, Leaf
from tutela.trail.pulse import TREE_FRESH_SECONDS, TREE_STALE_SECONDS, State, Why
from tutela.trail.writer import writer

_HANDED_OUT = frozenset({Exposure.EXPORT, Exposure.PRINT})
_looking = threading.Lock()


def _after_fork() -> None:
    global _looking
    _looking = threading.Lock()


os.register_at_fork(after_in_child=_after_fork)


def check(leaves: Iterable[Leaf]) -> None:
    """TrailClosed or TrailStrained if these leaves may not be written in the present state of the tree."""
    exposures = {leaf.exposure for leaf in leaves} - {Exposure.NONE}
    if not exposures:
        return
    refresh()
    pulse, now = writer().pulse, clock.monotonic()
    if (why := pulse.tree_closed(now)) is not Why.NONE:
        raise TrailClosed(why=why.value)
    if pulse.strained and exposures & _HANDED_OUT and pulse.state(now)[0] is not State.OPEN:
        raise TrailStrained


def refresh() -> None:
    """Look at the tree if the last look is too old. Until it is stale, one caller looks and the others go on."""
    pulse = writer().pulse
    age = pulse.tree_seen(clock.monotonic())
    if age <= TREE_FRESH_SECONDS or not _looking.acquire(blocking=age > TREE_STALE_SECONDS):
        return
    try:
        if pulse.tree_seen(clock.monotonic()) > TREE_FRESH_SECONDS:
            _look()
    finally:
        _looking.release()


def look() -> None:
    """Look at the tree now. TrailClosed without a database."""
    with _looking:
        _look()


def _look() -> None:
    try:
        writer().look_at_tree()
    except psycopg.Error as error:
        raise TrailClosed(why=Why.DATABASE.value) from error
