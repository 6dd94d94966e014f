"""R24: the trail itself. Not computed from leaves, but from what the sequencer and the verification say."""

from tutela.watch.findings import Finding
from tutela.watch.rules import RULES
from tutela.watch.thresholds import Book
from tutela.watch.world import Health


def trail(health: Health, book: Book, day: int) -> Finding | None:
    """The worst that is wrong, or None. Unknown values are not judged."""
    applied = book.of("R24", "", health.at_ms)
    if applied is None:
        return None
    sides = (
        ("lag_seconds", health.lag_seconds, applied["lag_seconds"]),
        ("minutes_without_quorum", health.minutes_without_quorum, applied["quorum_minutes"]),
        ("skew_seconds", health.skew_seconds, applied["skew_seconds"]),
    )
    over = [
        (name, value, limit) for name, value, limit in sides if value is not None and value > limit
    ]
    if not over and not health.broken:
        return None
    facts: dict[str, int | str | bool] = {name: value for name, value, _limit in over}
    if health.broken:
        facts["broken"] = ",".join(health.broken)[:200]
    _name, measured, threshold = over[0] if over else ("broken", len(health.broken), 0)
    rule = RULES["R24"]
    return Finding(
        rule="R24",
        day=day,
        at_ms=health.at_ms,
        points=rule.points,
        critical=rule.critical,
        measured=measured,
        threshold=threshold,
        leaves=(),
        rule_version=rule.version,
        setting=applied.version,
        facts=facts,
    )
