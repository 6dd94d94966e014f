"""Tell people what `access`, which is below this room, says of accounts."""

from typing import Final

from tutela.access.telling import Happening, News

from . import notice_kinds
from .actions.notices import notify, settle
from .kinds import NoticeKind

_KINDS: Final[dict[Happening, NoticeKind]] = {
    Happening.RESET_WAITS: notice_kinds.RESET_WAITS,
    Happening.RESET_DECIDED: notice_kinds.RESET_DECIDED,
    Happening.PASSWORD_RESET: notice_kinds.PASSWORD_RESET,
    Happening.SECOND_FACTOR_REMOVED: notice_kinds.SECOND_FACTOR_REMOVED,
}


def tell(news: News) -> None:
    """Notify whom it concerns, or mark it as read for everybody when it is settled."""
    kind = _KINDS[news.happening]
    if news.settled:
        settle(kind, link=news.link)
    elif news.to:
        notify(kind, to=news.to, link=news.link, once=True)
