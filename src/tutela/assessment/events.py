"""The events of assessments and risks."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.trail import details
from tutela.trail.details import CODE, COUNT, Detail
from tutela.trail.event_specs import EventSpec

_CONTROL: Final = Detail("control", CODE, _("Control item"))
_CONTROLS: Final = Detail("controls", COUNT, _("Number of controls"))
_DAYS: Final = Detail("days", COUNT, _("Number of days"))
_IMPACT: Final = Detail("impact", COUNT, _("Impact"))
_LANGUAGE: Final = Detail("language", CODE, _("Language"))
_LIKELIHOOD: Final = Detail("likelihood", COUNT, _("Likelihood"))
_TREATMENT: Final = Detail("treatment", CODE, _("Treatment"))
_VERDICT: Final = Detail("verdict", CODE, _("Verdict"))
_YEAR: Final = Detail("year", COUNT, _("Year"))

_ASSESSMENT_DETAILS: Final = (_YEAR, _CONTROL, _VERDICT, _CONTROLS, _LANGUAGE)
_RISK_DETAILS: Final = (_LIKELIHOOD, _IMPACT, _TREATMENT, _DAYS, details.FIELD)

ASSESSMENT_CLOSED: Final = EventSpec(
    "governance.assessment.closed", _("Assessment closed"), _ASSESSMENT_DETAILS
)
"""A second person confirmed an assessment; its readings are stored with it."""
ASSESSMENT_EXPORTED: Final = EventSpec(
    "governance.assessment.exported", _("Assessment report exported"), _ASSESSMENT_DETAILS
)
"""The report of an assessment was exported."""
ASSESSMENT_OPENED: Final = EventSpec(
    "governance.assessment.opened", _("Assessment opened"), _ASSESSMENT_DETAILS
)
"""The assessment of a year was opened."""
ASSESSMENT_RATED: Final = EventSpec(
    "governance.assessment.rated", _("Control rated"), _ASSESSMENT_DETAILS
)
"""A control was rated; the leaf names control and verdict."""
ASSESSMENT_RETURNED: Final = EventSpec(
    "governance.assessment.returned", _("Assessment returned"), _ASSESSMENT_DETAILS
)
"""A submitted assessment was returned."""
ASSESSMENT_SUBMITTED: Final = EventSpec(
    "governance.assessment.submitted", _("Assessment submitted"), _ASSESSMENT_DETAILS
)
"""A finished assessment was submitted for confirmation."""
RISK_ACCEPTANCE_ENDED: Final = EventSpec(
    "governance.risk.acceptance_ended", _("Risk acceptance expired"), _RISK_DETAILS
)
"""A risk acceptance expired; a new decision is required."""
RISK_ACCEPTED: Final = EventSpec("governance.risk.accepted", _("Risk accepted"), _RISK_DETAILS)
"""A person accepted a risk until a date."""
RISK_CHANGED: Final = EventSpec("governance.risk.changed", _("Risk changed"), _RISK_DETAILS)
"""Rating, treatment or owner of a risk was changed."""
RISK_REGISTERED: Final = EventSpec(
    "governance.risk.registered", _("Risk registered"), _RISK_DETAILS
)
"""A risk was added to the register."""
