"""What the programme tells people of: tasks, duties and goals."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from tutela.notices.kinds import CODE, COUNT, DAY, Group, Mail, NoticeKind

_DUE: Final = {"due": DAY}

TASK_GIVEN: Final = NoticeKind(
    "task_given",
    Group.WORK,
    _("A task is given to me"),
    _("A task has been given to you; due %(due)s."),
    _DUE,
    Mail.NOW,
)
TASK_DUE: Final = NoticeKind(
    "task_due",
    Group.WORK,
    _("A task of mine falls due"),
    _("A task of yours is due on %(due)s."),
    _DUE,
)
DEPARTMENT_TASK_GIVEN: Final = NoticeKind(
    "department_task_given",
    Group.WORK,
    _("A task is given to my department"),
    _("A task has been given to your department; due %(due)s."),
    _DUE,
)
DEPARTMENT_TASK_DUE: Final = NoticeKind(
    "department_task_due",
    Group.WORK,
    _("A task of my department that nobody has taken falls due"),
    _("A task of your department, due on %(due)s, has no person yet."),
    _DUE,
)
WORK_HANDED_OVER: Final = NoticeKind(
    "work_handed_over",
    Group.WORK,
    _("Work is handed over to my department"),
    _("%(count)s measures, duties, tasks or documents were handed over to your department."),
    {"count": COUNT},
    Mail.NOW,
)
COMMENT_ADDED: Final = NoticeKind(
    "comment_added",
    Group.WORK,
    _("A comment on a task of mine"),
    _("There is a new comment on a task of yours."),
    {},
)
DUTY_DUE: Final = NoticeKind(
    "duty_due",
    Group.WORK,
    _("A duty of my post or department falls due"),
    _("Duty %(duty)s is due on %(due)s."),
    {"duty": CODE, "due": DAY},
)
DUTY_MISSED: Final = NoticeKind(
    "duty_missed",
    Group.WORK,
    _("A duty of my post or department was missed"),
    _("Duty %(duty)s, due on %(due)s, was missed."),
    {"duty": CODE, "due": DAY},
    Mail.NOW,
)
SIGNATURE_WANTED: Final = NoticeKind(
    "signature_wanted",
    Group.APPROVAL,
    _("A goal waits for a second signature"),
    _("A new goal for target %(target)s waits for a second signature."),
    {"target": CODE},
    Mail.NOW,
)
