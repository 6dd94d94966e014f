"""What every benchmark shares: the row it gives, the scale it runs at, a median over rounds."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """How large to measure: `soak` runs the 10 million row measures, `quick` a tenth of the rest. `gigabytes` are
    the sizes of the database that backups are measured on."""

    soak: bool = False
    quick: bool = False
    gigabytes: tuple[float, ...] = (1.0,)

    def of(self, count: int) -> int:
        return max(1, count // 10) if self.quick else count


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measured figure. `floor` is the least ratio (or value, when nothing stands beside)."""

    name: str
    value: float
    unit: str
    beside: str = ""
    beside_value: float | None = None
    floor: float | None = None
    floor_of: str = "ratio"
    lower_is_better: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours to theirs, so that more is better either way."""
        if not self.beside_value:
            return None
        if self.lower_is_better:
            return self.beside_value / self.value
        return self.value / self.beside_value

    @property
    def ok(self) -> bool:
        if self.floor is None:
            return True
        if self.floor_of == "ratio":
            return self.ratio is not None and self.ratio >= self.floor
        return self.value <= self.floor if self.lower_is_better else self.value >= self.floor

    def as_dict(self) -> dict[str, object]:
        return {
            "name": self.name, "value": round(self.value, 4), "unit": self.unit,
            "beside": self.beside,
            "beside_value": None if self.beside_value is None else round(self.beside_value, 4),
            "ratio": None if self.ratio is None else round(self.ratio, 3),
            "floor": self.floor, "floor_of": self.floor_of, "ok": self.ok, "note": self.note,
        }  # fmt: skip


def median_seconds(work: Callable[[], object], rounds: int = 7) -> float:
    """The median of the wall-clock seconds of several rounds, after one that does not count."""
    work()
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
