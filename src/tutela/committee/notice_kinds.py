"""What the committee tells people of: meetings, resolutions, attendance."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tutela.notices.kinds import DAY, Group, Mail, NoticeKind

_DUE: Final = {"due": DAY}

ATTENDANCE_TO_SIGN: Final = NoticeKind(
    "attendance_to_sign",
    Group.APPROVAL,
    _("Attendance correction waiting for a second signature"),
    _(
        "The attendance of the committee meeting on %(day)s was corrected; it is waiting "
        "for your signature as the second person."
    ),
    {"day": DAY},
    Mail.NOW,
)
MEETING_CALLED: Final = NoticeKind(
    "meeting_called",
    Group.COMMITTEE,
    _("Committee meeting"),
    _("The committee meets on %(day)s."),
    {"day": DAY},
    Mail.NOW,
)
MEETING_CANCELLED: Final = NoticeKind(
    "meeting_cancelled",
    Group.COMMITTEE,
    _("Committee meeting cancelled"),
    _("The committee meeting on %(day)s has been cancelled."),
    {"day": DAY},
    Mail.NOW,
)
RESOLUTION_GIVEN: Final = NoticeKind(
    "resolution_given",
    Group.COMMITTEE,
    _("Resolution to implement"),
    _("A resolution of the committee is assigned to you; due %(due)s."),
    _DUE,
    Mail.NOW,
)
