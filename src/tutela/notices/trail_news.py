"""Tell people what `trail`, which is below this room, says of its witnesses."""

from typing import Final

from django.urls import reverse

from tutela.access import gate
from tutela.access.permission_specs import Permission
from tutela.access.permissions import (
    TRAIL_FAULT_ACKNOWLEDGE,
    TRAIL_SEGMENT_LIFT,
    TRAIL_SEGMENT_PURGE,
    TREE_READ,
)
from tutela.trail.telling import Happening, News

from . import notice_kinds
from .actions.notices import notify, settle
from .kinds import NoticeKind

_KINDS: Final[dict[Happening, tuple[NoticeKind, Permission]]] = {
    Happening.QUORUM_LOST: (notice_kinds.QUORUM_LOST, TREE_READ),
    Happening.POLICY_CHANGED: (notice_kinds.POLICY_CHANGED, TREE_READ),
    Happening.TREE_CONTRADICTED: (notice_kinds.TREE_CONTRADICTED, TREE_READ),
    Happening.PURGE_WAITS: (notice_kinds.PURGE_WAITS, TRAIL_SEGMENT_PURGE),
    Happening.LIFT_WAITS: (notice_kinds.LIFT_WAITS, TRAIL_SEGMENT_LIFT),
    Happening.ACKNOWLEDGEMENT_WAITS: (notice_kinds.ACKNOWLEDGEMENT_WAITS, TRAIL_FAULT_ACKNOWLEDGE),
    Happening.DECISION_MADE: (notice_kinds.TRAIL_DECISION_MADE, TREE_READ),
}


def tell(news: News) -> None:
    """Notify the people named, or everybody who may act on it, or mark it as read when it is over."""
    (kind, permission), link = _KINDS[news.happening], news.link or reverse("trail-view-tree")
    if news.settled:
        settle(kind, notice_kinds.TRAIL_DECISION_STILL_WAITS, link=link)
        return
    to = set(news.to) or {one.id for one in gate.holders(permission) if one.kind == "staff"}
    params = {"what": news.code} if news.code else {}
    if to := to - set(news.but):
        notify(kind, to=to, params=params, link=link, once=True)
