"""The verbs of the programme. Each asks the gate, then the rule, then writes, and leaves its trace."""

from .attachments import attach, open_attachment
from .departments import hand_over_duties, remove_department
from .duties import (
    close_occurrence,
    make_occurrences,
    mark_missed,
    move_occurrence,
    skip_occurrence,
)
from .programme import set_measure, set_programme
from .targets import draft_target, sign_target
from .tasks import comment, create_task, move_task

__all__ = [
    "attach", "close_occurrence", "comment", "create_task", "draft_target", "hand_over_duties",
    "make_occurrences", "mark_missed", "move_occurrence", "move_task", "open_attachment",
    "remove_department", "set_measure", "set_programme", "sign_target", "skip_occurrence",
]  # fmt: skip
