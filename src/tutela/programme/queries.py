"""What pages, the scorecard and the rooms above read of the programme."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from tutela.access import queries as people
from tutela.access.models import Department, Staff
from tutela.access.permissions import Permission
from tutela.access.posts import POSTS
from tutela.base import clock
from tutela.base.actor import Actor

from . import errors, rules
from .models import (
    Attachment,
    DutyOccurrence,
    DutyTemplate,
    FormerName,
    Measure,
    Programme,
    Target,
    TargetRule,
    Task,
)

OPEN_TASKS = (Task.State.TODO, Task.State.DOING)
OPEN_DUTIES = (DutyOccurrence.State.OPEN, DutyOccurrence.State.MOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalVersion:
    """A signed rule of a target with all that the scorecard needs. `cadence` in days; `due` is the day
    by which the goal is first to be reached, None while the programme has no start."""

    target: str
    measure: str
    department: str
    goal: float
    unit: str
    direction: Literal["at_least", "at_most"]
    cadence: int
    starts: date
    due: date | None
    rule: str


def programme() -> Programme | None:
    """The programme's row, if the installation has been set up."""
    return Programme.objects.filter(id=1).first()


def measure_due(measure: Measure, starts: date) -> date:
    """The day by which a measure must stand."""
    return rules.add_months(starts, measure.months)


def goal_versions() -> list[GoalVersion]:
    """Every signed rule of every target, targets in their order, rules by their start; two statements."""
    held = programme()
    found = (
        TargetRule.objects.filter(signed_at__isnull=False)
        .select_related("target__measure__department")
        .order_by("target__order", "target_id", "starts")
    )
    return [_version(rule, held.starts if held else None) for rule in found]


def _version(rule: TargetRule, starts: date | None) -> GoalVersion:
    target = rule.target
    return GoalVersion(
        target=target.id,
        measure=target.measure_id,
        department=target.measure.department.code,
        goal=float(rule.goal),
        unit=target.unit,
        direction=cast("Literal['at_least', 'at_most']", target.direction),
        cadence=target.cadence_days,
        starts=rule.starts,
        due=rules.add_months(starts, target.months) if starts else None,
        rule=f"{target.id}/{rule.version}",
    )


def measures() -> list[Measure]:
    """The measures with departments, targets and each target's rules, in the order of their codes."""
    signed = TargetRule.objects.order_by("starts", "version")
    targets = Target.objects.order_by("order", "id").prefetch_related(
        Prefetch("rules", queryset=signed)
    )
    return list(
        Measure.objects.select_related("department")
        .prefetch_related(Prefetch("targets", queryset=targets))
        .order_by("code")
    )


def target(target_id: str) -> Target:
    found = Target.objects.select_related("measure__department").filter(id=target_id).first()
    if found is None:
        raise errors.TargetUnknown(target=target_id)
    return found


def signed_rules(target_id: str) -> list[rules.Rule]:
    """The rules of a target that are or will be in force."""
    found = TargetRule.objects.filter(target_id=target_id, signed_at__isnull=False)
    return [rules.Rule(starts=rule.starts, goal=rule.goal) for rule in found]


def occurrence(occurrence_id: int) -> DutyOccurrence:
    found = (
        DutyOccurrence.objects.select_related(
            "template__department", "template__measure", "done_by"
        )
        .filter(id=occurrence_id)
        .first()
    )
    if found is None:
        raise errors.OccurrenceUnknown
    return found


def duty(code: str) -> DutyTemplate:
    found = DutyTemplate.objects.select_related("department", "measure").filter(code=code).first()
    if found is None:
        raise errors.DutyUnknown(duty=code)
    return found


def facts(one: DutyOccurrence) -> rules.Occurrence:
    """What the rules need of a row."""
    return rules.Occurrence(begins=one.begins, due=one.due, state=one.state)


def duties_of_year(year: int, department: str = "") -> list[DutyTemplate]:
    """Duties with the occurrences that touch a year as `.year`, by department; two statements."""
    within = DutyOccurrence.objects.filter(
        begins__lt=date(year + 1, 1, 1), ends__gt=date(year, 1, 1)
    ).order_by("begins")
    found = DutyTemplate.objects.select_related("department", "measure").prefetch_related(
        Prefetch("occurrences", queryset=within, to_attr="year")
    )
    if department:
        found = found.filter(department__code=department)
    return list(found.order_by("department__id", "measure_id", "id"))


def missed(since: date, until: date) -> int:
    """How many duties whose last day lies within these days, both included, were missed."""
    return DutyOccurrence.objects.filter(
        Q(state=DutyOccurrence.State.MISSED) | Q(state__in=OPEN_DUTIES, due__lt=clock.today()),
        due__gte=since,
        due__lte=until,
    ).count()


def staff_of(actor: Actor) -> Staff | None:
    """The account of an actor; None for the installation itself."""
    if actor.kind not in {"staff", "machine"}:
        return None
    return Staff.objects.select_related("department").filter(id=actor.id).first()


def worker(name: str) -> Staff:
    """The active person of a login or staff number who may work on tasks; PersonUnfit."""
    found = Staff.objects.filter(Q(login=name.strip()) | Q(staff_no=name.strip()))
    one = found.filter(is_active=True, kind=Staff.Kind.STAFF).first()
    held = set(posts_of(one)) if one else set()
    if one is None or not held & set(holders_of(Permission.GOVERNANCE_TASK_WORK)):
        raise errors.PersonUnfit
    return one


def holders_of(permission: Permission) -> list[str]:
    """The codes of posts of people that hold a permission."""
    return [
        post.code
        for post in POSTS.values()
        if post.kind == "staff" and permission in post.permissions
    ]


def posts_of(staff: Staff) -> list[str]:
    """Codes of the posts that a person holds today."""
    today = clock.today()
    return people.post_codes(staff, today, today)


def _mine(staff: Staff, posts: Sequence[str]) -> Q:
    """Work owned by a person's department or by one of their posts."""
    by_department = Q(department_id=staff.department_id, post="") if staff.department_id else Q()
    return Q(post__in=posts) | by_department if posts or staff.department_id else Q(pk__in=[])


def my_duties(staff: Staff, until: date) -> QuerySet[DutyOccurrence]:
    """Open duties of the person's department or posts that have begun by a day, the soonest due first."""
    own = DutyTemplate.objects.filter(_mine(staff, posts_of(staff)))
    return (
        DutyOccurrence.objects.filter(
            template__in=own, state__in=OPEN_DUTIES, begins__lte=until, due__gte=clock.today()
        )
        .select_related("template__department")
        .order_by("due", "id")
    )


def my_missed(staff: Staff, since: date) -> QuerySet[DutyOccurrence]:
    """Duties of the person's department or posts that were missed since a day, the latest first."""
    own = DutyTemplate.objects.filter(_mine(staff, posts_of(staff)))
    late = Q(state=DutyOccurrence.State.MISSED) | Q(state__in=OPEN_DUTIES, due__lt=clock.today())
    return (
        DutyOccurrence.objects.filter(late, template__in=own, due__gte=since)
        .select_related("template__department")
        .order_by("-due", "id")
    )


def tasks(*, state: str = "", department: str = "") -> QuerySet[Task]:
    """Tasks with owner and counts, the soonest due first."""
    found = Task.objects.select_related("department", "assignee").annotate(
        talk=Count("comments", distinct=True),
        files=Count("attachments", filter=Q(attachments__withdrawal__isnull=True), distinct=True),
    )
    if state:
        found = found.filter(state=state)
    if department:
        found = found.filter(department__code=department)
    return found.order_by("due", "id")


def my_tasks(staff: Staff) -> QuerySet[Task]:
    """Open tasks that name the person, or are the department's or a post's and name nobody yet."""
    owned = Q(assignee=staff) | (Q(assignee__isnull=True) & _mine(staff, posts_of(staff)))
    return tasks().filter(owned, state__in=OPEN_TASKS)


def task(task_id: UUID) -> Task:
    found = Task.objects.select_related("department", "assignee", "created_by").filter(id=task_id)
    one = found.first()
    if one is None:
        raise errors.TaskUnknown
    return one


def attachment(attachment_id: UUID) -> Attachment:
    one = attachment_or_none(attachment_id)
    if one is None:
        raise errors.AttachmentUnknown
    return one


def attachment_or_none(attachment_id: UUID) -> Attachment | None:
    return with_withdrawals(Attachment.objects.filter(id=attachment_id)).first()


def with_withdrawals(of: QuerySet[Attachment]) -> QuerySet[Attachment]:
    """Files as a page lists them: who kept each, and who withdrew it; the oldest first."""
    told = of.select_related("task", "occurrence__template", "by", "withdrawal__by")
    return told.order_by("uploaded_at")


def standing(of: QuerySet[Attachment]) -> QuerySet[Attachment]:
    """The files that still prove something."""
    return of.filter(withdrawal__isnull=True)


@dataclass(frozen=True, slots=True)
class Owed:
    """What a department owes: its measures, its duties, its open tasks; `posts` are the codes of those
    that only its people hold."""

    measures: QuerySet[Measure]
    duties: QuerySet[DutyTemplate]
    tasks: QuerySet[Task]
    posts: frozenset[str]


def owed_by(department: Department) -> Owed:
    held = people.assignments_on(clock.today())
    here = set(held.filter(staff__department=department).values_list("post_id", flat=True))
    elsewhere = held.exclude(staff__department=department).values_list("post_id", flat=True)
    return Owed(
        measures=Measure.objects.filter(department=department),
        duties=DutyTemplate.objects.filter(department=department),
        tasks=Task.objects.filter(department=department, state__in=OPEN_TASKS),
        posts=frozenset(here - set(elsewhere)),
    )


@dataclass(frozen=True, slots=True)
class OwedCounts:
    """A department and how much it owes."""

    department: Department
    measures: int
    duties: int
    tasks: int
    people: int


def owed_counts() -> list[OwedCounts]:
    """Every department with what it owes and how many active people it has; five statements."""
    tasks = Task.objects.filter(state__in=OPEN_TASKS)
    staff = Staff.objects.filter(is_active=True, kind=Staff.Kind.STAFF)
    owed = [
        dict(rows.values_list("department").annotate(count=Count("pk")))
        for rows in (Measure.objects.all(), DutyTemplate.objects.all(), tasks, staff)
    ]
    return [OwedCounts(one, *(counts.get(one.id, 0) for counts in owed)) for one in departments()]


def staff_in(department: Department) -> QuerySet[Staff]:
    """The active people of a department."""
    return Staff.objects.filter(department=department, is_active=True, kind=Staff.Kind.STAFF)


def workers_for(task: Task, most: int) -> list[Staff]:
    """People to choose from for a task: of its department, its post, or of all; at most so many."""
    found = Staff.objects.filter(is_active=True, kind=Staff.Kind.STAFF)
    if task.post:
        held = people.assignments_on(clock.today()).filter(post_id=task.post)
        found = found.filter(id__in=held.values("staff"))
    elif task.department:
        found = staff_in(task.department)
    return list(found.order_by("name", "id")[:most])


def department_readers(department: Department) -> set[UUID]:
    """Who is told of what a department owes: those of its people who bring its proof, or everybody
    where nobody does."""
    posts = holders_of(Permission.SCORECARD_EVIDENCE_ADD)
    bring = people.assignments_on(clock.today()).filter(post_id__in=posts).values("staff")
    found = staff_in(department).values_list("id", flat=True)
    return set(found.filter(id__in=bring)) or set(found)


def former_names(department: Department) -> list[FormerName]:
    """What a department was called before, the latest first."""
    found = FormerName.objects.filter(department=department.code).select_related("changed_by")
    return list(found.order_by("-until", "-id"))


def departments() -> list[Department]:
    return list(Department.objects.order_by("id"))
