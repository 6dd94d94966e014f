"""Tell people what `trail`, which is below this room, says of its witnesses."""

from typing import Final

from django.urls import reverse

from tutela.access import gate
from tutela.access.permissions import TREE_READ
from tutela.trail.telling import Happening, News

from . import notice_kinds
from .actions.notices import notify, settle
from .kinds import NoticeKind

_KINDS: Final[dict[Happening, NoticeKind]] = {
    Happening.QUORUM_LOST: notice_kinds.QUORUM_LOST,
    Happening.POLICY_CHANGED: notice_kinds.POLICY_CHANGED,
    Happening.TREE_CONTRADICTED: notice_kinds.TREE_CONTRADICTED,
}


def tell(news: News) -> None:
    """Notify everybody who may see the witnesses, or mark it as read when it is over."""
    kind, link = _KINDS[news.happening], reverse("trail-view-tree")
    if news.settled:
        settle(kind, link=link)
        return
    to = [person.id for person in gate.holders(TREE_READ) if person.kind == "staff"]
    params = {"what": news.code} if news.code else {}
    if to:
        notify(kind, to=to, params=params, link=link, once=True)
