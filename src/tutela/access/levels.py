"""How much of a value may be seen, and of whose."""

from enum import IntEnum, IntFlag, StrEnum


class Level(IntEnum):
    """What a cell gives of a data class: how much is shown, or that it may be written.

    WRITE shows nothing, and stands below NONE so that no comparison takes it for a sight.
    """

    WRITE = -1
    NONE = 0
    MASKED = 1
    CLEAR = 2


class RowScope(StrEnum):
    """Whose customers a cell is about, seen from the branch of the person's assignment."""

    OWN = "own"
    """Customers for whom the person has an open work item."""
    TEAM = "team"
    """OWN, and SUBTREE: a team serves its branch's whole area, and what is handed to it."""
    BRANCH = "branch"
    """The customers of the person's branch, without the branches below it."""
    SUBTREE = "subtree"
    """The customers of the person's branch and of all branches below it."""
    ALL = "all"


class ChannelBit(IntFlag):
    """By which ways a cell lets data out."""

    VIEW = 1
    SEARCH = 2
    EXPORT = 4
    PRINT = 8
    API = 16
