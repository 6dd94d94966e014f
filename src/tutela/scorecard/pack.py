"""Evidence packs: a period's figures with every row behind them, to be verified by outsiders.

Rows stream from the database into the zip, so memory does not grow with the period. `tutela_verify.py`,
which needs nothing of this package, documents the format and verifies packs.
"""

import csv
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import IO, Any, Final

from django.conf import settings

from tutela.base.readings import Ask, EvidenceRow, Reading, moment
from tutela.trail import evidence as trail

from . import board, custom, goals, registry, signing, summary
from .board import Judged
from .goals import Rulebook
from .rules import Goal

FORMAT: Final = "tutela-pack-2"
COLUMNS: Final = ("id", "at", "numerator", "denominator", "outside", "facts")
BLOCK: Final = 1 << 16
HEADS: Final = "trail/heads.csv"
BEFORE: Final = "before_period"
"""The fact that marks a row dated before the days of the pack."""
Progress = Callable[[int, int], None]
"""Called with the number of targets done and of all targets."""
Statement = dict[str, Any]
"""What a pack states of one figure: value, parts, number of rows, age."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A target's figure over the days of the pack, and how it is judged at their end: as on the scorecard, by
    the rule in force and the figure of its own cadence (a goal by year by the year)."""

    goal: Goal
    names: goals.Names
    reading: Reading
    judged: Judged
    measure: custom.Measure | None

    @property
    def condition(self) -> str:
        return self.judged.verdict.condition.value

    def as_row(self) -> dict[str, Any]:
        """The figure as the manifest has it."""
        reading, goal = self.reading, self.goal
        row = _statement(reading) | {
            "measure": goal.measure, "department": goal.department, "name_zh": self.names.name_zh,
            "name_en": self.names.name_en, "goal": goal.goal, "direction": goal.direction,
            "cadence": goal.cadence, "unit": goal.unit, "status": self.condition,
            "rule_version": goal.rule, "judged": self._judged(),
            "due": goal.due.isoformat() if goal.due else None,
            "method": registry.method(goal.target),
        }  # fmt: skip
        if self.measure is None:
            return row | {"file": _file(goal.target)}
        names = sorted(self.measure.needs)
        row["judged"] |= {"file": None}
        return row | {"method": "formula", "formula": self.measure.formula, "names": names}

    def _judged(self) -> dict[str, Any]:
        """The figure that is judged, with its own days and rows."""
        reading = self.judged.reading
        days = {"begins": reading.begins.isoformat(), "ends": reading.ends.isoformat()}
        inputs = [] if self.measure is None else [
            _input(part) | {"file": _judged_file(self.goal.target, part.target)}
            for _ask, part in self.judged.behind
        ]  # fmt: skip
        file = _judged_file(self.goal.target, self.goal.target)
        return _statement(reading) | days | {"file": file, "inputs": inputs}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A target that a pack judges otherwise than the scorecard does when it is made; both conditions."""

    target: str
    name_zh: str
    name_en: str
    pack: str
    scorecard: str


@dataclass(slots=True)
class _Pack:
    """The zip being written, and the hashes of its files."""

    zip: zipfile.ZipFile
    hashes: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, data: bytes) -> None:
        self.zip.writestr(name, data)
        self.hashes[name] = hashlib.sha256(data).hexdigest()

    def add_rows(self, name: str, rows: Iterator[EvidenceRow], first: datetime) -> int:
        """Write the rows, and mark those dated before the pack's `first` moment; how many those are."""
        before = 0
        with self.zip.open(name, "w", force_zip64=True) as raw:
            text = _Hashed(raw)
            text.write("\ufeff")  # so that office programs read UTF-8
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(COLUMNS)
            for row in rows:
                before += row.at < first
                writer.writerow(_csv_row(row, first))
            text.flush()
        self.hashes[name] = text.digest.hexdigest()
        return before

    def add_heads(self, heads: Iterator[tuple[str, int, str, str]]) -> int:
        """The head of every chain of the access log, by writer; how many."""
        count = 0
        with self.zip.open(HEADS, "w", force_zip64=True) as raw:
            text = _Hashed(raw)
            for writer, seq, digest, at in heads:
                text.write(f"{writer},{seq},{digest},{at}\n")
                count += 1
            text.flush()
        self.hashes[HEADS] = text.digest.hexdigest()
        return count


class _Hashed:
    """A text file that writes UTF-8 in blocks and hashes it."""

    def __init__(self, below: IO[bytes]) -> None:
        self._below = below
        self._pending: list[str] = []
        self._size = 0
        self.digest = hashlib.sha256()

    def write(self, text: str) -> int:
        """Write a line; returns its length, as csv expects of a file."""
        self._pending.append(text)
        self._size += len(text)
        if self._size > BLOCK:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Write the pending lines."""
        data = "".join(self._pending).encode()
        self._pending, self._size = [], 0
        self.digest.update(data)
        self._below.write(data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The period of a pack, from `begins` up to, not including, `ends`, as known `at` a moment."""

    begins: date
    ends: date
    at: datetime
    trail: Statement
    """The verification of the access log just before: when, leaves, findings."""

    def ask(self, target: str) -> Ask:
        return Ask(target=target, begins=self.begins, ends=self.ends, known=self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The previous pack of the same days: when, its SHA-256, and its statements; None for a pack of an
    older version, which did not store them."""

    at: datetime
    file_hash: str
    figures: list[Statement] | None


def write(
    path: Path, wanted: Wanted, earlier: Earlier | None, progress: Progress
) -> list[Statement]:
    """Write a pack; returns its statements, with which the next one is compared.

    Call it in one snapshot of the database, so that figures and rows are of the same moment.
    """
    book = goals.rulebook()
    figures, inputs = _figures(book, wanted)
    first, marked = moment(wanted.begins), dict[str, int]()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as opened:
        pack = _Pack(opened)
        for done, reading in enumerate(inputs.values()):
            progress(done, len(inputs))
            ask = wanted.ask(reading.target)
            name = _file(ask.target)
            marked[name] = pack.add_rows(name, registry.rows(ask), first)
        for figure in figures:
            for ask, _reading in figure.judged.behind:
                name = _judged_file(figure.goal.target, ask.target)
                marked[name] = pack.add_rows(name, registry.rows(ask), first)
        heads = pack.add_heads(trail.heads())
        wanted = replace(wanted, trail=wanted.trail | {"file": HEADS, "chains": heads})
        since = _since(book, wanted, figures, earlier) if earlier else None
        facts = {
            "earlier": since, "differs": [asdict(one) for one in differences(figures, wanted)],
            "before_period": {name: count for name, count in marked.items() if count},
        }  # fmt: skip
        _close(pack, figures, inputs, wanted, facts)
    progress(len(inputs), len(inputs))
    return [_statement(figure.reading) for figure in figures]


def _figures(book: Rulebook, wanted: Wanted) -> tuple[list[Figure], dict[str, Reading]]:
    """Every figure, and the readings with rows, by target."""
    last = wanted.ends - timedelta(days=1)
    own = {
        target: book.measure(target, last) for target in book.versions if book.stands(target, last)
    }
    plain = {target for target, measure in own.items() if measure is None}
    named = {name for measure in own.values() if measure for name in measure.needs}
    asks = [wanted.ask(target) for target in sorted(plain | named)]
    readings = registry.read(asks)
    judged = board.judged_on(book, list(own), last, wanted.at)
    figures = [
        Figure(
            goal=book.at(target, last),
            names=book.names[target],
            reading=custom.reading(measure, wanted.ask(target), readings)
            if measure
            else readings[wanted.ask(target)],
            judged=judged[target],
            measure=measure,
        )
        for target, measure in own.items()
    ]
    return figures, {ask.target: readings[ask] for ask in asks}


def preview(wanted: Wanted) -> list[Difference]:
    """What a pack of these days would judge otherwise than the scorecard does now."""
    figures, _inputs = _figures(goals.rulebook(), wanted)
    return differences(figures, wanted)


def differences(figures: Sequence[Figure], wanted: Wanted) -> list[Difference]:
    """The targets that the pack judges otherwise than the scorecard at the moment it is made."""
    now = board.judged(None, wanted.at)
    found: list[Difference] = []
    for figure in figures:
        home = now.get(figure.goal.target)
        if home is not None and home.condition.value != figure.condition:
            found.append(
                Difference(
                    target=home.target, name_zh=figure.names.name_zh, name_en=figure.names.name_en,
                    pack=figure.condition, scorecard=home.condition.value,
                )
            )  # fmt: skip
    return found


def _since(
    book: Rulebook, wanted: Wanted, figures: list[Figure], earlier: Earlier
) -> dict[str, Any]:
    """The differences from the previous pack of the same days: each figure then and now."""
    stated = earlier.figures
    if not stated:  # a pack of an older version, recomputed as of its moment
        before, _inputs = _figures(book, replace(wanted, at=earlier.at))
        stated = [_statement(figure.reading) for figure in before]
    then = {figure["target"]: figure for figure in stated}
    changes = [
        {"target": now["target"], "then": then.get(now["target"]), "now": now}
        for now in (_statement(figure.reading) for figure in figures)
        if then.get(now["target"]) != now
    ]
    facts = {"written_at": earlier.at.isoformat(), "file_hash": earlier.file_hash}
    return facts | {"changes": changes}


def _close(
    pack: _Pack, figures: list[Figure], inputs: dict[str, Reading], wanted: Wanted,
    facts: dict[str, Any],
) -> None:  # fmt: skip
    """The manifest, the summaries, the list of hashes and its signature."""
    figure_rows = [figure.as_row() for figure in figures]
    public = signing.public_key()
    manifest: dict[str, Any] = {
        "format": FORMAT, "company": settings.TUTELA_COMPANY, "product": settings.VERSION,
        "begins": wanted.begins.isoformat(), "ends": wanted.ends.isoformat(),
        "time_zone": settings.TIME_ZONE, "written_at": wanted.at.isoformat(),
        "key_id": signing.key_id(public), "figures": figure_rows, "trail": wanted.trail,
        "inputs": [_input(reading) for reading in inputs.values()],
    } | facts  # fmt: skip
    pack.add("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    content = summary.Content(figures=figure_rows, manifest=manifest)
    pack.add("summary.html", summary.as_html(content))
    pack.add("summary.docx", summary.as_docx(content))
    pack.add("public-key.txt", public.hex().encode() + b"\n")
    listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(pack.hashes.items())).encode()
    pack.zip.writestr("SHA256SUMS", listed)
    pack.zip.writestr("signature.txt", signing.sign(listed).hex() + "\n")


def _statement(reading: Reading) -> Statement:
    return {
        "target": reading.target, "value": reading.value, "numerator": reading.numerator,
        "denominator": reading.denominator, "evidence": reading.evidence, "outside": reading.outside,
        "newest": reading.newest.astimezone(UTC).isoformat() if reading.newest else None,
    }  # fmt: skip


def _input(reading: Reading) -> dict[str, Any]:
    target = reading.target
    method = {"method": registry.method(target), "file": _file(target), "unit": reading.unit}
    return _statement(reading) | method


def _file(target: str) -> str:
    return f"evidence/{target}.csv"


def _judged_file(target: str, of: str) -> str:
    """The rows of the figure that is judged; those of each target in a formula stand apart."""
    return f"judged/{target}.csv" if of == target else f"judged/{target}.{of}.csv"


def _csv_row(row: EvidenceRow, first: datetime) -> tuple[str | int, ...]:
    """Facts that every figure needs have their own columns; the others are JSON."""
    facts = dict(row.facts) | ({BEFORE: 1} if row.at < first else {})
    part, whole = facts.pop("numerator", ""), facts.pop("denominator", "")
    outside = facts.pop("outside", 0)
    rest = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return row.id, row.at.isoformat(), part, whole, outside, rest
