"""The vault's part of home: requests for temporary access that wait for the reader, and what runs."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from tutela.access import gate, permissions
from tutela.access import queries as people
from tutela.access.gate import StaffRequest
from tutela.access.home import Part
from tutela.access.posts import STAFF

from .temporary_access import lists

LINES: Final = 8
_WATCH: Final = (permissions.TEMPORARY_ACCESS_APPROVE, permissions.TEMPORARY_ACCESS_END)


def _requests(request: StaffRequest) -> Mapping[str, Any] | None:
    """Requests to decide and reviews to write, and how many accesses run; None where there is none."""
    if not any(gate.holds(request.actor, one) for one in _WATCH):
        return None
    found = lists.standing(request.actor)
    waiting = [("decide", one) for one in found.to_decide] + [
        ("review", one) for one in found.to_review
    ]
    if not waiting and not found.running:
        return None
    names = people.names(lists.names_needed([one for _tab, one in waiting]))
    shown = [
        {"tab": tab, "access": one, "person": names.get(str(one.asker_id), "")}
        for tab, one in waiting[:LINES]
    ]
    return {"waiting": shown, "all": len(waiting), "running": len(found.running)}


PARTS: Final[Sequence[Part]] = (
    Part(
        code="temporary-access", posts=STAFF, order=11,
        template="vault/_home_temporary_access.html", facts=_requests,
    ),
)  # fmt: skip
