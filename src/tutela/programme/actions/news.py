"""Who is told of what. Notices carry ids, codes and days only; the words stand behind their links."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.urls import reverse

from tutela.access import queries as people
from tutela.access.models import Department, Staff
from tutela.access.permissions import Permission
from tutela.base import clock
from tutela.notices.actions.notices import notify, settle
from tutela.notices.kinds import NoticeKind
from tutela.programme import notice_kinds, queries
from tutela.programme.models import DutyOccurrence, Task

REMIND_DAYS = (3, 0)
holders_of = queries.holders_of


def task_given(task: Task, by: Staff | None) -> None:
    """A new task. What another room made, that room tells of."""
    if not task.origin_kind:
        tell_owner(task, by)


def tell_owner(task: Task, by: Staff | None) -> None:
    """The person, or else the holders of the post, or else the department; never who did it."""
    _of_task(
        task, notice_kinds.TASK_GIVEN, notice_kinds.DEPARTMENT_TASK_GIVEN, {by.id} if by else set()
    )


def _of_task(task: Task, kind: NoticeKind, of_department: NoticeKind, but: set[UUID]) -> None:
    facts, link = {"due": task.due.isoformat()}, reverse("governance-view-task", args=[task.id])
    if task.assignee_id:
        to = {task.assignee_id}
    else:
        kind = kind if task.post else of_department
        to = _owing(task.department, task.post)
    if told := to - but:
        notify(kind, to=sorted(map(str, told)), params=facts, link=link)


def _holding(posts: Iterable[str]) -> set[UUID]:
    held = people.assignments_on(clock.today()).filter(post__in=list(posts))
    return set(held.values_list("staff_id", flat=True))


def work_handed_over(heir: Department, count: int, by: Staff | None) -> None:
    """The people of the department that owes it now."""
    told = queries.department_readers(heir) - ({by.id} if by else set())
    if told:
        to = sorted(map(str, told))
        link = reverse("governance-my-work")
        notify(notice_kinds.WORK_HANDED_OVER, to=to, params={"count": count}, link=link)


def comment_added(task: Task, by: Staff) -> None:
    """Whoever does the task and whoever made it, but not the one who wrote."""
    known = {task.assignee_id, task.created_by_id} - {None, by.id}
    if known:
        link = reverse("governance-view-task", args=[task.id])
        notify(notice_kinds.COMMENT_ADDED, to=[str(one) for one in known], link=link, once=True)


def signature_wanted(target: str, drafted_by: Staff | None) -> None:
    """Everybody who may sign, but not the one who drafted."""
    own = {drafted_by.id} if drafted_by else set()
    signers = _holding(holders_of(Permission.GOVERNANCE_TARGET_SIGN)) - own
    if signers:
        link = reverse("governance-view-target", args=[target])
        told = [str(one) for one in signers]
        notify(notice_kinds.SIGNATURE_WANTED, to=told, params={"target": target}, link=link)


def signature_given(target: str) -> None:
    """Nobody is asked any more to sign a target whose drafts are all signed."""
    settle(notice_kinds.SIGNATURE_WANTED, link=reverse("governance-view-target", args=[target]))


def duty_missed(one: DutyOccurrence) -> None:
    """Whoever owes it, and whoever runs the programme."""
    runners = _holding(holders_of(Permission.GOVERNANCE_PROGRAMME_SET))
    owing = _owing(one.template.department, one.template.post)
    _of_duty(notice_kinds.DUTY_MISSED, one, owing | runners)


def remind() -> int:
    """Once a day: duties and tasks that are due soon or today; how many."""
    days = [clock.today() + timedelta(days=ahead) for ahead in REMIND_DAYS]
    duties = DutyOccurrence.objects.filter(state__in=queries.OPEN_DUTIES, due__in=days)
    owed = list(duties.select_related("template__department"))
    for one in owed:
        _of_duty(notice_kinds.DUTY_DUE, one, _owing(one.template.department, one.template.post))
    tasks = Task.objects.filter(state__in=queries.OPEN_TASKS, due__in=days)
    given = list(tasks.select_related("department"))
    for task in given:
        _of_task(task, notice_kinds.TASK_DUE, notice_kinds.DEPARTMENT_TASK_DUE, set())
    return len(owed) + len(given)


def _owing(department: Department | None, post: str) -> set[UUID]:
    """The holders of a post; without one its department's people; where there is nobody, whoever runs
    the programme, so that nothing is told to the wind."""
    to = _holding([post]) if post else set()
    if not to and department is not None:
        to = queries.department_readers(department)
    return to or _holding(holders_of(Permission.GOVERNANCE_PROGRAMME_SET))


def _of_duty(kind: NoticeKind, one: DutyOccurrence, told: set[UUID]) -> None:
    facts = {"duty": one.template.code, "due": one.due.isoformat()}
    link = reverse("governance-view-occurrence", args=[one.pk])
    to = sorted(map(str, told))
    notify(kind, to=to, params=facts, link=link, once=True)
