"""The verbs of the programme. Each asks the gate, then the rule, then writes, and leaves its trace."""

from .attachments import attach, attach_held, open_attachment, openable
from .departments import (
    create_department,
    hand_over_duties,
    remove_department,
    rename_department,
)
from .duties import (
    close_occurrence,
    close_with_work,
    export_duties,
    make_occurrences,
    mark_missed,
    move_occurrence,
    skip_occurrence,
)
from .programme import set_measure, set_programme
from .targets import draft_target, sign_target
from .tasks import comment, create_task, export_tasks, move_task, reassign_task
from .templates import change_duty, create_duty, retire_duty
from .withdrawals import withdraw_attachment

__all__ = [
    "attach",
    "attach_held",
    "change_duty",
    "close_occurrence",
    "close_with_work",
    "comment",
    "create_department",
    "create_duty",
    "create_task",
    "draft_target",
    "export_duties",
    "export_tasks",
    "hand_over_duties",
    "make_occurrences",
    "mark_missed",
    "move_occurrence",
    "move_task",
    "open_attachment",
    "openable",
    "reassign_task",
    "remove_department",
    "rename_department",
    "retire_duty",
    "set_measure",
    "set_programme",
    "sign_target",
    "skip_occurrence",
    "withdraw_attachment",
]  # fmt: skip
