"""The 3-2-1-1-0 rule, computed from rows: three copies on two kinds of media, one offsite, one that nobody can
change, no errors. Pure.

The installation itself is the first copy and the first kind of media. Only copies of the newest set that lie there
now count; a copy whose last verdict is bad counts nowhere and is an error. What nobody has verified yet is no
proof: the zero at the end is then unknown, and never good.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from .rules import Level, Lock, Media

State = Literal["good", "short", "unknown"]
LIVE_MEDIA: Final = Media.DISK
"""Where the installation itself lies."""
SEALED_LOCKS: Final = frozenset({Lock.GOVERNANCE, Lock.COMPLIANCE, Lock.MOUNTED})
PROVEN: Final = Level.OPENED
"""The level from which a copy is known to open: decrypted to its end, its list compared with the manifest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A copy that lies on a target now. `level` is the best that it passed, None for none; `bad` whether its last
    verdict was against it; `lock` how the target keeps it from being deleted, until `lock_until`."""

    target: str
    media: str
    offsite: bool
    lock: str
    lock_until: datetime | None
    level: int | None
    bad: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One figure of the rule: what it is (`code`), how much there is and how much is asked for."""

    code: str
    value: int
    wanted: int
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """The five figures of one kind of set, of which the newest was taken at `at`; None if there is none."""

    parts: tuple[Part, ...]
    at: datetime | None

    @property
    def is_good(self) -> bool:
        return all(part.state == "good" for part in self.parts)


def panel(copies: Sequence[Held], errors: int, taken: datetime | None, now: datetime) -> Panel:
    """The rule for the newest set: its copies, and the `errors` that stand in all kept sets."""
    good = [one for one in copies if not one.bad]
    media = {LIVE_MEDIA, *(one.media for one in good)}
    sealed = [one for one in good if _is_sealed(one, now)]
    offsite = [one for one in good if one.offsite]
    parts = (
        _least("copies", 1 + len(good), 3),
        _least("media", len(media), 2),
        _least("offsite", len(offsite), 1),
        _least("immutable", len(sealed), 1),
        Part(code="errors", value=errors, wanted=0, state=_faultless(good, errors)),
    )
    return Panel(parts=parts, at=taken)


def _is_sealed(one: Held, now: datetime) -> bool:
    if one.lock not in SEALED_LOCKS:
        return False
    return one.lock == Lock.MOUNTED or (one.lock_until is not None and one.lock_until > now)


def _least(code: str, value: int, wanted: int) -> Part:
    return Part(code=code, value=value, wanted=wanted, state="good" if value >= wanted else "short")


def _faultless(good: Sequence[Held], errors: int) -> State:
    """No error is proven only where every copy of the newest set was opened to its end."""
    if errors:
        return "short"
    proven = [one for one in good if one.level is not None and one.level >= PROVEN]
    return "good" if good and len(proven) == len(good) else "unknown"


def weaker(one: Panel, other: Panel) -> tuple[Part, ...]:
    """Of each figure the worse of two panels: data and the keys that open them are restored together or not at
    all."""
    return tuple(map(_worse, one.parts, other.parts))


_RANK: Final[dict[State, int]] = {"short": 0, "unknown": 1, "good": 2}


def _worse(one: Part, other: Part) -> Part:
    if one.code == "errors":
        state = min(one.state, other.state, key=lambda name: _RANK[name])
        return Part(code=one.code, value=one.value + other.value, wanted=0, state=state)
    return min(one, other, key=lambda part: part.value)
