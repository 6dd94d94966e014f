"""Kinds of notices and their registry.

Each room declares its own kinds (`notice_kinds.py`) at start. `params` gives the shape of each parameter of
the sentence. No shape matches a name or a phone, identity, card or policy number, so a message cannot
contain one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import ModuleType
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tutela.base.registry import Registry, constants


class Group(StrEnum):
    """Subject of a notice: robots subscribe to groups, and the inbox filters by them."""

    WORK = "work"
    APPROVAL = "approval"
    COMMITTEE = "committee"
    SCORECARD = "scorecard"
    IMPORT = "import"
    ACCOUNT = "account"
    SYSTEM = "system"


class Mail(StrEnum):
    """How a person receives a kind by mail, besides the inbox."""

    NOW = "now"
    DIGEST = "digest"
    NEVER = "never"


COUNT: Final = "count"
CODE: Final = "code"
DAY: Final = "day"
SHAPES: Final[dict[str, re.Pattern[str]]] = {
    # At most four consecutive digits: a year or a serial number, no personal number.
    CODE: re.compile(r"(?!.*\d{5})[A-Za-z0-9][A-Za-z0-9_.-]{0,39}", re.ASCII),
    # Empty when there is no such day.
    DAY: re.compile(r"(?:\d{4}-\d\d-\d\d)?", re.ASCII),
}
COUNT_LIMIT: Final = 999_999_999


@dataclass(frozen=True, slots=True, eq=False)
class NoticeKind:
    """One kind. `code` is stored; `label` is shown on the settings page; `sentence` is formatted with `params`."""

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
    Group.SYSTEM: (_("System operation"), "server"),
}

KINDS: Final = Registry[NoticeKind]("kinds of notices")
"""Every kind by its code; the settings page shows them in this order."""


def declare(room: ModuleType) -> None:
    """Add the kinds of a room's `notice_kinds.py`, at start."""
    for kind in constants(room, NoticeKind):
        KINDS.declare(kind.code, kind)
