"""Where physical backups stand: which way is configured, the server, its programs. Filled by `cli`, which
alone knows how the embedded server is reached."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

from tutela.base.registry import Registry

from .pgbackrest import Stanza
from .taking import Programs


class Way(StrEnum):
    """How physical backups are made: not at all, by PostgreSQL's own programs, or by pgBackRest."""

    OFF = "off"
    OWN = "own"
    PGBACKREST = "pgbackrest"


@dataclass(frozen=True, slots=True)
class Ground:
    """`conninfo` reaches the server as a role that may replicate; `spool` is a private folder for files of
    the log on their way; `minutes` between two sets of the log, 0 for none; `stanza` pgBackRest's, with that
    way."""

    way: Way
    programs: Programs
    conninfo: str = field(repr=False)
    spool: Path
    minutes: int = 0
    stanza: Stanza | None = None
    data: Path | None = None
    """The data directory of the embedded server."""


GROUNDS: Final = Registry[Callable[[], Ground]]("ground of physical backups")


def ground() -> Ground:
    """What the shell declared. Errors of the shell pass through."""
    return GROUNDS["ground"]()
