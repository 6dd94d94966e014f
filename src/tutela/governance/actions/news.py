"""Who is told of what. Notices carry ids, codes and days only; the words stand behind their links."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse

from tutela.access import queries as people
from tutela.access.models import Staff
from tutela.access.permissions import Permission
from tutela.access.posts import POSTS
from tutela.base import clock
from tutela.governance import queries
from tutela.governance.models import DutyOccurrence, Task
from tutela.notices.actions_notify import notify
from tutela.notices.kinds import NoticeKind

REMIND_DAYS = (3, 0)


def task_given(task: Task, by: Staff | None) -> None:
    """The person, or else the holders of the post. What another room made, that room tells of; a
    department's task is told to nobody, but stands in its people's work."""
    if task.origin_kind:
        return
    facts, link = {"due": task.due.isoformat()}, reverse("governance-view-task", args=[task.id])
    if task.assignee_id:
        if by is None or task.assignee_id != by.id:
            notify(NoticeKind.TASK_GIVEN, to=[task.assignee_id], params=facts, link=link)
    elif task.post:
        notify(NoticeKind.TASK_GIVEN, posts=[task.post], params=facts, link=link)


def comment_added(task: Task, by: Staff) -> None:
    """Whoever does the task and whoever made it, but not the one who wrote."""
    known = {task.assignee_id, task.created_by_id} - {None, by.id}
    if known:
        link = reverse("governance-view-task", args=[task.id])
        notify(NoticeKind.COMMENT_ADDED, to=[str(one) for one in known], link=link, once=True)


def signature_wanted(target: str, drafted_by: Staff | None) -> None:
    """Everybody who may sign, but not the one who drafted."""
    posts = holders_of(Permission.GOVERNANCE_TARGET_SIGN)
    held = people.assignments_on(clock.today()).filter(post__in=posts)
    own = drafted_by.id if drafted_by else None
    signers = set(held.values_list("staff_id", flat=True)) - {own}
    if signers:
        link = reverse("governance-view-target", args=[target])
        told = [str(one) for one in signers]
        notify(NoticeKind.SIGNATURE_WANTED, to=told, params={"target": target}, link=link)


def duty_missed(one: DutyOccurrence) -> None:
    """The post that owes it, and whoever runs the programme."""
    posts = {one.template.post, *holders_of(Permission.GOVERNANCE_PROGRAMME_SET)} - {""}
    _of_duty(NoticeKind.DUTY_MISSED, one, posts)


def remind() -> int:
    """Once a day: duties and tasks that are due soon or today; how many."""
    days = [clock.today() + timedelta(days=ahead) for ahead in REMIND_DAYS]
    duties = DutyOccurrence.objects.filter(state__in=queries.OPEN_DUTIES, due__in=days)
    owed = list(duties.exclude(template__post="").select_related("template"))
    for one in owed:
        _of_duty(NoticeKind.DUTY_DUE, one, [one.template.post])
    tasks = Task.objects.filter(state__in=queries.OPEN_TASKS, due__in=days)
    given = list(tasks.filter(assignee__isnull=False))
    for task in given:
        link = reverse("governance-view-task", args=[task.id])
        facts = {"due": task.due.isoformat()}
        notify(NoticeKind.TASK_DUE, to=[str(task.assignee_id)], params=facts, link=link)
    return len(owed) + len(given)


def holders_of(permission: Permission) -> list[str]:
    """The codes of posts of people that hold a permission."""
    return [
        post.code
        for post in POSTS.values()
        if post.kind == "staff" and permission in post.permissions
    ]


def _of_duty(kind: NoticeKind, one: DutyOccurrence, posts: Iterable[str]) -> None:
    facts = {"duty": one.template.code, "due": one.due.isoformat()}
    link = reverse("governance-view-occurrence", args=[one.pk])
    notify(kind, posts=posts, params=facts, link=link, once=True)
