"""Evidence from outside: figures that other systems report."""

import hashlib
import math
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import connection, transaction

from tutela.access import changes, gate
from tutela.base import clock, ids
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text
from tutela.programme import permissions as programme_permissions
from tutela.programme import promises
from tutela.programme.actions.duties import Work, fulfil_duty
from tutela.proof.actions.attachments import Upload, attach
from tutela.scorecard import errors, events, goals, registry
from tutela.scorecard.custom import OWN
from tutela.scorecard.reports import HELD_AS
from tutela.scorecard.rules import FIRST_YEAR, LARGEST, UNITS, id_or_mark, is_name, is_text

MOST: Final = 1_000_000
"""Times, days or hours that one report can cover."""
REPORTED: Final = "外部证据："
"""How the evidence of a duty begins that a report from outside closed."""
_PART: Final = 512 * 1024
_HASH: Final = re.compile("(?:[0-9a-f]{64})?")
# The source is a label in the trail: words, and no long run of digits.
_LABEL: Final = re.compile(r"(?!.*\d{6})[\w .()（）-]{1,64}")
_ADD = """
    INSERT INTO scorecard_outside_evidence (id, target, begins, ends, value, numerator, denominator, unit,
        source, signer, file_hash, reason, recorded_by, recorded_at, corrects, withdraws)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
_CORRECTED = """
    SELECT e.target, EXISTS (SELECT 1 FROM scorecard_outside_evidence c WHERE c.corrects = e.id)
    FROM scorecard_outside_evidence e WHERE e.id = %s"""
_OVERLAPS = """
    SELECT id FROM scorecard_outside_evidence e WHERE target = %s AND source = %s
    AND (begins < %s AND ends > %s AND NOT withdraws OR begins = %s AND ends = %s)
    AND id IS DISTINCT FROM %s
    AND NOT EXISTS (SELECT 1 FROM scorecard_outside_evidence c WHERE c.corrects = e.id)
    ORDER BY begins, id LIMIT 1"""
# Serialises the reports of a target, so that two at once cannot overlap.
_LOCK = "SELECT pg_advisory_xact_lock(742031004, hashtext(%s))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Evidence from outside for the days from `begins` up to, not including, `ends`.

    A share (percent) has numerator and denominator; days, hours and a count have `value`. A report that
    `withdraws` the one it corrects has none of them.
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


def add_evidence(actor: Actor, report: Report, proof: Upload | None = None) -> UUID:
    """Record a report; returns the row's id. A wrong report is corrected by another with `corrects`.

    The file of `proof` is attached, and its SHA-256 stored in the row.
    """
    grant = gate.require(actor, programme_permissions.EVIDENCE_ADD)
    if proof is not None:
        report = replace(report, file_hash=_hashed(proof))
    value, part, whole = figures(report)
    _check(report)
    row, at = ids.uuid7(), clock.now()
    values = (
        row, report.target, report.begins, report.ends, value, part, whole, report.unit, report.source,
        report.signer, report.file_hash, report.reason, actor.id, at, report.corrects, report.withdraws,
    )  # fmt: skip
    event = events.EVIDENCE_CORRECTED if report.corrects else events.EVIDENCE_ADDED
    detail: dict[str, str | int] = {
        "name": report.target, "source": report.source, "file_hash": report.file_hash, "evidence": str(row),
    }  # fmt: skip
    if report.corrects:
        detail["corrects"] = str(report.corrects)
    with transaction.atomic(), connection.cursor() as cursor:
        _check_place(report)
        cursor.execute(_ADD, values)
        changes.record(grant, event, **detail)
        if proof is not None:
            attach(grant, (HELD_AS, str(row)), proof)
        if not report.withdraws:
            _fulfil(actor, report)
    return row


def _fulfil(actor: Actor, report: Report) -> None:
    """Close the duty whose work the report counts, in the period of the report's last day."""
    last = report.ends - timedelta(days=1)
    days = f"{report.begins.isoformat()} – {last.isoformat()}"
    evidence = f"{REPORTED}{report.source}，{days} · External evidence: {report.source}, {days}"
    for duty, target in promises.duty_targets().items():
        if target == report.target:
            fulfil_duty(actor, duty, Work(of=last, done_on=last, evidence=evidence))


def _hashed(proof: Upload) -> str:
    proof.file.seek(0)
    digest = hashlib.sha256()
    while data := proof.file.read(_PART):
        digest.update(data)
    proof.file.seek(0)
    return digest.hexdigest()


def figures(report: Report) -> tuple[float, int, int]:
    """Value, numerator and denominator as stored; FigureWrong if they are inconsistent."""
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
        raise errors.TargetUnknown(target=id_or_mark(report.target))
    if registry.is_alone(report.target):
        raise errors.TargetComputed(target=report.target)
    if report.begins >= report.ends or report.begins.year < FIRST_YEAR:
        raise errors.PeriodWrong
    if report.ends > clock.today():
        last = report.ends - timedelta(days=1)
        raise errors.EvidenceInFuture(last=last.isoformat())
    check_free_text(source=report.source, signer=report.signer, reason=report.reason)
    fits = {
        "source": _LABEL.fullmatch(report.source), "signer": is_name(report.signer),
        "file hash": _HASH.fullmatch(report.file_hash),
        "reason": is_text(report.reason, 400) or not (report.reason or report.corrects),
    }  # fmt: skip
    for name, valid in fits.items():
        if not valid:
            raise errors.FieldMissing(field=name)


def _check_place(report: Report) -> None:
    """A source reports each day once, or it would count twice; a correction is of a report that still
    counts, of the same target."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [report.target])
        if report.corrects is not None:
            cursor.execute(_CORRECTED, [report.corrects])
            if cursor.fetchone() != (report.target, False):
                raise errors.CorrectionWrong(row=str(report.corrects))
        if report.withdraws:
            return
        days = (report.ends, report.begins, report.begins, report.ends)
        cursor.execute(_OVERLAPS, [report.target, report.source, *days, report.corrects])
        overlapping = cursor.fetchone()
    if overlapping is not None:
        raise errors.PeriodTwice(target=report.target, row=str(overlapping[0]))
