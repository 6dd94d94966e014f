"""What the assessment tells people of: its steps, and risks whose acceptance ends."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tutela.notices.kinds import COUNT, DAY, Group, Mail, NoticeKind

ASSESSMENT_WAITS: Final = NoticeKind(
    "assessment_waits",
    Group.APPROVAL,
    _("Annual assessment waiting for a second person"),
    _("The assessment of %(year)s has been submitted and is waiting for your confirmation."),
    {"year": COUNT},
    Mail.NOW,
)
RISK_ACCEPTANCE_ENDS: Final = NoticeKind(
    "risk_acceptance_ends",
    Group.SCORECARD,
    _("Risk acceptance expiring"),
    _("The acceptance of risk R%(risk)s expires on %(due)s."),
    {"risk": COUNT, "due": DAY},
)
RISK_ACCEPTANCE_ENDED: Final = NoticeKind(
    "risk_acceptance_ended",
    Group.SCORECARD,
    _("A risk acceptance has expired"),
    _("The acceptance of risk R%(risk)s expired on %(due)s; the risk is open again."),
    {"risk": COUNT, "due": DAY},
    Mail.NOW,
)
ASSESSMENT_OPENED: Final = NoticeKind(
    "assessment_opened",
    Group.SCORECARD,
    _("Annual assessment opened"),
    _("The assessment of %(year)s is open; some controls are waiting for your rating."),
    {"year": COUNT},
)
ASSESSMENT_RETURNED: Final = NoticeKind(
    "assessment_returned",
    Group.SCORECARD,
    _("Annual assessment returned to me"),
    _(
        "The assessment of %(year)s that you submitted was returned with a reason; "
        "revise it and submit it again."
    ),
    {"year": COUNT},
    Mail.NOW,
)
