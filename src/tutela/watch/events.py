"""The events of the watch: alerts, cases, settings, canaries, rosters."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.trail import details, ocsf_kinds
from tutela.trail.details import CODE, COUNT, UUID_TEXT, Detail
from tutela.trail.event_specs import EventSpec

_RULE: Final = Detail("rule", CODE, _("Rule of the watch"))
_RULE_VERSION: Final = Detail("rule_version", COUNT, _("Version of the rule"))
_SETTING: Final = Detail("setting", COUNT, _("Version of the setting"))
_POINTS: Final = Detail("points", COUNT, _("Points"))
_CASE: Final = Detail("case", COUNT, _("Case"))
_ALERT: Final = Detail("alert", UUID_TEXT, _("Alert"))
_MEASURED: Final = Detail("measured", COUNT, _("Measured"))
_THRESHOLD: Final = Detail("threshold", COUNT, _("Threshold"))
_DAYS: Final = Detail("days", COUNT, _("Number of days"))
_FOUND: Final = Detail("found", CODE, _("What was found"))
_SHIFTS: Final = Detail("shifts", COUNT, _("Shifts"))

_ALERT_DETAILS: Final = (
    _RULE,
    _RULE_VERSION,
    _SETTING,
    _POINTS,
    _CASE,
    _ALERT,
    _MEASURED,
    _THRESHOLD,
    details.TARGET_PERSON,
    details.LEAVES,
    _DAYS,
    details.UNTIL_MS,
    _FOUND,
)
_SETTING_DETAILS: Final = (_RULE, _SETTING, details.POST, details.FIELD)
_LIST_DETAILS: Final = (
    details.BRANCH,
    details.FILE_HASH,
    _SHIFTS,
    details.CREATED,
    details.CHANGED,
)

ALERT_RAISED: Final = EventSpec(
    "watch.alert.raised", _("Alert raised"), _ALERT_DETAILS, ocsf=ocsf_kinds.FINDING_CREATE
)
"""A rule of the watch fired; the leaf names rule, version, person and how many leaves made it."""
ALERT_READ: Final = EventSpec("watch.alert.read", _("Alerts read"), _ALERT_DETAILS)
"""Alerts or cases of the watch were shown."""
CASE_OPENED: Final = EventSpec(
    "watch.case.opened", _("Watch case opened"), _ALERT_DETAILS, ocsf=ocsf_kinds.FINDING_CREATE
)
"""The points of a person or customer reached the limit, or a critical rule fired."""
CASE_ACKNOWLEDGED: Final = EventSpec(
    "watch.case.acknowledged",
    _("Watch case acknowledged"),
    _ALERT_DETAILS,
    ocsf=ocsf_kinds.FINDING_UPDATE,
)
"""Somebody took a case up."""
CASE_EXPLAINED: Final = EventSpec(
    "watch.case.explained",
    _("Watch case explained"),
    _ALERT_DETAILS,
    ocsf=ocsf_kinds.FINDING_UPDATE,
)
"""A case was called justified, with an encrypted reason; its rules rest for this person until the day named."""
CASE_CLOSED: Final = EventSpec(
    "watch.case.closed", _("Watch case closed"), _ALERT_DETAILS, ocsf=ocsf_kinds.FINDING_CLOSE
)
"""A case was closed; the reason is encrypted."""
SETTING_CHANGED: Final = EventSpec(
    "watch.setting.changed", _("Watch setting changed"), _SETTING_DETAILS
)
"""A threshold of a rule was changed, or a rule switched; the leaf names rule, post and version."""
CANARY_READ: Final = EventSpec("watch.canary.read", _("Canary list read"), _LIST_DETAILS)
"""The list of canary customers was shown."""
ROSTER_IMPORTED: Final = EventSpec("watch.roster.imported", _("Roster imported"), _LIST_DETAILS)
"""Shifts of people were read from a file; the leaf holds its hash and the counts."""
VIP_READ: Final = EventSpec("watch.vip.read", _("List of VIP customers read"), _LIST_DETAILS)
"""The list of marked customers was shown; the leaf names those of the page."""
VIP_MARKED: Final = EventSpec("watch.vip.marked", _("Customer marked as VIP"), _LIST_DETAILS)
"""A customer was marked, so that a view without a work item raises an alert."""
VIP_UNMARKED: Final = EventSpec("watch.vip.unmarked", _("VIP mark removed"), _LIST_DETAILS)
"""The mark of a customer was removed."""
KEEPERS_PROPOSED: Final = EventSpec(
    "watch.keepers.proposed", _("Keepers of the canary customers proposed"), _LIST_DETAILS
)
"""Two people were proposed who are to know the canary customers."""
KEEPERS_NAMED: Final = EventSpec(
    "watch.keepers.named", _("Keepers of the canary customers named"), _LIST_DETAILS
)
"""A second person confirmed the two people who know the canary customers."""
CANARIES_PROPOSED: Final = EventSpec(
    "watch.canaries.proposed", _("Canary customers proposed"), _LIST_DETAILS
)
"""A keeper proposed what canary customers look like."""
CANARIES_ORDERED: Final = EventSpec(
    "watch.canaries.ordered", _("Canary customers ordered"), _LIST_DETAILS
)
"""The other keeper approved; so many are planted over the next days, each without a leaf of the watch."""
CANARY_JOB_ADDED: Final = EventSpec(
    "watch.canary_job.added", _("Job that leaves canaries out added"), _LIST_DETAILS
)
"""From now on the lists of this machine account leave canary customers out."""
CANARY_JOB_ENDED: Final = EventSpec(
    "watch.canary_job.ended", _("Job that leaves canaries out ended"), _LIST_DETAILS
)
"""The lists of this machine account hold canary customers again."""
