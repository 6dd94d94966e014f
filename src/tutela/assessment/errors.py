"""Every refusal of the assessment and of the risk register."""

from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Conflict, Invalid, NotAllowed, NotFound


class AssessmentUnknown(NotFound):
    code = "assessment.assessment_unknown"
    sentence = _("There is no assessment of %(year)s.")


class ControlUnknown(NotFound):
    code = "assessment.control_unknown"
    sentence = _("The control set of this assessment has no such control.")


class RiskUnknown(NotFound):
    code = "assessment.risk_unknown"
    sentence = _("There is no such risk.")


class AssessmentExists(Conflict):
    code = "assessment.assessment_exists"
    sentence = _("The assessment of %(year)s exists already. Open it from the list.")


class YearRefused(Invalid):
    code = "assessment.year_refused"
    sentence = _(
        "A year is assessed when it has begun, and at most ten years later; %(year)s is not."
    )


class AssessmentNotOpen(Conflict):
    code = "assessment.assessment_not_open"
    sentence = _("The assessment is handed in or closed. Its ratings no longer change.")


class AssessmentNotSubmitted(Conflict):
    code = "assessment.assessment_not_submitted"
    sentence = _(
        "The assessment is not handed in. Hand it in first; another person then confirms it."
    )


class RatingsMissing(Invalid):
    code = "assessment.ratings_missing"
    sentence = _("%(missing)s controls have no rating yet. Rate them, then hand in.")


class SecondPersonMissing(NotAllowed):
    code = "assessment.second_person_missing"
    sentence = _("Another person than the one who began this must confirm it.")


class RatingTypedForLive(Invalid):
    code = "assessment.rating_typed_for_live"
    sentence = _("This control follows the reading of %(target)s. It takes no typed rating.")


class VerdictMissing(Invalid):
    code = "assessment.verdict_missing"
    sentence = _("Choose one of the four ratings.")


class ProofMissing(Invalid):
    code = "assessment.proof_missing"
    sentence = _(
        "A control that is met needs its evidence: a file, or named in words (a document, a record)."
    )


class NoteMissing(Invalid):
    code = "assessment.note_missing"
    sentence = _("Say in the remark what is missing, or why the control does not apply.")


class RatingChanged(Conflict):
    code = "assessment.rating_changed"
    sentence = _("Somebody else has rated this control meanwhile. Look at it and rate again.")


class ScaleRefused(Invalid):
    code = "assessment.scale_refused"
    sentence = _("Likelihood and impact go from 1 to 5.")


class TitleMissing(Invalid):
    code = "assessment.risk_title_missing"
    sentence = _("Name the risk in one line.")


class TreatmentMissing(Invalid):
    code = "assessment.treatment_missing"
    sentence = _("Say what will be done about the risk.")


class ReasonTooShort(Invalid):
    code = "assessment.reason_too_short"
    sentence = _("Give the reason in at least %(least)s characters.")


class AcceptanceEndRefused(Invalid):
    code = "assessment.acceptance_end_refused"
    sentence = _("An acceptance ends after today and within %(days)s days. Choose such a day.")


class RiskClosed(Conflict):
    code = "assessment.risk_closed"
    sentence = _("The risk is closed. Open it again before changing it.")
