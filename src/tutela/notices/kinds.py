"""What a kind of notice is, and the closed list of them: each with its sentence and what it may name.

Each room declares its own kinds (`notice_kinds.py`) while the product starts; this room names none of theirs.
`params` gives the shape of each fact a kind carries. No shape fits a name, a telephone, identity,
card or policy number, so none can leave the house in a message.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tutela.base.registry import Registry


class Group(StrEnum):
    """What a notice is about; a chat robot is told by these, and the inbox is sorted by them."""

    WORK = "work"
    APPROVAL = "approval"
    COMMITTEE = "committee"
    SCORECARD = "scorecard"
    IMPORT = "import"
    ACCOUNT = "account"
    SYSTEM = "system"


class Mail(StrEnum):
    """How a kind reaches a person by mail. The inbox has it in any case."""

    NOW = "now"
    DIGEST = "digest"
    NEVER = "never"


COUNT: Final = "count"
CODE: Final = "code"
DAY: Final = "day"
SHAPES: Final[dict[str, re.Pattern[str]]] = {
    # At most four digits together: a year and a serial number fit, no number of a person does.
    CODE: re.compile(r"(?!.*\d{5})[A-Za-z0-9][A-Za-z0-9_.-]{0,39}", re.ASCII),
    # Empty when there is no such day.
    DAY: re.compile(r"(?:\d{4}-\d\d-\d\d)?", re.ASCII),
}
MOST_COUNTED: Final = 999_999_999


@dataclass(frozen=True, slots=True, eq=False)
class NoticeKind:
    """One kind. `code` is stored; `label` names it on the settings page; `sentence` is filled from `params`."""

    code: str
    group: Group
    label: Promise
    sentence: Promise
    params: Mapping[str, str]
    mail: Mail = Mail.DIGEST


GROUPS: Final[dict[Group, tuple[Promise, str]]] = {
    Group.WORK: (_("Work"), "checklist"),
    Group.APPROVAL: (_("Approvals and documents"), "file-check"),
    Group.COMMITTEE: (_("Committee"), "users-group"),
    Group.SCORECARD: (_("Targets and risks"), "target"),
    Group.IMPORT: (_("Imports"), "file-import"),
    Group.ACCOUNT: (_("My sign-in"), "lock"),
    Group.SYSTEM: (_("The installation"), "server"),
}

KINDS: Final = Registry[NoticeKind]("kinds of notices")
"""Every kind by its code; the settings page shows them in this order."""


def declare(kinds: Iterable[NoticeKind]) -> None:
    """Say what a room tells people of, while the product starts."""
    for kind in kinds:
        KINDS.declare(kind.code, kind)
