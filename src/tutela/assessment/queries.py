"""Reads of assessments and risks, for pages, reports and the programme's evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from tutela.access import queries as people
from tutela.access.permissions import Permission
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.programme.errors import AttachmentUnknown
from tutela.programme.models import Attachment
from tutela.programme.queries import holders_of, with_withdrawals

from . import live, rules
from .controls import CONTROLS, Control
from .errors import AssessmentUnknown, ControlUnknown, RiskUnknown
from .live import Live
from .models import PROOF_OF, Acceptance, Assessment, Rating, Risk
from .rules import State, Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A control with what was found, by a person or by its reading, and the files that were kept for it.

    `on` is the day for which it holds: today, or that of the closing."""

    control: Control
    rating: Rating
    live: Live | None
    verdict: str
    kept: tuple[Attachment, ...]
    on: date

    @property
    def files(self) -> tuple[Attachment, ...]:
        """The files that prove it: all but those that were withdrawn."""
        return standing(self.kept)

    @property
    def over(self) -> int:
        """How many of the files prove nothing any more on that day."""
        return sum(rules.over(one.expires, self.on) for one in self.files)


def to_confirm(person: str) -> QuerySet[Assessment]:
    """The assessments that were handed in by somebody else and that nobody has confirmed yet."""
    waiting = Assessment.objects.filter(submitted_at__isnull=False, closed_at__isnull=True)
    return waiting.exclude(submitted_by_id=UUID(person)).order_by("year")


def closed_years() -> dict[int, date]:
    """Each assessed year with the day, at the company, on which its assessment was closed."""
    zone = ZoneInfo(settings.TIME_ZONE)
    rows = Assessment.objects.filter(closed_at__isnull=False).values_list("year", "closed_at")
    return {year: at.astimezone(zone).date() for year, at in rows if at}


def assessment(year: int) -> Assessment:
    found = Assessment.objects.filter(year=year).first()
    if found is None:
        raise AssessmentUnknown(year=year)
    return found


def second_people(first: Actor) -> list[UUID]:
    """Those whose post may confirm an assessment today, without the one who hands it in."""
    posts = holders_of(Permission.GOVERNANCE_ASSESSMENT_CLOSE)
    held = people.assignments_on(clock.today()).filter(post__in=posts)
    return list(held.exclude(staff=UUID(first.id)).values_list("staff", flat=True).distinct())


def last_closed(before: int) -> Assessment | None:
    """The newest closed assessment of an earlier year."""
    return (
        Assessment.objects.filter(year__lt=before, closed_at__isnull=False)
        .order_by("-year")
        .first()
    )


def lines(of: Assessment) -> list[Line]:
    """All controls in the order of the set. A closed assessment shows the readings kept with it."""
    ratings = {row.control: row for row in of.ratings.select_related("rated_by")}
    wanted = [row.live for row in ratings.values() if row.live]
    read = {} if of.state is State.CLOSED else live.read(wanted, of.year, clock.today())
    order = {code: place for place, code in enumerate(CONTROLS)}
    known = sorted((code for code in ratings if code in order), key=order.__getitem__)
    proof = files([row.pk for row in ratings.values()])
    on = timezone.localdate(of.closed_at) if of.closed_at else clock.today()
    return [
        _line(CONTROLS[code], ratings[code], read.get(ratings[code].live), proof, on)
        for code in known
    ]


def _line(
    control: Control,
    rating: Rating,
    found: Live | None,
    proof: Mapping[int, tuple[Attachment, ...]],
    on: date,
) -> Line:
    kept = proof.get(rating.pk, ())
    typed = rules.with_proof(rating.verdict, [one.expires for one in standing(kept)], on)
    return Line(
        control=control,
        rating=rating,
        live=found,
        verdict=str(found.verdict) if found else rating.verdict if rating.live else typed,
        kept=kept,
        on=on,
    )


def files(ratings: Sequence[int]) -> dict[int, tuple[Attachment, ...]]:
    """The files that were kept for ratings, by the rating's key, the oldest first; with those that were
    withdrawn."""
    keys = [str(key) for key in ratings]
    rows = Attachment.objects.filter(holder_kind=PROOF_OF, holder_id__in=keys)
    found: dict[int, list[Attachment]] = {}
    for row in with_withdrawals(rows):
        found.setdefault(int(row.holder_id), []).append(row)
    return {key: tuple(held) for key, held in found.items()}


def standing(of: Sequence[Attachment]) -> tuple[Attachment, ...]:
    """Those that were not withdrawn."""
    return tuple(one for one in of if not hasattr(one, "withdrawal"))


def rating_of(held: Attachment) -> Rating:
    """The rating that a file was kept for; AttachmentUnknown."""
    if held.holder_kind != PROOF_OF:
        raise AttachmentUnknown
    return Rating.objects.select_related("assessment").get(pk=int(held.holder_id))


def line(among: list[Line], code: str) -> Line:
    found = next((one for one in among if one.control.code == code), None)
    if found is None:
        raise ControlUnknown(control=code if code in CONTROLS else "")
    return found


def tally(of: list[Line]) -> Tally:
    return rules.tally(one.verdict for one in of)


def unrated(of: Assessment) -> int:
    """Controls that still wait for a person; live ones never do."""
    return of.ratings.filter(verdict="", live="").count()


def risks(*, closed: bool = False) -> QuerySet[Risk]:
    """Open risks, the gravest first, each with its acceptances, the newest first."""
    newest = Prefetch(
        "acceptances", Acceptance.objects.select_related("accepted_by").order_by("-accepted_at")
    )
    found = Risk.objects.filter(closed_at__isnull=not closed)
    return found.select_related("owner", "registered_by").prefetch_related(newest)


def risk(risk_id: UUID) -> Risk:
    found = (
        Risk.objects.select_related("owner", "registered_by")
        .prefetch_related("acceptances__accepted_by")
        .filter(id=risk_id)
        .first()
    )
    if found is None:
        raise RiskUnknown
    return found
