"""Evidence packs: a period's figures with every row behind them, for a reader who trusts nobody.

Rows stream from the database into the zip, so that a year of them needs no more memory than a day.
How a pack is laid out and checked is told in `tutela_verify.py`, which needs nothing of this package.
"""

import csv
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import IO, Any, Final

from django.conf import settings

from tutela.base.readings import Ask, EvidenceRow, Reading, moment
from tutela.trail import evidence as trail

from . import board, custom, goals, registry, signing, summary
from .goals import Rulebook
from .rules import Goal

FORMAT: Final = "tutela-pack-1"
COLUMNS: Final = ("id", "at", "numerator", "denominator", "outside", "facts")
BLOCK: Final = 1 << 16
HEADS: Final = "trail/heads.csv"
Progress = Callable[[int, int], None]
"""Called with targets done and targets in all."""
Said = dict[str, Any]
"""What a pack says of one figure: its value, what it is made of, how many rows, how new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A target's figure over the whole period, judged by the rule of its last day."""

    goal: Goal
    names: goals.Names
    reading: Reading
    status: str
    goal_for_period: float
    measure: custom.Measure | None

    def as_row(self) -> dict[str, Any]:
        """The figure as the manifest has it."""
        got, goal = self.reading, self.goal
        row = _told(got) | {
            "measure": goal.measure, "department": goal.department, "name_zh": self.names.name_zh,
            "name_en": self.names.name_en, "goal": goal.goal, "direction": goal.direction,
            "goal_for_period": self.goal_for_period, "cadence": goal.cadence,
            "unit": goal.unit, "status": self.status, "rule_version": goal.rule,
            "due": goal.due.isoformat() if goal.due else None,
            "method": registry.method(goal.target),
        }  # fmt: skip
        if self.measure is None:
            return row | {"file": _file(goal.target)}
        names = sorted(self.measure.needs)
        return row | {"method": "formula", "formula": self.measure.formula, "names": names}


@dataclass(slots=True)
class _Pack:
    """The zip being written, and the hashes of what is in it."""

    zip: zipfile.ZipFile
    hashes: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, data: bytes) -> None:
        self.zip.writestr(name, data)
        self.hashes[name] = hashlib.sha256(data).hexdigest()

    def add_rows(self, name: str, rows: Iterator[EvidenceRow]) -> None:
        with self.zip.open(name, "w", force_zip64=True) as raw:
            text = _Hashed(raw)
            text.write("\ufeff")  # so that office programs read UTF-8
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(_csv_row(row) for row in rows)
            text.flush()
        self.hashes[name] = text.digest.hexdigest()

    def add_heads(self, heads: Iterator[tuple[str, int, str, str]]) -> int:
        """Where every chain of the access log stands, by writer; how many there are."""
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
    """Takes text, hands it on as UTF-8 in blocks, and hashes it on the way."""

    def __init__(self, below: IO[bytes]) -> None:
        self._below = below
        self._held: list[str] = []
        self._size = 0
        self.digest = hashlib.sha256()

    def write(self, text: str) -> int:
        """One line; returns its length, as csv expects of a file."""
        self._held.append(text)
        self._size += len(text)
        if self._size > BLOCK:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Hand on what is held."""
        data = "".join(self._held).encode()
        self._held, self._size = [], 0
        self.digest.update(data)
        self._below.write(data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a pack is of: the days from `begins` up to, not including, `ends`, as known `at` a moment."""

    begins: date
    ends: date
    at: datetime
    trail: Said
    """How the access log was found just before: when, its leaves, what is wrong with it."""

    def ask(self, target: str) -> Ask:
        return Ask(target=target, begins=self.begins, ends=self.ends, known=self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The pack of the same days that was written before: when, its SHA-256, and what it said of each
    figure; None for one of an older Tutela, which kept no note of that."""

    at: datetime
    file_hash: str
    said: list[Said] | None


def write(path: Path, wanted: Wanted, earlier: Earlier | None, progress: Progress) -> list[Said]:
    """Write a pack; what it says of each figure, for the next one to compare with.

    Call it inside one snapshot of the database, so that figures and rows speak of the same moment.
    """
    book = goals.rulebook()
    figures, inputs = _figures(book, wanted)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as opened:
        pack = _Pack(opened)
        for done, reading in enumerate(inputs.values()):
            progress(done, len(inputs))
            ask = wanted.ask(reading.target)
            pack.add_rows(_file(ask.target), registry.rows(ask))
        heads = pack.add_heads(trail.heads())
        wanted = replace(wanted, trail=wanted.trail | {"file": HEADS, "chains": heads})
        since = _since(book, wanted, figures, earlier) if earlier else None
        _close(pack, figures, inputs, wanted, since)
    progress(len(inputs), len(inputs))
    return [_told(figure.reading) for figure in figures]


def _figures(book: Rulebook, wanted: Wanted) -> tuple[list[Figure], dict[str, Reading]]:
    """Every figure, and the readings by target that have rows."""
    last = wanted.ends - timedelta(days=1)
    own = {
        target: book.measure(target, last) for target in book.versions if book.stands(target, last)
    }
    plain = {target for target, measure in own.items() if measure is None}
    named = {name for measure in own.values() if measure for name in measure.needs}
    asks = [wanted.ask(target) for target in sorted(plain | named)]
    found = registry.read(asks)
    figures = [_figure(book, target, own[target], wanted, found) for target in own]
    return figures, {ask.target: found[ask] for ask in asks}


def _figure(
    book: Rulebook, target: str, measure: custom.Measure | None, wanted: Wanted,
    found: dict[Ask, Reading],
) -> Figure:  # fmt: skip
    ask = wanted.ask(target)
    goal = book.at(target, wanted.ends - timedelta(days=1))
    reading = custom.reading(measure, ask, found) if measure else found[ask]
    whole = goals.over(goal, (wanted.ends - wanted.begins).days)
    told = board.verdict(whole, reading, min(wanted.at, moment(wanted.ends)))
    return Figure(
        goal=goal,
        names=book.names[target],
        reading=reading,
        status=told.status.value,
        goal_for_period=whole.goal,
        measure=measure,
    )


def _since(
    book: Rulebook, wanted: Wanted, figures: list[Figure], earlier: Earlier
) -> dict[str, Any]:
    """What differs from the earlier pack of the same days: each figure as it said, and as it is."""
    then = {one["target"]: one for one in earlier.said or _worked_out(book, wanted, earlier)}
    changes = [
        {"target": now["target"], "then": then.get(now["target"]), "now": now}
        for now in (_told(figure.reading) for figure in figures)
        if then.get(now["target"]) != now
    ]
    told = {"written_at": earlier.at.isoformat(), "file_hash": earlier.file_hash}
    return told | {"changes": changes}


def _worked_out(book: Rulebook, wanted: Wanted, earlier: Earlier) -> list[Said]:
    """What a pack of an older Tutela will have said, by the moments at which rows were recorded."""
    before, _inputs = _figures(book, replace(wanted, at=earlier.at))
    return [_told(figure.reading) for figure in before]


def _close(
    pack: _Pack, figures: list[Figure], inputs: dict[str, Reading], wanted: Wanted,
    since: dict[str, Any] | None,
) -> None:  # fmt: skip
    """The manifest, the summaries, the list of hashes and its signature."""
    told_figures = [figure.as_row() for figure in figures]
    public = signing.public_key()
    manifest: dict[str, Any] = {
        "format": FORMAT, "company": settings.TUTELA_COMPANY, "product": settings.VERSION,
        "begins": wanted.begins.isoformat(), "ends": wanted.ends.isoformat(),
        "time_zone": settings.TIME_ZONE, "written_at": wanted.at.isoformat(),
        "key_id": signing.key_id(public), "figures": told_figures, "earlier": since, "trail": wanted.trail,
        "inputs": [_input(reading) for reading in inputs.values()],
    }  # fmt: skip
    pack.add("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    told = summary.Told(figures=told_figures, manifest=manifest)
    pack.add("summary.html", summary.as_html(told))
    pack.add("summary.docx", summary.as_docx(told))
    pack.add("public-key.txt", public.hex().encode() + b"\n")
    listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(pack.hashes.items())).encode()
    pack.zip.writestr("SHA256SUMS", listed)
    pack.zip.writestr("signature.txt", signing.sign(listed).hex() + "\n")


def _told(reading: Reading) -> Said:
    return {
        "target": reading.target, "value": reading.value, "numerator": reading.numerator,
        "denominator": reading.denominator, "evidence": reading.evidence, "outside": reading.outside,
        "newest": reading.newest.astimezone(UTC).isoformat() if reading.newest else None,
    }  # fmt: skip


def _input(reading: Reading) -> dict[str, Any]:
    target = reading.target
    method = {"method": registry.method(target), "file": _file(target), "unit": reading.unit}
    return _told(reading) | method


def _file(target: str) -> str:
    return f"evidence/{target}.csv"


def _csv_row(row: EvidenceRow) -> tuple[str | int, ...]:
    """The facts every figure needs are columns of their own; the rest goes along as JSON."""
    facts = dict(row.facts)
    part, whole = facts.pop("numerator", ""), facts.pop("denominator", "")
    outside = facts.pop("outside", 0)
    rest = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return row.id, row.at.isoformat(), part, whole, outside, rest
