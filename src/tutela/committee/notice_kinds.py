"""What the committee tells people of: meetings, resolutions, attendance."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tutela.notices.kinds import DAY, Group, Mail, NoticeKind

_DUE: Final = {"due": DAY}

ATTENDANCE_TO_SIGN: Final = NoticeKind(
    "attendance_to_sign",
    Group.APPROVAL,
    _("A corrected attendance waits for a second signature"),
    _("The attendance of the committee's meeting on %(day)s was corrected; a second person signs."),
    {"day": DAY},
    Mail.NOW,
)
MEETING_CALLED: Final = NoticeKind(
    "meeting_called",
    Group.COMMITTEE,
    _("A meeting of the committee"),
    _("The committee meets on %(day)s."),
    {"day": DAY},
    Mail.NOW,
)
MEETING_CANCELLED: Final = NoticeKind(
    "meeting_cancelled",
    Group.COMMITTEE,
    _("A meeting of the committee is cancelled"),
    _("The committee's meeting on %(day)s is cancelled."),
    {"day": DAY},
    Mail.NOW,
)
RESOLUTION_GIVEN: Final = NoticeKind(
    "resolution_given",
    Group.COMMITTEE,
    _("A resolution to carry out"),
    _("A resolution of the committee is yours to carry out; due %(due)s."),
    _DUE,
    Mail.NOW,
)
