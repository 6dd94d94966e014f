"""Who acts, and through which door. Posts and rights are looked up by id; nothing here grants any."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Channel(StrEnum):
    """The door an act came through."""

    PAGE = "page"
    API = "api"
    SHELL = "shell"
    JOB = "job"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One acting person or machine. `id` is the text of Staff.id; `source` a network address."""

    kind: Literal["staff", "machine", "system", "anonymous"]
    id: str
    channel: Channel
    session: str = ""
    second_factor: bool = False
    source: str = ""


SYSTEM = Actor(kind="system", id="system", channel=Channel.JOB)
ANONYMOUS = Actor(kind="anonymous", id="anonymous", channel=Channel.PAGE)
