"""Display texts: cadences, goals, units, states."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from tutela.access.posts import POSTS
from tutela.base.language import name_of

from .judgements import Condition
from .models import Target, Task
from .rules import Cadence

CADENCES = {
    Cadence.WEEKLY.value: _("every week"),
    Cadence.MONTHLY.value: _("every month"),
    Cadence.QUARTERLY.value: _("every quarter"),
    Cadence.HALF_YEARLY.value: _("every six months"),
    Cadence.YEARLY.value: _("every year"),
}
# A goal that is counted per period, over several periods; by the longest cadence of each name.
OVER = (
    (7, _("%(each)s per week, %(times)s weeks")),
    (31, _("%(each)s per month, %(times)s months")),
    (92, _("%(each)s per quarter, %(times)s quarters")),
    (366, _("%(each)s per year, %(times)s years")),
)
OVER_DAYS = _("%(each)s every %(days)s days, %(times)s periods")
UNEVEN = 3
"""Days by which a month, a quarter or a year may be shorter than the longest; a week never is."""
LOOKS = {
    "done": _("done"),
    "under_way": _("under way"),
    "moved": _("rescheduled"),
    "missed": _("missed"),
    "skipped": _("waived"),
    "to_come": _("not started"),
}
UNITS = {
    "percent": "%",
    "days": _("days"),
    "hours": _("hours"),
    "count": _("times"),
}
_ONE = {"days": _("day"), "hours": _("hour"), "count": _("time")}
CONDITIONS = {
    Condition.MET: _("goal met"),
    Condition.AT_RISK: _("at risk"),
    Condition.NOT_MET: _("not met"),
    Condition.OVERDUE: _("no data, date passed"),
    Condition.NO_DATA: _("no data yet"),
}
"""What a target is judged to be: the same words on every page and in the pack."""
TASK_STATES = dict(Task.State.choices)


def post_name(code: str) -> str:
    """The name of a post by its code; the code itself if the post does not exist any more."""
    post = POSTS.get(code)
    return name_of(post) if post else code


def owner_name(task: Task) -> str:
    """Whose a task is: a post's, a department's or a person's."""
    if task.post:
        return post_name(task.post)
    if task.department:
        return name_of(task.department)
    return task.assignee.name if task.assignee else "–"


def goal_text(target: Target, goal: Decimal) -> str:
    """A goal as text: at least 95 %."""
    number = f"{goal:f}".rstrip("0").rstrip(".") if "." in f"{goal:f}" else f"{goal:f}"
    unit = (UNITS | _ONE if number == "1" else UNITS)[target.unit]
    return f"{target.get_direction_display()} {number} {unit}"


def over(each: str, cadence: int, times: int) -> str:
    """A goal over several periods as text: `each` every `cadence` days, `times` times."""
    near = (text for longest, text in OVER if 0 <= longest - cadence <= (longest > 7) * UNEVEN)
    return str(next(near, OVER_DAYS)) % {"each": each, "days": cadence, "times": times}
