"""What the programme tells people of: tasks, duties and goals."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tutela.notices.kinds import CODE, COUNT, DAY, Group, Mail, NoticeKind

_DUE: Final = {"due": DAY}

TASK_GIVEN: Final = NoticeKind(
    "task_given",
    Group.WORK,
    _("Task assigned to me"),
    _("A task has been assigned to you; due %(due)s."),
    _DUE,
    Mail.NOW,
)
TASK_DUE: Final = NoticeKind(
    "task_due",
    Group.WORK,
    _("My task is due soon"),
    _("Your task is due on %(due)s."),
    _DUE,
)
DEPARTMENT_TASK_GIVEN: Final = NoticeKind(
    "department_task_given",
    Group.WORK,
    _("Task assigned to my department"),
    _("A task has been assigned to your department; due %(due)s."),
    _DUE,
)
DEPARTMENT_TASK_DUE: Final = NoticeKind(
    "department_task_due",
    Group.WORK,
    _("Unassigned task of my department due soon"),
    _("A task of your department, due on %(due)s, has not been taken by anyone yet."),
    _DUE,
)
WORK_HANDED_OVER: Final = NoticeKind(
    "work_handed_over",
    Group.WORK,
    _("Work handed over to my department"),
    _("%(count)s measures, duties, tasks or documents have been handed over to your department."),
    {"count": COUNT},
    Mail.NOW,
)
COMMENT_ADDED: Final = NoticeKind(
    "comment_added",
    Group.WORK,
    _("New comment on my task"),
    _("One of your tasks has a new comment."),
    {},
)
DUTY_DUE: Final = NoticeKind(
    "duty_due",
    Group.WORK,
    _("Duty of my post or department due soon"),
    _("Duty %(duty)s is due on %(due)s."),
    {"duty": CODE, "due": DAY},
)
DUTY_MISSED: Final = NoticeKind(
    "duty_missed",
    Group.WORK,
    _("Duty of my post or department missed"),
    _("Duty %(duty)s, due on %(due)s, was missed."),
    {"duty": CODE, "due": DAY},
    Mail.NOW,
)
SIGNATURE_WANTED: Final = NoticeKind(
    "signature_wanted",
    Group.APPROVAL,
    _("Goal waiting for a second signature"),
    _("A new goal for target %(target)s is waiting for a second signature."),
    {"target": CODE},
    Mail.NOW,
)
