"""The events of the programme: measures, targets, departments, duties and tasks."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.trail import details
from tutela.trail.details import CODE, COUNT, UUID_TEXT, Detail
from tutela.trail.event_specs import EventSpec

_BEGINS: Final = Detail("begins", CODE, _("Start date"))
_COUNT: Final = Detail("count", COUNT, _("Quantity"))
_DUTY: Final = Detail("duty", CODE, _("Duty"))
_HEIR: Final = Detail("heir", CODE, _("Receiving department"))
_MEASURE: Final = Detail("measure", CODE, _("Measure"))
_OCCURRENCE: Final = Detail("occurrence", COUNT, _("Duty period"))
_ORIGIN: Final = Detail("origin", CODE, _("Origin"))
_STAFF: Final = Detail("staff", UUID_TEXT, _("Staff member"))
_STATE: Final = Detail("state", CODE, _("State"))
_TASK: Final = Detail("task", UUID_TEXT, _("Task"))

_PROGRAMME_DETAILS: Final = (
    _MEASURE,
    details.TARGET,
    details.VERSION,
    _DUTY,
    _OCCURRENCE,
    _BEGINS,
    details.DUE,
    _STATE,
    _COUNT,
    _TASK,
    _ORIGIN,
    details.DEPARTMENT,
    _HEIR,
    details.POST,
    _STAFF,
)

DEPARTMENT_CREATED: Final = EventSpec(
    "governance.department.created", _("Department created"), _PROGRAMME_DETAILS
)
"""A department was created."""
DEPARTMENT_REMOVED: Final = EventSpec(
    "governance.department.removed", _("Department removed"), _PROGRAMME_DETAILS
)
"""A department without open work was removed."""
DEPARTMENT_RENAMED: Final = EventSpec(
    "governance.department.renamed", _("Department renamed"), _PROGRAMME_DETAILS
)
"""A department was renamed; its code stays."""
DUTIES_HANDED_OVER: Final = EventSpec(
    "governance.duties.handed_over", _("Duties handed over"), _PROGRAMME_DETAILS
)
"""Measures, duties and open tasks were handed over to another department."""
DUTY_CHANGED: Final = EventSpec("governance.duty.changed", _("Duty changed"), _PROGRAMME_DETAILS)
"""The owner or grace period of a duty was changed."""
DUTY_CREATED: Final = EventSpec("governance.duty.created", _("Duty added"), _PROGRAMME_DETAILS)
"""A duty was added."""
DUTY_EXPORTED: Final = EventSpec(
    "governance.duty.exported", _("Duty calendar exported"), _PROGRAMME_DETAILS
)
"""The duties of a year were exported."""
DUTY_RETIRED: Final = EventSpec("governance.duty.retired", _("Duty ended"), _PROGRAMME_DETAILS)
"""A duty was ended; its future periods are waived with the reason."""
MEASURE_SET: Final = EventSpec("governance.measure.set", _("Measure changed"), _PROGRAMME_DETAILS)
"""A measure's department or date was changed."""
OCCURRENCES_MADE: Final = EventSpec(
    "governance.occurrences.made", _("Upcoming duties generated"), _PROGRAMME_DETAILS
)
"""The duties of the coming months were generated."""
OCCURRENCE_CLOSED: Final = EventSpec(
    "governance.occurrence.closed", _("Duty completed"), _PROGRAMME_DETAILS
)
"""A duty was completed on time."""
OCCURRENCE_MISSED: Final = EventSpec(
    "governance.occurrence.missed", _("Duty missed"), _PROGRAMME_DETAILS
)
"""The deadline of a duty passed; it remains missed."""
OCCURRENCE_MOVED: Final = EventSpec(
    "governance.occurrence.moved", _("Duty rescheduled"), _PROGRAMME_DETAILS
)
"""A duty was rescheduled, with a reason."""
OCCURRENCE_SKIPPED: Final = EventSpec(
    "governance.occurrence.skipped", _("Duty waived"), _PROGRAMME_DETAILS
)
"""A duty was waived, with a reason."""
PROGRAMME_SET: Final = EventSpec(
    "governance.programme.set", _("Programme start set"), _PROGRAMME_DETAILS
)
"""The start date of the programme was set."""
TARGET_DRAFTED: Final = EventSpec(
    "governance.target.drafted", _("Target drafted"), _PROGRAMME_DETAILS
)
"""A new goal was drafted for a target."""
TARGET_SIGNED: Final = EventSpec("governance.target.signed", _("Target signed"), _PROGRAMME_DETAILS)
"""A second person signed a goal, which takes effect on its date."""
TASK_COMMENTED: Final = EventSpec(
    "governance.task.commented", _("Task comment added"), _PROGRAMME_DETAILS
)
"""A comment was added to a task."""
TASK_CREATED: Final = EventSpec("governance.task.created", _("Task created"), _PROGRAMME_DETAILS)
"""A task was created."""
TASK_EXPORTED: Final = EventSpec(
    "governance.task.exported", _("Tasks exported"), _PROGRAMME_DETAILS
)
"""A list of tasks was exported; the leaf holds the number."""
TASK_MOVED: Final = EventSpec("governance.task.moved", _("Task status changed"), _PROGRAMME_DETAILS)
"""A task's state changed."""
TASK_REASSIGNED: Final = EventSpec(
    "governance.task.reassigned", _("Task reassigned"), _PROGRAMME_DETAILS
)
"""A task was reassigned to another department, post or person."""
