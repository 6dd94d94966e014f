"""Who acts, and through which channel. Posts and rights are looked up by id; an Actor grants none."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Channel(StrEnum):
    """The interface an action came through."""

    PAGE = "page"
    API = "api"
    SHELL = "shell"
    JOB = "job"
    OUTSIDE = "outside"
    """Another system, whose log tells of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An acting person or machine. `id` is Staff.id as text; `source` a network address."""

    kind: Literal["staff", "machine", "system", "anonymous"]
    id: str
    channel: Channel
    session: str = ""
    second_factor: bool = False
    source: str = ""


SYSTEM = Actor(kind="system", id="system", channel=Channel.JOB)
ANONYMOUS = Actor(kind="anonymous", id="anonymous", channel=Channel.PAGE)
