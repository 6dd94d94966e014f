"""What a rule finds, before it is an alert. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

MOST_LEAVES = 500
"""Leaves that an alert names at most; `facts["leaves"]` counts all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A rule fired. `person` or `customer` may be empty; `day` an ordinal; `leaves` the indices that made it,
    rising; `setting` the version of the thresholds, 0 for the defaults."""

    rule: str
    person: str = ""
    customer: str = ""
    day: int
    at_ms: int
    points: int
    critical: bool
    measured: int
    threshold: int
    leaves: Sequence[int]
    rule_version: int = 1
    setting: int = 0
    facts: Mapping[str, int | str | bool] = field(default_factory=dict)

    @property
    def name(self) -> tuple[str, str, str, int]:
        """Once a day for each rule, person and customer."""
        return self.rule, self.person, self.customer, self.day
