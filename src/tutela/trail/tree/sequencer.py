"""The leader: gives leaves their places, reads them back, hashes them again, and signs.

One process leads by an advisory lock of the database; others stand by. Each step can be cut off and done again:
the places, tiles and horizon of a batch are one transaction in the database (trail.sequence); a size is written to
the second place before it is published; the same size signed again has the same root.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Iterator
from typing import Final

import psycopg

from tutela.base import clock
from tutela.base.errors import TutelaError

from . import epochs, second_place
from .link import Link
from .signing import Signing

BATCH_LEAVES: Final = 10_000
BATCHES_AT_ONCE: Final = 20
PERIOD_SECONDS: Final = 0.2
"""Between two looks for leaves without a place."""
SIGN_SECONDS: Final = 1.0
HANDOVER_SECONDS, HANDOVER_TRIES = 1.0, 50
STANDBY_SECONDS: Final = 1.0
"""Between two attempts to lead, or to reach the database again."""
_SEQUENCE: Final = "SELECT placed, more FROM trail.sequence(%s::integer)"
_log = logging.getLogger("tutela.trail.tree")


class Sequencer:
    """One candidate. `lead` must have answered True before the steps."""

    def __init__(self) -> None:
        self._link: Link | None = None
        self._signing: Signing | None = None

    def lead(self) -> bool:
        """Whether this is the leader now; else another one is. psycopg.Error without a database."""
        if self._link is None:
            self._link = Link()
        if not self._link.lead():
            return False
        if self._signing is None:
            signed = second_place.read()
            epochs.ensure(self._link, signed)
            self._signing = Signing(self._link, signed)
        return True

    def place(self, batches: int = BATCHES_AT_ONCE) -> tuple[int, bool]:
        """Give leaves that wait their places; how many, and whether more wait."""
        link, _ = self._leading()
        total, more = 0, True
        while more and batches > 0:
            placed, more = link.one(_SEQUENCE, BATCH_LEAVES)
            total, batches = total + placed, batches - 1
        return total, more

    def sign(self) -> None:
        """Sign what has its place. SignerFailed, psycopg.Error."""
        link, signing = self._leading()
        tree = epochs.read(link)
        if tree is not None:
            signing.sign(tree)

    def close(self) -> None:
        """Let another one lead."""
        link, self._link, self._signing = self._link, None, None
        if link is not None:
            link.close()

    def _leading(self) -> tuple[Link, Signing]:
        if self._link is None or self._signing is None:
            raise psycopg.OperationalError("not the leader")
        return self._link, self._signing


def sequence_once() -> int:
    """Place and sign everything that waits, unless another process leads; how many leaves got a place here.
    SignerFailed, psycopg.Error."""
    one = Sequencer()
    try:
        # The server notices a moment late that the last leader's connection is closed.
        for _ in range(HANDOVER_TRIES):
            if one.lead():
                break
            time.sleep(HANDOVER_SECONDS / HANDOVER_TRIES)
        else:
            return 0
        placed, more = one.place()
        while more:
            again, more = one.place()
            placed += again
        one.sign()
        return placed
    finally:
        one.close()


def catch_up() -> None:
    """Begin the tree if there is none, and place what the last process left behind, before customers' data is
    asked for. A fault is left to the sequencer, which tells of it."""
    one = Sequencer()
    with contextlib.suppress(psycopg.Error, TutelaError, OSError):
        if one.lead():
            one.place(batches=1)
    one.close()


@contextlib.contextmanager
def meanwhile() -> Iterator[None]:
    """Place leaves during a command of the shell, in case no sequencer runs. It signs nothing and begins no tree:
    this machine may know less of what was signed than another."""
    stop = threading.Event()
    _place_for_shell()
    thread = threading.Thread(target=_place_until, args=[stop], name="trail-places", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(STANDBY_SECONDS)
        _place_for_shell()


def _place_until(stop: threading.Event) -> None:
    while not stop.wait(STANDBY_SECONDS):
        _place_for_shell()


def _place_for_shell() -> None:
    with contextlib.suppress(psycopg.Error, TutelaError, OSError):
        link = Link()
        try:
            more = link.lead() and epochs.may_grow(link, second_place.read())
            while more:
                _, more = link.one(_SEQUENCE, BATCH_LEAVES)
        finally:
            link.close()


def run(stop: threading.Event) -> None:
    """Lead or stand by until `stop` is set. Faults are logged when they begin and end, and tried again."""
    one, signed_at, fault, pause = Sequencer(), 0.0, "", 0.0
    while not stop.wait(pause):
        try:
            pause = STANDBY_SECONDS
            if one.lead():
                _, more = one.place()
                if clock.monotonic() - signed_at >= SIGN_SECONDS:
                    signed_at = clock.monotonic()
                    one.sign()
                pause = 0.0 if more else PERIOD_SECONDS
            now = ""
        except TutelaError as error:
            now = error.code
        except (psycopg.Error, OSError) as error:
            now = type(error).__name__
            one.close()
        if now != fault:
            _log.log(
                logging.ERROR if now else logging.WARNING, "trail.sequencer fault=%s", now or "over"
            )
            fault = now
    one.close()
