"""The counts of an import: of one chunk, of one run, of one batch."""

from dataclasses import dataclass


@dataclass(slots=True)
class Counts:
    """Rows in all, and what became of them, in the order of the tables."""

    rows: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    kept: int = 0
    """Stored values that a blank cell of a mapped column left as they were."""
    cleared: int = 0
    """Stored values that a blank cell cleared, because the mapping says so."""

    def counts(self) -> dict[str, int]:
        """The five counts of rows alone, ready for JSON."""
        return {name: getattr(self, name) for name in NAMES}

    def sums(self) -> dict[str, int]:
        """All counts, ready for JSON."""
        return {name: getattr(self, name) for name in ALL_NAMES}

    @property
    def written(self) -> int:
        """Rows that made or changed something."""
        return self.created + self.changed

    def add(self, other: "Counts") -> None:
        for name in ALL_NAMES:
            setattr(self, name, getattr(self, name) + getattr(other, name))


NAMES = ("rows", "created", "changed", "unchanged", "rejected")
ALL_NAMES = (*NAMES, "kept", "cleared")
