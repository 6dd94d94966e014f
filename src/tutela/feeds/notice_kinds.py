"""What feeds tell people of: a system that fell silent."""

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
