"""What people do with figures: report evidence from outside, define own measures, write packs."""

import hashlib
import json
import math
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from tutela.access import gate
from tutela.access.permissions import Permission
from tutela.base import clock, ids
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.base.readings import moment
from tutela.keys import trail_check
from tutela.programme.actions.attachments import Upload, attach_held
from tutela.trail import log, queries
from tutela.trail.events import Event
from tutela.trail.leaves import Leaf

from . import actions_key, errors, formula, goals, pack, registry
from .custom import OWN
from .reports import HELD_AS

FIRST_YEAR: Final = 2000
LARGEST: Final = 10**12
MOST: Final = 1_000_000
"""Times, days or hours that one report can speak of."""
PACKS_LOOKED_AT: Final = 1000
_PART: Final = 512 * 1024
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
UNITS: Final = frozenset({"percent", "days", "hours", "count"})
_ID: Final = re.compile(r"(?!.*\d{6})[a-z][a-z0-9-]{1,39}")
_MANY_DIGITS: Final = re.compile(r"\d{6}")
_HASH: Final = re.compile("(?:[0-9a-f]{64})?")
# The source goes into the trail as a label: words, and no long run of digits.
_LABEL: Final = re.compile(r"(?!.*\d{6})[\w .()（）-]{1,64}")
_ADD = """
    INSERT INTO scorecard_outside_evidence (id, target, begins, ends, value, numerator, denominator, unit,
        source, signer, file_hash, reason, recorded_by, recorded_at, corrects, withdraws)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
_DEFINE = """
    INSERT INTO scorecard_custom_measure (id, target, title, formula, goal, unit, direction, department,
        cadence, starts, recorded_by, recorded_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
_END = """
    INSERT INTO scorecard_custom_measure (id, target, title, formula, goal, unit, direction, department,
        cadence, starts, recorded_by, recorded_at, ended)
    SELECT %(id)s, target, title, formula, goal, unit, direction, department, cadence, %(starts)s, %(by)s,
        %(at)s, true
    FROM scorecard_custom_measure WHERE target = %(target)s
    ORDER BY starts DESC, recorded_at DESC LIMIT 1"""
_WROTE = """
    INSERT INTO scorecard_pack (id, begins, ends, written_at, written_by, file_hash, figures)
    VALUES (%s, %s, %s, %s, %s, %s, %s)"""
_EARLIER = """
    SELECT written_at, file_hash, figures::text FROM scorecard_pack
    WHERE begins = %s AND ends = %s ORDER BY written_at DESC, id DESC LIMIT 1"""
_CORRECTED = """
    SELECT e.target, EXISTS (SELECT 1 FROM scorecard_outside_evidence c WHERE c.corrects = e.id)
    FROM scorecard_outside_evidence e WHERE e.id = %s"""
_OVERLAPS = """
    SELECT id FROM scorecard_outside_evidence e WHERE target = %s AND source = %s
    AND (begins < %s AND ends > %s AND NOT withdraws OR begins = %s AND ends = %s)
    AND id IS DISTINCT FROM %s
    AND NOT EXISTS (SELECT 1 FROM scorecard_outside_evidence c WHERE c.corrects = e.id)
    ORDER BY begins, id LIMIT 1"""
# One report of a target at a time: two at once must not overlap each other.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(742031004, hashtext(%s))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Evidence from outside for the days from `begins` up to, not including, `ends`.

    A share (percent) has numerator and denominator; days, hours and a count have `value`. One that
    `withdraws` what it corrects has neither: there is no right figure in its place.
    """

    target: str
    begins: date
    ends: date
    unit: str
    source: str
    signer: str
    value: float | None = None
    numerator: int | None = None
    denominator: int | None = None
    file_hash: str = ""
    reason: str = ""
    corrects: UUID | None = None
    withdraws: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """An own measure, or a new version of one, from `starts` on."""

    name: str
    title: str
    formula: str
    goal: float
    unit: str
    direction: str
    department: str
    cadence: int
    starts: date


def add_evidence(actor: Actor, report: Report, proof: Upload | None = None) -> UUID:
    """Record a report from outside; the row's id. A wrong one is mended by another with `corrects`.

    With `proof` the file is kept too, sealed, and its SHA-256 stands in the row.
    """
    grant = gate.require(actor, Permission.SCORECARD_EVIDENCE_ADD)
    if proof is not None:
        report = replace(report, file_hash=_hashed(proof))
    value, part, whole = figures(report)
    _check(report)
    row, at = ids.uuid7(), clock.now()
    values = (
        row, report.target, report.begins, report.ends, value, part, whole, report.unit, report.source,
        report.signer, report.file_hash, report.reason, actor.id, at, report.corrects, report.withdraws,
    )  # fmt: skip
    event = (
        Event.SCORECARD_EVIDENCE_CORRECTED if report.corrects else Event.SCORECARD_EVIDENCE_ADDED
    )
    detail: dict[str, str | int] = {
        "name": report.target, "source": report.source, "file_hash": report.file_hash, "evidence": str(row),
    }  # fmt: skip
    if report.corrects:
        detail["corrects"] = str(report.corrects)
    with transaction.atomic(), connection.cursor() as cursor:
        _check_place(report)
        cursor.execute(_ADD, values)
        log.append_with_change(
            Leaf(event=event, actor=actor, decision=grant.as_leaf(), detail=detail)
        )
        if proof is not None:
            attach_held(actor=actor, grant=grant, holder=(HELD_AS, str(row)), upload=proof)
    return row


def _hashed(proof: Upload) -> str:
    proof.file.seek(0)
    digest = hashlib.sha256()
    while data := proof.file.read(_PART):
        digest.update(data)
    proof.file.seek(0)
    return digest.hexdigest()


def figures(report: Report) -> tuple[float, int, int]:
    """Value, numerator and denominator as the row keeps them; FigureWrong when they do not fit."""
    part, whole, value = report.numerator, report.denominator, report.value
    if report.unit not in UNITS:
        raise errors.FieldMissing(field="unit")
    if report.withdraws:
        if report.corrects is None:
            raise errors.FieldMissing(field="corrects")
        return 0.0, 0, 0
    if report.unit == "percent":
        if part is None or not whole or not 0 <= part <= whole < LARGEST:
            raise errors.FigureWrong
        return 100 * part / whole, part, whole
    if report.unit == "count" and value is None:
        value = part
    if value is None or not math.isfinite(value) or not 0 <= value <= MOST:
        raise errors.FigureWrong
    if report.unit == "count" and value != int(value):
        raise errors.FigureWrong
    return float(value), int(value) if report.unit == "count" else 0, 0


def _check(report: Report) -> None:
    known = goals.rulebook().versions
    if report.target not in known or report.target.startswith(OWN):
        raise errors.TargetUnknown(target=_id_or_none(report.target))
    if report.target in registry.ALONE:
        raise errors.TargetComputed(target=report.target)
    if report.begins >= report.ends or report.begins.year < FIRST_YEAR:
        raise errors.PeriodWrong
    if report.ends > clock.today():
        last = report.ends - timedelta(days=1)
        raise errors.EvidenceInFuture(last=last.isoformat())
    check_free_text(source=report.source, signer=report.signer, reason=report.reason)
    fits = {
        "source": _LABEL.fullmatch(report.source), "signer": _is_name(report.signer),
        "file hash": _HASH.fullmatch(report.file_hash),
        "reason": _is_words(report.reason, 400) or not (report.reason or report.corrects),
    }  # fmt: skip
    for name, good in fits.items():
        if not good:
            raise errors.FieldMissing(field=name)


def _id_or_none(text: str) -> str:
    """What was given for an id, if it can be one: anything else may be a value and is not repeated."""
    return text if _ID.fullmatch(text) else "?"


def _is_words(text: str, longest: int) -> bool:
    """Whether there is something to read, of at most so many characters, none of them a control."""
    return text.isprintable() and text.strip() != "" and len(text) <= longest


def _is_name(text: str) -> bool:
    """Whether it can be who signed. A name has no run of digits: a customer's number is no signer."""
    return _is_words(text, 64) and not _MANY_DIGITS.search(text)


def _check_place(report: Report) -> None:
    """A day once a source, or it would count twice; a correction corrects what still stands, of the same
    target."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME, [report.target])
        if report.corrects is not None:
            cursor.execute(_CORRECTED, [report.corrects])
            if cursor.fetchone() != (report.target, False):
                raise errors.CorrectionWrong(row=str(report.corrects))
        if report.withdraws:
            return
        days = (report.ends, report.begins, report.begins, report.ends)
        cursor.execute(_OVERLAPS, [report.target, report.source, *days, report.corrects])
        found = cursor.fetchone()
    if found is not None:
        raise errors.PeriodTwice(target=report.target, row=str(found[0]))


def define_measure(actor: Actor, wanted: Definition) -> str:
    """Define an own measure, or its next version; its id. Its formula may name the programme's targets."""
    grant = gate.require(actor, Permission.SCORECARD_MEASURE_DEFINE)
    target = OWN + wanted.name.strip().lower()
    _check_definition(wanted, target)
    values = (
        ids.uuid7(), target, wanted.title.strip(), wanted.formula, wanted.goal, wanted.unit,
        wanted.direction, wanted.department, wanted.cadence, wanted.starts, actor.id, clock.now(),
    )  # fmt: skip
    detail: dict[str, str | int] = {"name": target}
    event = Event.SCORECARD_MEASURE_DEFINED
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_DEFINE, values)
        log.append_with_change(
            Leaf(event=event, actor=actor, decision=grant.as_leaf(), detail=detail)
        )
    return target


def end_measure(actor: Actor, target: str) -> None:
    """From today on an own measure is on no board; its past stays. Defined anew it is there again."""
    grant = gate.require(actor, Permission.SCORECARD_MEASURE_DEFINE)
    book, today = goals.rulebook(), clock.today()
    if target not in book.own or not book.stands(target, today):
        raise errors.TargetUnknown(target=_id_or_none(target))
    told: dict[str, Any] = {
        "id": ids.uuid7(), "target": target, "starts": today, "by": actor.id, "at": clock.now(),
    }  # fmt: skip
    event, detail = Event.SCORECARD_MEASURE_ENDED, {"name": target}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_END, told)
        log.append_with_change(
            Leaf(event=event, actor=actor, decision=grant.as_leaf(), detail=detail)
        )


def _check_definition(wanted: Definition, target: str) -> None:
    check_free_text(name=wanted.name, title=wanted.title, formula=wanted.formula)
    book = goals.rulebook()
    fits = {
        "name": re.fullmatch(r"own-(?!.*\d{6})[a-z0-9-]{1,36}", target),
        "title": _is_words(wanted.title, 80),
        "unit": wanted.unit in UNITS,
        "direction": wanted.direction in {"at_least", "at_most"},
        "department": wanted.department in goals.departments(),
        "goal": math.isfinite(wanted.goal) and 0 <= wanted.goal < LARGEST,
        "cadence": 1 <= wanted.cadence <= 1100,
        # An old period keeps the rule that applied then.
        "starts": wanted.starts >= clock.today() or target not in book.versions,
    }
    for name, good in fits.items():
        if not good:
            raise errors.FieldMissing(field=name)
    read = formula.read(wanted.formula)
    # With values that make no ordinary difference zero: what gives nothing now never gives anything.
    if read.work_out({name: 1 + 0.137 * n for n, name in enumerate(sorted(read.names))}) is None:
        raise errors.FormulaEmpty
    for named in sorted(read.targets):
        if named not in book.versions or named.startswith(OWN):
            raise errors.FormulaNameUnknown(target=_id_or_none(named))


def write_pack(
    actor: Actor,
    begins: date,
    last: date,
    path: Path,
    progress: pack.Progress = lambda _d, _a: None,
) -> str:
    """Write a signed pack for the days `begins` to `last` into a file; its SHA-256 in hex.

    Figures and rows come from one snapshot. The file appears whole or not at all.
    """
    grant = gate.require(actor, Permission.SCORECARD_PACK_WRITE)
    if begins > last or begins.year < FIRST_YEAR:
        raise errors.PeriodWrong
    if last > clock.today():
        raise errors.PackInFuture(last=last.isoformat())
    actions_key.signing_key(actor)
    log_state = _verified_log(actor, grant.as_leaf())
    draft = path.with_name(path.name + ".part")
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            days = (begins, last + timedelta(days=1))
            wanted = pack.Wanted(begins=days[0], ends=days[1], at=clock.now(), trail=log_state)
            said = pack.write(draft, wanted, _earlier(*days), progress)
        with draft.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        detail: dict[str, str | int] = {
            "figures": len(said), "file_hash": digest, "begins_ms": _ms(moment(days[0])),
            "ends_ms": _ms(moment(days[1])), "known_us": _us(wanted.at),
        }  # fmt: skip
        values = (ids.uuid7(), *days, wanted.at, actor.id, digest, json.dumps(said))
        event = Event.SCORECARD_PACK_WRITTEN
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_WROTE, values)
            log.append_with_change(
                Leaf(event=event, actor=actor, decision=grant.as_leaf(), detail=detail)
            )
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return digest


def _verified_log(actor: Actor, decision: dict[str, str | int]) -> dict[str, Any]:
    """The access log, verified for this pack: it is written either way, and says what was found."""
    found = trail_check.verify_for(actor, decision)
    walk = found.walk
    return {
        "verified_at": clock.now().isoformat(), "leaves": walk.leaves, "broken": walk.broken,
        "findings": [finding.as_row() for finding in walk.findings],
    }  # fmt: skip


def _earlier(begins: date, ends: date) -> pack.Earlier | None:
    """The newest pack of the same days, if there is one; of those of an older Tutela, among the last."""
    with connection.cursor() as cursor:
        cursor.execute(_EARLIER, [begins, ends])
        found = cursor.fetchone()
    if found is not None:
        return pack.Earlier(at=found[0], file_hash=found[1], said=json.loads(found[2]))
    days = (_ms(moment(begins)), _ms(moment(ends)))
    for leaf in queries.leaves(event=Event.SCORECARD_PACK_WRITTEN, limit=PACKS_LOOKED_AT):
        told = leaf.detail
        if (told.get("begins_ms"), told.get("ends_ms")) == days:
            known = EPOCH + timedelta(microseconds=int(told["known_us"]))
            return pack.Earlier(at=known, file_hash=str(told["file_hash"]), said=None)
    return None


def _us(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)


def _ms(at: datetime) -> int:
    return _us(at) // 1000
