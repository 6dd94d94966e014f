"""Reads of assessments and risks, for pages, reports and evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from tutela.base import clock
from tutela.base.actor import Actor
from tutela.notices.queries import post_holders
from tutela.programme.queries import posts_with
from tutela.proof import queries as proof
from tutela.proof.errors import AttachmentUnknown
from tutela.proof.models import Attachment
from tutela.proof.rules import is_expired

from . import live, permissions, rules
from .controls import CONTROLS, Control
from .errors import AssessmentUnknown, ControlUnknown, RiskUnknown
from .live import Live
from .models import PROOF_OF, Acceptance, Assessment, Rating, Risk
from .rules import State, Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlResult:
    """A control with its verdict, by a person or by its reading, and the files attached to it. `on` is the
    day for which it is valid: today, or that of the closing."""

    control: Control
    rating: Rating
    live: Live | None
    verdict: str
    attachments: tuple[Attachment, ...]
    on: date

    @property
    def files(self) -> tuple[Attachment, ...]:
        """All files but those that were withdrawn."""
        return standing(self.attachments)

    @property
    def over(self) -> int:
        """How many of the files have expired on that day."""
        return sum(is_expired(file.expires, self.on) for file in self.files)


def to_confirm(person: str) -> QuerySet[Assessment]:
    """Assessments submitted by somebody else that are not closed yet."""
    waiting = Assessment.objects.filter(submitted_at__isnull=False, closed_at__isnull=True)
    return waiting.exclude(submitted_by_id=UUID(person)).order_by("year")


def assessment(year: int) -> Assessment:
    row = Assessment.objects.filter(year=year).first()
    if row is None:
        raise AssessmentUnknown(year=year)
    return row


def second_people(first: Actor) -> set[UUID]:
    """Those whose post may close an assessment today, except the submitter."""
    return post_holders(posts_with(permissions.ASSESSMENT_CLOSE)) - {UUID(first.id)}


def last_closed(before: int) -> Assessment | None:
    """The newest closed assessment of an earlier year."""
    return (
        Assessment.objects.filter(year__lt=before, closed_at__isnull=False)
        .order_by("-year")
        .first()
    )


def lines(of: Assessment) -> list[ControlResult]:
    """All controls in the order of the set. A closed assessment shows its stored readings."""
    ratings = {row.control: row for row in of.ratings.select_related("rated_by")}
    wanted = [row.live for row in ratings.values() if row.live]
    read = {} if of.state is State.CLOSED else live.read(wanted, of.year, clock.today())
    order = {code: place for place, code in enumerate(CONTROLS)}
    known = sorted((code for code in ratings if code in order), key=order.__getitem__)
    attached = files([row.pk for row in ratings.values()])
    on = timezone.localdate(of.closed_at) if of.closed_at else clock.today()
    return [
        _line(CONTROLS[code], ratings[code], read.get(ratings[code].live), attached, on)
        for code in known
    ]


def _line(
    control: Control,
    rating: Rating,
    answer: Live | None,
    attached: Mapping[int, tuple[Attachment, ...]],
    on: date,
) -> ControlResult:
    attachments = attached.get(rating.pk, ())
    typed = rules.with_proof(rating.verdict, [file.expires for file in standing(attachments)], on)
    return ControlResult(
        control=control,
        rating=rating,
        live=answer,
        verdict=str(answer.verdict) if answer else rating.verdict if rating.live else typed,
        attachments=attachments,
        on=on,
    )


def files(ratings: Sequence[int]) -> dict[int, tuple[Attachment, ...]]:
    """The files of ratings by the rating's key, the oldest first, including withdrawn ones."""
    by_rating: dict[int, list[Attachment]] = {}
    for row in proof.files(PROOF_OF, *(str(key) for key in ratings)):
        by_rating.setdefault(int(row.holder_id), []).append(row)
    return {key: tuple(attachments) for key, attachments in by_rating.items()}


def standing(of: Sequence[Attachment]) -> tuple[Attachment, ...]:
    """The files that are not withdrawn."""
    return tuple(file for file in of if not hasattr(file, "withdrawal"))


def rating_of(attachment: Attachment) -> Rating:
    """The rating that a file proves; AttachmentUnknown."""
    if attachment.holder_kind != PROOF_OF:
        raise AttachmentUnknown
    return Rating.objects.select_related("assessment").get(pk=int(attachment.holder_id))


def line(among: list[ControlResult], code: str) -> ControlResult:
    match = next((line for line in among if line.control.code == code), None)
    if match is None:
        raise ControlUnknown(control=code if code in CONTROLS else "")
    return match


def tally(of: list[ControlResult]) -> Tally:
    return rules.tally(line.verdict for line in of)


def unrated(of: Assessment) -> int:
    """Controls still to be rated; live ones never are."""
    return of.ratings.filter(verdict="", live="").count()


def risks(*, closed: bool = False) -> QuerySet[Risk]:
    """Open or closed risks with their acceptances, the newest first."""
    newest = Prefetch(
        "acceptances", Acceptance.objects.select_related("accepted_by").order_by("-accepted_at")
    )
    rows = Risk.objects.filter(closed_at__isnull=not closed)
    return rows.select_related("owner", "registered_by").prefetch_related(newest)


def risk(risk_id: UUID) -> Risk:
    row = (
        Risk.objects.select_related("owner", "registered_by")
        .prefetch_related("acceptances__accepted_by")
        .filter(id=risk_id)
        .first()
    )
    if row is None:
        raise RiskUnknown
    return row
