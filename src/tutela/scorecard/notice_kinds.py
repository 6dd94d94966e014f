"""What the scorecard tells people of: targets that are not met, old and missing proof."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tutela.notices.kinds import CODE, COUNT, DAY, Group, Mail, NoticeKind

TARGET_NOT_MET: Final = NoticeKind(
    "target_not_met",
    Group.SCORECARD,
    _("Target not met"),
    _("Target %(target)s is not met in the period that began on %(begins)s."),
    {"target": CODE, "begins": DAY},
    Mail.NOW,
)
PROOF_STALE: Final = NoticeKind(
    "proof_stale",
    Group.SCORECARD,
    _("Evidence for a target is outdated"),
    _("The latest evidence for target %(target)s is %(days)s days old."),
    {"target": CODE, "days": COUNT},
)
EVIDENCE_MISSING: Final = NoticeKind(
    "evidence_missing",
    Group.SCORECARD,
    _("Overdue target without evidence"),
    _("Target %(target)s has no evidence; it was due on %(due)s."),
    {"target": CODE, "due": DAY},
)
