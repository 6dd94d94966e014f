"""The events of evidence, measures and packs."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.trail import details
from tutela.trail.details import COUNT, UUID_TEXT, Detail
from tutela.trail.event_specs import EventSpec

_BEGINS_MS: Final = Detail("begins_ms", COUNT, _("Start (milliseconds)"))
_CORRECTS: Final = Detail("corrects", UUID_TEXT, _("Corrected entry"))
_ENDS_MS: Final = Detail("ends_ms", COUNT, _("End (milliseconds)"))
_EVIDENCE: Final = Detail("evidence", UUID_TEXT, _("Evidence row"))
_FIGURES: Final = Detail("figures", COUNT, _("Number of figures"))
_KNOWN_US: Final = Detail("known_us", COUNT, _("Known since (microseconds)"))

_SCORECARD_DETAILS: Final = (
    details.NAME,
    details.SOURCE_NAME,
    details.FILE_HASH,
    _EVIDENCE,
    _CORRECTS,
    _BEGINS_MS,
    _ENDS_MS,
    _KNOWN_US,
    _FIGURES,
)

EVIDENCE_ADDED: Final = EventSpec(
    "scorecard.evidence.added", _("External evidence added"), _SCORECARD_DETAILS
)
"""An external report was recorded: target, source, file hash."""
EVIDENCE_CORRECTED: Final = EventSpec(
    "scorecard.evidence.corrected", _("External evidence corrected"), _SCORECARD_DETAILS
)
"""A report was corrected by a new row with a reason."""
KEY_RECORDED: Final = EventSpec(
    "scorecard.key.recorded", _("Evidence pack signing key recorded"), _SCORECARD_DETAILS
)
"""The key that signs evidence packs was recorded at first use, or replaced; the leaf holds the SHA-256 of its
public half."""
MEASURE_DEFINED: Final = EventSpec(
    "scorecard.measure.defined", _("Custom measure defined"), _SCORECARD_DETAILS
)
"""A custom measure, or a new version of one, was defined."""
MEASURE_ENDED: Final = EventSpec(
    "scorecard.measure.ended", _("Custom measure ended"), _SCORECARD_DETAILS
)
"""A custom measure was ended; its history is kept."""
PACK_FETCHED: Final = EventSpec(
    "scorecard.pack.fetched", _("Evidence pack fetched again"), _SCORECARD_DETAILS
)
"""A kept evidence pack was handed over again: its SHA-256 and days."""
PACK_WRITTEN: Final = EventSpec(
    "scorecard.pack.written", _("Evidence pack created"), _SCORECARD_DETAILS
)
"""An evidence pack was created: its SHA-256 and number of figures."""
