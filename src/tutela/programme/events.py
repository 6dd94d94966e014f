"""The events of the programme: measures, targets, departments, duties and tasks."""

from typing import Final

from django.utils.translation import gettext_noop as _

from tutela.trail import details
from tutela.trail.details import CODE, COUNT, UUID_TEXT, Detail
from tutela.trail.event_specs import EventSpec

_BEGINS: Final = Detail("begins", CODE, _("Begins on"))
_COUNT: Final = Detail("count", COUNT, _("Number of things"))
_DUTY: Final = Detail("duty", CODE, _("Duty"))
_HEIR: Final = Detail("heir", CODE, _("Department that takes it"))
_MEASURE: Final = Detail("measure", CODE, _("Measure"))
_OCCURRENCE: Final = Detail("occurrence", COUNT, _("Period of the duty"))
_ORIGIN: Final = Detail("origin", CODE, _("Comes from"))
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
    "governance.department.created", _("Department made"), _PROGRAMME_DETAILS
)
"""A department was made."""
DEPARTMENT_REMOVED: Final = EventSpec(
    "governance.department.removed", _("Department removed"), _PROGRAMME_DETAILS
)
"""A department that owes nothing any more was removed."""
DEPARTMENT_RENAMED: Final = EventSpec(
    "governance.department.renamed", _("Department renamed"), _PROGRAMME_DETAILS
)
"""A department has other names; its code stays."""
DUTIES_HANDED_OVER: Final = EventSpec(
    "governance.duties.handed_over", _("Duties handed over"), _PROGRAMME_DETAILS
)
"""Measures, duties and open tasks went to another department."""
DUTY_CHANGED: Final = EventSpec("governance.duty.changed", _("Duty changed"), _PROGRAMME_DETAILS)
"""Who owes a duty, or its days of grace, was changed."""
DUTY_CREATED: Final = EventSpec("governance.duty.created", _("Duty added"), _PROGRAMME_DETAILS)
"""A duty was added."""
DUTY_EXPORTED: Final = EventSpec(
    "governance.duty.exported", _("Year of duties exported"), _PROGRAMME_DETAILS
)
"""The duties of a year were taken as a file."""
DUTY_RETIRED: Final = EventSpec("governance.duty.retired", _("Duty ended"), _PROGRAMME_DETAILS)
"""A duty was ended; its coming periods are skipped with the reason."""
MEASURE_SET: Final = EventSpec("governance.measure.set", _("Measure changed"), _PROGRAMME_DETAILS)
"""A measure's department or date was changed."""
OCCURRENCES_MADE: Final = EventSpec(
    "governance.occurrences.made", _("Duties of the coming months made"), _PROGRAMME_DETAILS
)
"""The duties of the coming months were made."""
OCCURRENCE_CLOSED: Final = EventSpec(
    "governance.occurrence.closed", _("Duty done"), _PROGRAMME_DETAILS
)
"""A duty was done in time."""
OCCURRENCE_MISSED: Final = EventSpec(
    "governance.occurrence.missed", _("Duty missed"), _PROGRAMME_DETAILS
)
"""The last day of a duty passed; it stays missed."""
OCCURRENCE_MOVED: Final = EventSpec(
    "governance.occurrence.moved", _("Duty moved"), _PROGRAMME_DETAILS
)
"""A duty was moved to a later day, with a reason."""
OCCURRENCE_SKIPPED: Final = EventSpec(
    "governance.occurrence.skipped", _("Duty skipped"), _PROGRAMME_DETAILS
)
"""A duty was skipped, with a reason."""
PROGRAMME_SET: Final = EventSpec(
    "governance.programme.set", _("Programme start set"), _PROGRAMME_DETAILS
)
"""The day the programme starts was set."""
TARGET_DRAFTED: Final = EventSpec(
    "governance.target.drafted", _("Target drafted"), _PROGRAMME_DETAILS
)
"""Another goal was drafted for a target."""
TARGET_SIGNED: Final = EventSpec("governance.target.signed", _("Target signed"), _PROGRAMME_DETAILS)
"""A second person signed a goal, which is in force from its day."""
TASK_COMMENTED: Final = EventSpec(
    "governance.task.commented", _("Task commented"), _PROGRAMME_DETAILS
)
"""Somebody wrote a comment on a task."""
TASK_CREATED: Final = EventSpec("governance.task.created", _("Task made"), _PROGRAMME_DETAILS)
"""A task was made."""
TASK_EXPORTED: Final = EventSpec(
    "governance.task.exported", _("Tasks exported"), _PROGRAMME_DETAILS
)
"""A list of tasks was taken as a file; the leaf holds how many."""
TASK_MOVED: Final = EventSpec("governance.task.moved", _("Task moved"), _PROGRAMME_DETAILS)
"""A task's state changed."""
TASK_REASSIGNED: Final = EventSpec(
    "governance.task.reassigned", _("Task given to another"), _PROGRAMME_DETAILS
)
"""A task went to another department, post or person."""
