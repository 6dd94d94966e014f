"""Who is notified of what. Notices carry ids, codes and days only; texts are on the linked pages."""

from datetime import timedelta
from uuid import UUID

from django.urls import reverse

from tutela.access.models import Department, Staff
from tutela.base import clock
from tutela.notices.actions.notices import notify, settle
from tutela.notices.kinds import NoticeKind
from tutela.notices.queries import post_holders
from tutela.programme import notice_kinds, permissions, queries
from tutela.programme.models import DutyOccurrence, Task

REMIND_DAYS = (3, 0)


def task_given(task: Task, by: Staff | None) -> None:
    """Notify of a new task. A room that created it sends its own notice."""
    if not task.origin_kind:
        notify_owner(task, by)


def notify_owner(task: Task, by: Staff | None) -> None:
    """Notify the assignee, or the holders of the post, or the department; never whoever assigned it."""
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
    if recipients := to - but:
        notify(kind, to=sorted(map(str, recipients)), params=facts, link=link)


def work_handed_over(heir: Department, count: int, by: Staff | None) -> None:
    """Notify the people of the department that takes over."""
    readers = queries.department_readers(heir) - ({by.id} if by else set())
    if readers:
        to = sorted(map(str, readers))
        link = reverse("governance-my-work")
        notify(notice_kinds.WORK_HANDED_OVER, to=to, params={"count": count}, link=link)


def comment_added(task: Task, by: Staff) -> None:
    """Notify the assignee and the creator of the task, except the author of the comment."""
    known = {task.assignee_id, task.created_by_id} - {None, by.id}
    if known:
        link = reverse("governance-view-task", args=[task.id])
        notify(
            notice_kinds.COMMENT_ADDED, to=[str(person) for person in known], link=link, once=True
        )


def signature_wanted(target: str, drafted_by: Staff | None) -> None:
    """Notify everybody who may sign, except the drafter."""
    own = {drafted_by.id} if drafted_by else set()
    signers = post_holders(queries.posts_with(permissions.TARGET_SIGN)) - own
    if signers:
        link = reverse("governance-view-target", args=[target])
        to = sorted(map(str, signers))
        notify(notice_kinds.SIGNATURE_WANTED, to=to, params={"target": target}, link=link)


def signature_given(target: str) -> None:
    """Settle the requests to sign a target whose drafts are all signed."""
    settle(notice_kinds.SIGNATURE_WANTED, link=reverse("governance-view-target", args=[target]))


def duty_missed(occurrence: DutyOccurrence) -> None:
    """Notify whoever owes the duty and whoever runs the programme."""
    runners = post_holders(queries.posts_with(permissions.PROGRAMME_SET))
    owing = _owing(occurrence.template.department, occurrence.template.post)
    _of_duty(notice_kinds.DUTY_MISSED, occurrence, owing | runners)


def remind() -> int:
    """Remind of the duties and tasks that are due soon or today; how many."""
    days = [clock.today() + timedelta(days=ahead) for ahead in REMIND_DAYS]
    duties = DutyOccurrence.objects.filter(state__in=queries.OPEN_DUTIES, due__in=days)
    owed = list(duties.select_related("template__department"))
    for occurrence in owed:
        _of_duty(
            notice_kinds.DUTY_DUE,
            occurrence,
            _owing(occurrence.template.department, occurrence.template.post),
        )
    tasks = Task.objects.filter(state__in=queries.OPEN_TASKS, due__in=days)
    open_tasks = list(tasks.select_related("department"))
    for task in open_tasks:
        _of_task(task, notice_kinds.TASK_DUE, notice_kinds.DEPARTMENT_TASK_DUE, set())
    return len(owed) + len(open_tasks)


def _owing(department: Department | None, post: str) -> set[UUID]:
    """The holders of the post; without a post, the people of the department; where there are none, whoever
    runs the programme, so that every notice reaches somebody."""
    to = post_holders([post]) if post else set()
    if not to and department is not None:
        to = queries.department_readers(department)
    return to or post_holders(queries.posts_with(permissions.PROGRAMME_SET))


def _of_duty(kind: NoticeKind, occurrence: DutyOccurrence, recipients: set[UUID]) -> None:
    facts = {"duty": occurrence.template.code, "due": occurrence.due.isoformat()}
    link = reverse("governance-view-occurrence", args=[occurrence.pk])
    to = sorted(map(str, recipients))
    notify(kind, to=to, params=facts, link=link, once=True)
