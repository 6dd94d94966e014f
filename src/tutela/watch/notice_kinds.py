"""What the watch tells people of."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tutela.notices.kinds import CODE, COUNT, Group, Mail, NoticeKind

WATCH_CRITICAL_ALERT: Final = NoticeKind(
    "watch_critical_alert",
    Group.SYSTEM,
    _("Critical alert of the watch"),
    _("Rule %(rule)s raised a critical alert; case %(case)s is open."),
    {"rule": CODE, "case": COUNT},
    Mail.NOW,
)
WATCH_CASE_OPENED: Final = NoticeKind(
    "watch_case_opened",
    Group.SYSTEM,
    _("Case of the watch opened"),
    _("Rule %(rule)s completed the points of case %(case)s; it waits for somebody to take it up."),
    {"rule": CODE, "case": COUNT},
    Mail.NOW,
)
WATCH_SETTING_CHANGED: Final = NoticeKind(
    "watch_setting_changed",
    Group.SYSTEM,
    _("Setting of the watch changed"),
    _("Rule %(rule)s of the watch was changed; version %(version)s is in force."),
    {"rule": CODE, "version": COUNT},
    Mail.DIGEST,
)
WATCH_SILENT: Final = NoticeKind(
    "watch_silent",
    Group.SYSTEM,
    _("The watch stands still"),
    _(
        "The watch has counted %(count)s entries of the trail and no more for ten minutes; no alerts are raised."
    ),
    {"count": COUNT},
    Mail.NOW,
)
