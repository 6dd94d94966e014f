"""What the assessment tells people of: its steps, and risks whose acceptance ends."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tutela.notices.kinds import COUNT, DAY, Group, Mail, NoticeKind

ASSESSMENT_WAITS: Final = NoticeKind(
    "assessment_waits",
    Group.APPROVAL,
    _("A yearly assessment waits for a second person"),
    _("The assessment of %(year)s is handed in and waits for you to confirm it."),
    {"year": COUNT},
    Mail.NOW,
)
RISK_ACCEPTANCE_ENDS: Final = NoticeKind(
    "risk_acceptance_ends",
    Group.SCORECARD,
    _("The acceptance of a risk ends"),
    _("The acceptance of risk R%(risk)s ends on %(due)s."),
    {"risk": COUNT, "due": DAY},
)
RISK_ACCEPTANCE_ENDED: Final = NoticeKind(
    "risk_acceptance_ended",
    Group.SCORECARD,
    _("The acceptance of a risk has ended"),
    _("The acceptance of risk R%(risk)s ended on %(due)s; the risk is open again."),
    {"risk": COUNT, "due": DAY},
    Mail.NOW,
)
ASSESSMENT_OPENED: Final = NoticeKind(
    "assessment_opened",
    Group.SCORECARD,
    _("A yearly assessment is open"),
    _("The assessment of %(year)s is open; controls wait for your rating."),
    {"year": COUNT},
)
ASSESSMENT_RETURNED: Final = NoticeKind(
    "assessment_returned",
    Group.SCORECARD,
    _("A yearly assessment came back to me"),
    _("The assessment of %(year)s that you handed in came back with a reason; hand it in again."),
    {"year": COUNT},
    Mail.NOW,
)
