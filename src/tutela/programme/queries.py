"""Reads of the programme, for its pages, the scorecard and the rooms above."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, cast
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from tutela.access import queries as people
from tutela.access.changes import Subject
from tutela.access.models import Department, Staff
from tutela.access.permission_specs import Permission
from tutela.access.posts import STAFF
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.proof import queries as proof
from tutela.proof.errors import AttachmentUnknown
from tutela.proof.models import Attachment

from . import errors, judgements, permissions, promises, rules
from .models import (
    DUTY_FILES,
    TASK_FILES,
    DutyOccurrence,
    DutyTemplate,
    FormerName,
    Measure,
    Programme,
    Target,
    TargetRule,
    Task,
)

LAW_DUTY = "law-watch"
OPEN_TASKS = (Task.State.TODO, Task.State.DOING)
OPEN_DUTIES = (DutyOccurrence.State.OPEN, DutyOccurrence.State.MOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalVersion:
    """A signed rule of a target with the facts the scorecard needs. `cadence` in days; `due` is when the
    goal must first be reached, None while the programme has no start."""

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
    """The programme's row; None before the first run."""
    return Programme.objects.filter(id=1).first()


def measure_due(measure: Measure, starts: date) -> date:
    """The day by which a measure must be in place."""
    return rules.add_months(starts, measure.months)


def goal_versions() -> list[GoalVersion]:
    """Every signed rule of every target, in the order of targets and starts. Two statements."""
    start = programme()
    signed = (
        TargetRule.objects.filter(signed_at__isnull=False)
        .select_related("target__measure__department")
        .order_by("target__order", "target_id", "starts")
    )
    return [_version(rule, start.starts if start else None) for rule in signed]


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
    """The measures by code, with their departments, targets and rules."""
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
    row = Target.objects.select_related("measure__department").filter(id=target_id).first()
    if row is None:
        raise errors.TargetUnknown(target=target_id)
    return row


def law_checker() -> Department | None:
    """The department that checks what the law says: whose duty it is to follow the law's changes."""
    duty = DutyTemplate.objects.filter(code=LAW_DUTY).select_related("department").first()
    return duty.department if duty else None


def signed_rules(target_id: str) -> list[rules.Rule]:
    """The rules of a target, past and future ones too."""
    signed = TargetRule.objects.filter(target_id=target_id, signed_at__isnull=False)
    return [rules.Rule(starts=rule.starts, goal=rule.goal) for rule in signed]


def occurrence(occurrence_id: int) -> DutyOccurrence:
    row = (
        DutyOccurrence.objects.select_related(
            "template__department", "template__measure", "done_by"
        )
        .filter(id=occurrence_id)
        .first()
    )
    if row is None:
        raise errors.OccurrenceUnknown
    return row


def duty(code: str) -> DutyTemplate:
    template = (
        DutyTemplate.objects.select_related("department", "measure").filter(code=code).first()
    )
    if template is None:
        raise errors.DutyUnknown(duty=code)
    return template


def facts(row: DutyOccurrence) -> rules.Occurrence:
    """The facts of a row that the rules need."""
    return rules.Occurrence(begins=row.begins, due=row.due, state=row.state)


def duty_target(row: DutyOccurrence) -> str:
    """The target by which the work of a duty is counted; empty where there is none."""
    return promises.duty_targets().get(row.template.code, "")


def counted(row: DutyOccurrence) -> int:
    """How many rows dated in an occurrence's days its target counts; days of grace, or to which it was
    moved, are among them."""
    ends = max(row.ends, row.due + timedelta(days=1))
    return judgements.counted(duty_target(row), row.begins, ends)


def duties_of_year(year: int, department: str = "") -> list[DutyTemplate]:
    """Duties by department, with their occurrences that overlap the year as `.year`. Two statements."""
    within = DutyOccurrence.objects.filter(
        begins__lt=date(year + 1, 1, 1), ends__gt=date(year, 1, 1)
    ).order_by("begins")
    templates = DutyTemplate.objects.select_related("department", "measure").prefetch_related(
        Prefetch("occurrences", queryset=within, to_attr="year")
    )
    if department:
        templates = templates.filter(department__code=department)
    return list(templates.order_by("department__id", "measure_id", "id"))


def missed(since: date, until: date) -> int:
    """How many occurrences due within these days, both included, were missed."""
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
    """An active person by login or staff number, who may work on tasks; PersonUnfit."""
    named = Staff.objects.filter(people.is_named(name), is_active=True, kind=Staff.Kind.STAFF)
    person = named.first()
    workers = posts_with(permissions.TASK_WORK)
    if person is None or not set(workers).intersection(posts_of(person)):
        raise errors.PersonUnfit
    return person


def posts_with(permission: Permission) -> list[str]:
    """The codes of posts of people that hold a permission."""
    return sorted(permission.posts & STAFF)


def posts_of(staff: Staff) -> list[str]:
    """Codes of the posts that a person holds today."""
    today = clock.today()
    return people.post_codes(staff, today, today)


def _mine(staff: Staff, posts: Sequence[str]) -> Q:
    """Work owned by a person's department or by one of their posts."""
    by_department = Q(department_id=staff.department_id, post="") if staff.department_id else Q()
    return Q(post__in=posts) | by_department if posts or staff.department_id else Q(pk__in=[])


def my_duties(staff: Staff, until: date) -> QuerySet[DutyOccurrence]:
    """Open occurrences of the person's department or posts that begin by a day, by due date."""
    own = DutyTemplate.objects.filter(_mine(staff, posts_of(staff)))
    return (
        DutyOccurrence.objects.filter(
            template__in=own, state__in=OPEN_DUTIES, begins__lte=until, due__gte=clock.today()
        )
        .select_related("template__department")
        .order_by("due", "id")
    )


def owed_duties(department: Department) -> list[DutyOccurrence]:
    """The open periods that a department's own duties have begun, those due first before the others."""
    today = clock.today()
    rows = DutyOccurrence.objects.filter(
        template__department=department, state__in=OPEN_DUTIES, begins__lte=today, due__gte=today
    )
    return list(rows.select_related("template").order_by("due", "id"))


def my_missed(staff: Staff, since: date) -> QuerySet[DutyOccurrence]:
    """Occurrences of the person's department or posts missed since a day, the latest first."""
    own = DutyTemplate.objects.filter(_mine(staff, posts_of(staff)))
    late = Q(state=DutyOccurrence.State.MISSED) | Q(state__in=OPEN_DUTIES, due__lt=clock.today())
    return (
        DutyOccurrence.objects.filter(late, template__in=own, due__gte=since)
        .select_related("template__department")
        .order_by("-due", "id")
    )


def tasks(*, state: str = "", department: str = "") -> QuerySet[Task]:
    """Tasks with owner and counts, by due date."""
    rows = Task.objects.select_related("department", "assignee").annotate(
        talk=Count("comments"), files=proof.standing_count(TASK_FILES)
    )
    if state:
        rows = rows.filter(state=state)
    if department:
        rows = rows.filter(department__code=department)
    return rows.order_by("due", "id")


def my_tasks(staff: Staff) -> QuerySet[Task]:
    """Open tasks assigned to the person, or unassigned ones of their department or posts."""
    owned = Q(assignee=staff) | (Q(assignee__isnull=True) & _mine(staff, posts_of(staff)))
    return tasks().filter(owned, state__in=OPEN_TASKS)


def task(task_id: UUID) -> Task:
    rows = Task.objects.select_related("department", "assignee", "created_by").filter(id=task_id)
    row = rows.first()
    if row is None:
        raise errors.TaskUnknown
    return row


def holder(of: Task | DutyOccurrence) -> Subject:
    """What files of proof name a task or a period of a duty as."""
    return (TASK_FILES if isinstance(of, Task) else DUTY_FILES, str(of.pk))


def proven(attachment: Attachment) -> Task | DutyOccurrence:
    """What a file proves; AttachmentUnknown where that is of another room."""
    if attachment.holder_kind == TASK_FILES:
        return task(UUID(attachment.holder_id))
    if attachment.holder_kind == DUTY_FILES:
        return occurrence(int(attachment.holder_id))
    raise AttachmentUnknown


def files(of: Task | DutyOccurrence) -> QuerySet[Attachment]:
    """The files of proof, withdrawn ones too, the oldest first."""
    return proof.files(*holder(of))


def standing_files(of: Task | DutyOccurrence) -> QuerySet[Attachment]:
    """Those that still prove something."""
    return proof.standing(*holder(of))


@dataclass(frozen=True, slots=True)
class Owed:
    """What a department owes: measures, duties, open tasks; `posts` are the codes of posts that only its
    people hold."""

    measures: QuerySet[Measure]
    duties: QuerySet[DutyTemplate]
    tasks: QuerySet[Task]
    posts: frozenset[str]


def owed_by(department: Department) -> Owed:
    assignments = people.assignments_on(clock.today())
    here = set(assignments.filter(staff__department=department).values_list("post_id", flat=True))
    elsewhere = assignments.exclude(staff__department=department).values_list("post_id", flat=True)
    return Owed(
        measures=Measure.objects.filter(department=department),
        duties=DutyTemplate.objects.filter(department=department),
        tasks=Task.objects.filter(department=department, state__in=OPEN_TASKS),
        posts=frozenset(here - set(elsewhere)),
    )


@dataclass(frozen=True, slots=True)
class OwedCounts:
    """A department, how much it owes, and its active people."""

    department: Department
    measures: int
    duties: int
    tasks: int
    people: int


def owed_counts() -> list[OwedCounts]:
    """Every department with its counts. Five statements."""
    tasks = Task.objects.filter(state__in=OPEN_TASKS)
    staff = Staff.objects.filter(is_active=True, kind=Staff.Kind.STAFF)
    owed = [
        dict(rows.values_list("department").annotate(count=Count("pk")))
        for rows in (Measure.objects.all(), DutyTemplate.objects.all(), tasks, staff)
    ]
    return [
        OwedCounts(department, *(counts.get(department.id, 0) for counts in owed))
        for department in departments()
    ]


def staff_in(department: Department) -> QuerySet[Staff]:
    """The active people of a department."""
    return Staff.objects.filter(department=department, is_active=True, kind=Staff.Kind.STAFF)


def workers_for(task: Task, most: int) -> list[Staff]:
    """Candidates for a task: of its post, its department, or everybody; at most so many."""
    candidates = Staff.objects.filter(is_active=True, kind=Staff.Kind.STAFF)
    if task.post:
        assignments = people.assignments_on(clock.today()).filter(post_id=task.post)
        candidates = candidates.filter(id__in=assignments.values("staff"))
    elif task.department:
        candidates = staff_in(task.department)
    return list(candidates.order_by("name", "id")[:most])


def department_readers(department: Department) -> set[UUID]:
    """Who is notified of what a department owes: its people who may report evidence, or all of its
    people where nobody may."""
    posts = posts_with(permissions.EVIDENCE_ADD)
    reporters = people.assignments_on(clock.today()).filter(post_id__in=posts).values("staff")
    readers = staff_in(department).values_list("id", flat=True)
    return set(readers.filter(id__in=reporters)) or set(readers)


def former_names(department: Department) -> list[FormerName]:
    """The former names of a department, the latest first."""
    rows = FormerName.objects.filter(department=department.code).select_related("changed_by")
    return list(rows.order_by("-until", "-id"))


def departments() -> list[Department]:
    return list(Department.objects.order_by("id"))
