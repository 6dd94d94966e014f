"""A leaf as the rules see it. Pure.

    look = look.read(zone, index, leaf_bytes)

Days are those of the company's time zone, as ordinals (`date.toordinal`).
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from json import JSONDecoder
from typing import Any, Final, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from tutela.trail.event_specs import is_outside
from tutela.trail.leaves import SALT_SIZE

MINUTE: Final = 60_000
OPENING: Final = frozenset({"detail_masked", "clear", "export", "print"})
"""Exposures by which one customer is really looked at; a masked list only names them."""
CLEARING: Final = frozenset({"clear", "export", "print"})
LISTED: Final = "list_masked"
LEAVING: Final = frozenset({"export", "print"})
_decode: Final = JSONDecoder().decode
PEOPLE: Final = frozenset({"staff", "machine"})


class Sequenced(Protocol):
    """A leaf at its place in the trail (`trail.tree.state.Sequenced`)."""

    @property
    def index(self) -> int: ...

    @property
    def leaf_id(self) -> UUID: ...

    @property
    def leaf(self) -> bytes: ...


class Calendar:
    """Local days and hours of moments, quick: the offset of each hour is asked once."""

    __slots__ = ("_hours", "_zone")

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._hours: dict[int, tuple[int, int]] = {}

    def place(self, t_ms: int) -> tuple[int, int]:
        """(day as ordinal, hour) of a moment in milliseconds."""
        hour = t_ms // 3_600_000
        found = self._hours.get(hour)
        if found is None:
            here = datetime.fromtimestamp(hour * 3600, UTC).astimezone(self._zone)
            if here.minute:  # a zone off by part of an hour: no cache fits
                there = datetime.fromtimestamp(t_ms / 1000, UTC).astimezone(self._zone)
                return there.toordinal(), there.hour
            found = self._hours[hour] = (here.toordinal(), here.hour)
            if len(self._hours) > 10_000:
                self._hours.clear()
        return found

    def end(self, day: int) -> int:
        """The last millisecond of a day."""
        after = datetime.fromordinal(day + 1).replace(tzinfo=self._zone)
        return round(after.timestamp() * 1000) - 1


class Look:
    """What the rules need of one leaf. `person`: the id of who acted, empty for the system and strangers."""

    __slots__ = (
        "channel", "classes", "code", "customers", "day", "decision", "detail", "event", "exposure", "hour",
        "index", "is_machine", "is_outside", "minute", "opened", "outcome", "overlay", "person", "purpose",
        "session", "source", "t_ms",
    )  # fmt: skip

    index: int
    t_ms: int
    minute: int
    day: int
    hour: int
    person: str
    is_machine: bool
    # Reported by another system, perhaps a day later.
    is_outside: bool
    channel: str
    session: str
    source: str
    event: str
    exposure: str
    purpose: str
    outcome: str
    code: str
    overlay: str
    decision: Mapping[str, Any]
    detail: Mapping[str, Any]
    customers: Sequence[str]
    classes: Sequence[int]
    # Customers were opened, one by one, and allowed.
    opened: bool

    @property
    def cleared(self) -> bool:
        """Whether clear values were shown or left."""
        return self.opened and self.exposure in CLEARING


def read(calendar: Calendar, index: int, leaf: bytes) -> Look:
    """The look in a leaf's bytes; KeyError or ValueError if they are none."""
    said = _decode(leaf[SALT_SIZE:].decode("ascii"))
    actor, decision, detail = said["actor"], said["decision"], said["detail"]
    look = Look()
    look.index = index
    look.event = said["event"]
    look.t_ms = said["t_ms"]
    subjects = said["subjects"]
    look.customers = [key for kind, key in subjects if kind == "customer"]
    kind = actor["kind"]
    look.person = actor["id"] if kind in PEOPLE else ""
    look.is_machine = kind == "machine"
    look.exposure = said["exposure"]
    look.is_outside = is_outside(look.event)
    if look.is_outside:
        # The leaf's own time is when the report came; one from the future is not believed.
        look.t_ms = min(int(detail.get("told_ms", look.t_ms)), look.t_ms)
    look.minute = look.t_ms // MINUTE
    look.day, look.hour = calendar.place(look.t_ms)
    look.channel = actor["channel"]
    look.session = actor["session"]
    look.source = actor["source"]
    look.purpose = said["purpose"]
    look.classes = said["classes"]
    look.decision = decision
    look.detail = detail
    look.outcome = decision["outcome"]
    look.code = decision.get("code", "")
    look.overlay = decision.get("overlay", "")
    look.opened = look.outcome == "allow" and look.exposure in OPENING
    return look
