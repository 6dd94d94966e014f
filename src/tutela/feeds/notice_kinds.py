"""What feeds tell people of: a system that fell silent, and one that names them."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tutela.notices.kinds import CODE, COUNT, Group, Mail, NoticeKind

FEED_SILENT: Final = NoticeKind(
    "feed_silent",
    Group.SYSTEM,
    _("Another system stopped sending its access log"),
    _("The feed %(feed)s has sent no access for more than %(minutes)s minutes."),
    {"feed": CODE, "minutes": COUNT},
    Mail.NOW,
)
NAMED_BY_FEED: Final = NoticeKind(
    "named_by_feed",
    Group.ACCOUNT,
    _("Another system reports accesses under my name"),
    _(
        "Another system reports accesses to customer information under your name. My account shows which system "
        "and how many; if the account there is not yours, tell the security administrator."
    ),
    {},
)
