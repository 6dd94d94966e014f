"""Why customer data is looked at. The list is closed: a purpose is stated with each look."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Purpose(StrEnum):
    """`column` is the place of a purpose in the compiled table; it means nothing across versions."""

    column: int

    def __init__(self, *_: object) -> None:
        # Kept on the member, since hashing an enum's member costs more than a decision has.
        self.column = len(type(self).__members__)

    UNDERWRITING = "underwriting"
    CLAIM = "claim"
    RENEWAL = "renewal"
    SERVICE = "service"
    COMPLAINT = "complaint"
    AUDIT = "audit"
    ANTI_FRAUD = "anti_fraud"
    LEGAL = "legal"
    STATISTICS = "statistics"
    MARKETING = "marketing"
    TRAINING = "training"
    ADMINISTRATION = "administration"

    @property
    def label(self) -> Promise:
        return LABELS[self]


LABELS: dict[Purpose, Promise] = {
    Purpose.UNDERWRITING: _("Underwriting"),
    Purpose.CLAIM: _("Claim"),
    Purpose.RENEWAL: _("Renewal"),
    Purpose.SERVICE: _("Customer service"),
    Purpose.COMPLAINT: _("Complaint"),
    Purpose.AUDIT: _("Audit"),
    Purpose.ANTI_FRAUD: _("Anti-fraud"),
    Purpose.LEGAL: _("Legal matter"),
    Purpose.STATISTICS: _("Statistics"),
    Purpose.MARKETING: _("Marketing"),
    Purpose.TRAINING: _("Training"),
    Purpose.ADMINISTRATION: _("Administration"),
}

_APART: dict[Purpose, frozenset[Purpose]] = {
    # Who sells must not look with the eyes of who pays, investigates or defends.
    Purpose.MARKETING: frozenset(
        {Purpose.CLAIM, Purpose.ANTI_FRAUD, Purpose.AUDIT, Purpose.LEGAL, Purpose.UNDERWRITING}
    ),
    # Who audits must not do the work that is audited.
    Purpose.AUDIT: frozenset(
        {Purpose.CLAIM, Purpose.UNDERWRITING, Purpose.RENEWAL, Purpose.SERVICE, Purpose.MARKETING}
    ),
}


def incompatible(left: Purpose, right: Purpose) -> bool:
    """Whether one post may not hold both purposes."""
    return right in _APART.get(left, ()) or left in _APART.get(right, ())
