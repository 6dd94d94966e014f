"""What the scorecard may read of the vault: the latest counts, plain."""

from dataclasses import dataclass
from datetime import datetime

from . import queries


@dataclass(frozen=True, slots=True)
class Reading:
    """A number with what it is made of. `value` in `unit`, None while there is no data.

    `status` is "no_data" or "measured"; whether a target is met is the scorecard's question.
    """

    measure: str
    value: float | None
    numerator: int
    denominator: int
    unit: str
    period: tuple[datetime, datetime] | None
    computed_at: datetime | None
    status: str


def encryption_rate() -> Reading:
    """Sealed cells of all sensitive cells by the latest count, in percent.

    An empty vault and one that was never counted have no data: nothing encrypted is not 100 %.
    """
    found = queries.latest_count()
    if found is None or found[1] == 0:
        at = found[0] if found else None
        return Reading("encryption-rate", None, 0, 0, "percent", None, at, "no_data")
    at, sensitive, sealed = found
    share = 100 * sealed / sensitive
    return Reading("encryption-rate", share, sealed, sensitive, "percent", (at, at), at, "measured")


def customers() -> int:
    """How many customers the vault holds now."""
    return queries.count_customers()


def measures() -> tuple[Reading, ...]:
    """All readings of this room."""
    return (encryption_rate(),)
