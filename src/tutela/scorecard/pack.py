"""Evidence packs: a period's figures with every row behind them, for a reader who trusts nobody.

Rows stream from the database into the zip, so that a year of them needs no more memory than a day.
How a pack is laid out and checked is told in `tutela_verify.py`, which needs nothing of this package.
"""

import csv
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import IO, Any, Final

from django.conf import settings

from tutela.base.readings import Ask, EvidenceRow, Reading, moment

from . import board, custom, goals, registry, signing, summary
from .goals import Rulebook
from .rules import Goal

FORMAT: Final = "tutela-pack-1"
COLUMNS: Final = ("id", "at", "numerator", "denominator", "outside", "facts")
BLOCK: Final = 1 << 16
Progress = Callable[[int, int], None]
"""Called with targets done and targets in all."""


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
            "goal_for_period": self.goal_for_period, "unit": goal.unit, "status": self.status,
            "rule_version": goal.rule, "method": registry.method(goal.target),
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


def write(path: Path, begins: date, ends: date, at: datetime, progress: Progress) -> int:
    """Write a pack for the days from `begins` up to, not including, `ends`; how many figures it has.

    Call it inside one snapshot of the database, so that figures and rows speak of the same moment.
    """
    book = goals.rulebook()
    figures, inputs = _figures(book, begins, ends, at)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as opened:
        pack = _Pack(opened)
        for done, reading in enumerate(inputs.values()):
            progress(done, len(inputs))
            ask = Ask(target=reading.target, begins=begins, ends=ends)
            pack.add_rows(_file(ask.target), registry.rows(ask))
        _close(pack, figures, inputs, begins, ends, at)
    progress(len(inputs), len(inputs))
    return len(figures)


def _figures(
    book: Rulebook, begins: date, ends: date, at: datetime
) -> tuple[list[Figure], dict[str, Reading]]:
    """Every figure, and the readings by target that have rows."""
    last = ends - timedelta(days=1)
    own = {target: book.measure(target, last) for target in book.versions}
    plain = {target for target, measure in own.items() if measure is None}
    named = {name for measure in own.values() if measure for name in measure.needs}
    asks = [Ask(target=target, begins=begins, ends=ends) for target in sorted(plain | named)]
    found = registry.read(asks)
    figures = [_figure(book, target, own[target], (begins, ends), found, at) for target in own]
    return figures, {ask.target: found[ask] for ask in asks}


def _figure(
    book: Rulebook, target: str, measure: custom.Measure | None, period: tuple[date, date],
    found: dict[Ask, Reading], at: datetime,
) -> Figure:  # fmt: skip
    begins, ends = period
    ask = Ask(target=target, begins=begins, ends=ends)
    goal = book.at(target, ends - timedelta(days=1))
    reading = custom.reading(measure, ask, found) if measure else found[ask]
    whole = goals.over(goal, (ends - begins).days)
    told = board.verdict(whole, reading, min(at, moment(ends)))
    return Figure(
        goal=goal,
        names=book.names[target],
        reading=reading,
        status=told.status.value,
        goal_for_period=whole.goal,
        measure=measure,
    )


def _close(
    pack: _Pack, figures: list[Figure], inputs: dict[str, Reading], begins: date, ends: date,
    at: datetime,
) -> None:  # fmt: skip
    """The manifest, the summaries, the list of hashes and its signature."""
    told_figures = [figure.as_row() for figure in figures]
    manifest: dict[str, Any] = {
        "format": FORMAT, "company": settings.TUTELA_COMPANY, "product": settings.VERSION,
        "begins": begins.isoformat(), "ends": ends.isoformat(), "time_zone": settings.TIME_ZONE,
        "written_at": at.isoformat(), "figures": told_figures,
        "inputs": [_input(reading) for reading in inputs.values()],
    }  # fmt: skip
    pack.add("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    told = summary.Told(figures=told_figures, manifest=manifest)
    pack.add("summary.html", summary.as_html(told))
    pack.add("summary.docx", summary.as_docx(told))
    pack.add("public-key.txt", signing.public_key().hex().encode() + b"\n")
    listed = "".join(f"{digest}  {name}\n" for name, digest in sorted(pack.hashes.items())).encode()
    pack.zip.writestr("SHA256SUMS", listed)
    pack.zip.writestr("signature.txt", signing.sign(listed).hex() + "\n")


def _told(reading: Reading) -> dict[str, Any]:
    return {
        "target": reading.target, "value": reading.value, "numerator": reading.numerator,
        "denominator": reading.denominator, "evidence": reading.evidence, "outside": reading.outside,
        "newest": reading.newest.isoformat() if reading.newest else None,
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
