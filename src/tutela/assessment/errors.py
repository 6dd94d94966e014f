"""Every refusal of the assessment and of the risk register."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotAllowed, NotFound


class AssessmentUnknown(NotFound):
    code = "assessment.assessment_unknown"
    sentence = _("There is no assessment of %(year)s.")


class ControlUnknown(NotFound):
    code = "assessment.control_unknown"
    sentence = _("The control set of this assessment does not contain this control.")


class RiskUnknown(NotFound):
    code = "assessment.risk_unknown"
    sentence = _("There is no such risk.")


class AssessmentExists(Conflict):
    code = "assessment.assessment_exists"
    sentence = _("The assessment of %(year)s already exists. Open it from the list.")


class YearRefused(Invalid):
    code = "assessment.year_refused"
    sentence = _(
        "Only a year that has begun, and not more than ten years ago, can be assessed; "
        "%(year)s cannot."
    )


class AssessmentNotOpen(Conflict):
    code = "assessment.assessment_not_open"
    sentence = _(
        "The assessment has been submitted or closed. Its ratings can no longer be changed."
    )


class AssessmentNotSubmitted(Conflict):
    code = "assessment.assessment_not_submitted"
    sentence = _(
        "The assessment has not been submitted. Submit it first; another person then confirms it."
    )


class RatingsMissing(Invalid):
    code = "assessment.ratings_missing"
    sentence = _("%(missing)s controls are not rated yet. Rate them, then submit.")


class SecondPersonMissing(NotAllowed):
    code = "assessment.second_person_missing"
    sentence = _("Someone other than the initiator must confirm this.")


class RatingTypedForLive(Invalid):
    code = "assessment.rating_typed_for_live"
    sentence = _("This control follows the reading of %(target)s. It cannot be rated by hand.")


class VerdictMissing(Invalid):
    code = "assessment.verdict_missing"
    sentence = _("Choose one of the four ratings.")


class ProofMissing(Invalid):
    code = "assessment.proof_missing"
    sentence = _(
        "A control rated as met needs evidence: a file, or a reference in words (a "
        "document, a record)."
    )


class NoteMissing(Invalid):
    code = "assessment.note_missing"
    sentence = _("State in the remark what is missing, or why the control does not apply.")


class RatingChanged(Conflict):
    code = "assessment.rating_changed"
    sentence = _(
        "Someone else has rated this control in the meantime. Review the rating and save again."
    )


class ScaleRefused(Invalid):
    code = "assessment.scale_refused"
    sentence = _("Likelihood and impact range from 1 to 5.")


class TitleMissing(Invalid):
    code = "assessment.risk_title_missing"
    sentence = _("Describe the risk in one line.")


class TreatmentMissing(Invalid):
    code = "assessment.treatment_missing"
    sentence = _("State how the risk will be treated.")


class ReasonTooShort(Invalid):
    code = "assessment.reason_too_short"
    sentence = _("Enter a reason of at least %(least)s characters.")


class AcceptanceEndRefused(Invalid):
    code = "assessment.acceptance_end_refused"
    sentence = _(
        "A risk acceptance must end after today and within %(days)s days. Choose another date."
    )


class RiskClosed(Conflict):
    code = "assessment.risk_closed"
    sentence = _("The risk is closed. Reopen it before making changes.")
