"""From opening to closing by two people, with the readings that were kept."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tests.access import cast
from tests.console.stage import browser
from tutela.assessment import errors, live, queries
from tutela.assessment.actions import assessments, ratings
from tutela.assessment.controls import CONTROLS
from tutela.assessment.models import Rating
from tutela.base import clock
from tutela.base.readings import Ask, Reading
from tutela.notices.models import Notice
from tutela.programme import judgements
from tutela.programme.judgements import Condition, Judgement
from tutela.programme.models import DutyOccurrence
from tutela.trail.queries import LeafFilter, leaves

YEAR = clock.today().year
People = dict[str, cast.Member]


def answer(value: float | None) -> live.Read:
    """All targets read the same."""

    def read(asks: Sequence[Ask]) -> dict[Ask, Reading]:
        return {
            ask: Reading(
                target=ask.target, begins=ask.begins, ends=ask.ends, value=value, numerator=3,
                denominator=4, unit="percent", evidence=4, newest=clock.now(),
            )
            for ask in asks
        }  # fmt: skip

    return read


def rate_all(people: People, year: int) -> None:
    officer = people["compliance_officer"].actor
    for code in [c.code for c in CONTROLS.values() if not c.live]:
        ratings.rate_control(
            officer, year, code, ratings.NewRating(verdict="met", evidence="Policy 2.1")
        )


@pytest.fixture(scope="module")
def opened(people: People) -> People:
    """This year's assessment, opened, nothing rated."""
    assessments.open_assessment(people["compliance_officer"].actor, YEAR)
    return people


def test_a_year_is_opened_once_and_told(opened: People) -> None:
    """The second opening is refused; who rates finds a notice."""
    with pytest.raises(errors.AssessmentExists):
        assessments.open_assessment(opened["compliance_officer"].actor, YEAR)
    assert Notice.objects.filter(kind="assessment_opened").exists()


def test_a_year_that_has_not_begun_is_refused(opened: People) -> None:
    """Nor is one of long ago."""
    for year in (YEAR + 1, YEAR - 11):
        with pytest.raises(errors.YearRefused):
            assessments.open_assessment(opened["compliance_officer"].actor, year)


def test_two_who_rate_at_once_do_not_overwrite_each_other(opened: People) -> None:
    """The second looked at version 0, which is gone."""
    first, second = opened["compliance_officer"].actor, opened["security_admin"].actor
    given = {"verdict": "not_met", "note": "No owner yet", "version": 0}
    ratings.rate_control(first, YEAR, "ISMS-04", ratings.NewRating(**given))
    with pytest.raises(errors.RatingChanged):
        ratings.rate_control(second, YEAR, "ISMS-04", ratings.NewRating(**given))


def test_an_assessment_with_gaps_is_not_handed_in(opened: People) -> None:
    """The refusal tells how many are left."""
    with pytest.raises(errors.RatingsMissing) as refused:
        assessments.submit_assessment(opened["compliance_officer"].actor, YEAR)
    assert refused.value.params["missing"] > 0


def judge(condition: Condition) -> Callable[..., dict[str, Judgement]]:
    """All targets are judged the same."""

    def judged(targets: Sequence[str], at: datetime) -> dict[str, Judgement]:
        day = at.date()
        return {
            target: Judgement(
                target=target, condition=condition, value=1.0, unit="percent", begins=day, ends=day,
                page="/",
            )
            for target in targets
        }  # fmt: skip

    return judged


def test_the_second_person_is_told_and_the_first_when_it_comes_back(opened: People) -> None:
    """Whoever may confirm finds a notice, the one who handed in does not; given back, they do."""
    officer, auditor = opened["compliance_officer"], opened["auditor"]
    assessments.open_assessment(officer.actor, YEAR - 5)
    rate_all(opened, YEAR - 5)
    assessments.submit_assessment(officer.actor, YEAR - 5)
    told = Notice.objects.filter(kind="assessment_waits", link=f"/assessments/{YEAR - 5}/")
    ids = set(told.values_list("recipient_id", flat=True))
    assert auditor.staff.id in ids
    assert officer.staff.id not in ids
    assert not queries.to_confirm(str(officer.staff.id)).filter(year=YEAR - 5).exists()
    page = browser(auditor.staff).get("/my-work/").content.decode()
    assert f"/assessments/{YEAR - 5}/" in page
    back = Notice.objects.filter(kind="assessment_returned", recipient=officer.staff, read_at=None)
    assessments.return_assessment(auditor.actor, YEAR - 5, "Two files are missing")
    assert back.count() == 1
    assert not told.filter(read_at=None).exists()
    assessments.submit_assessment(officer.actor, YEAR - 5)
    assert not back.exists()
    assessments.return_assessment(auditor.actor, YEAR - 5, "One file is missing")


def test_two_people_close_it_and_the_readings_stay(
    opened: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever hands in does not confirm; what the readings said then is kept."""
    officer, auditor = opened["compliance_officer"].actor, opened["auditor"].actor
    rate_all(opened, YEAR)
    assessments.submit_assessment(officer, YEAR)
    with pytest.raises(errors.SecondPersonMissing):
        assessments.close_assessment(officer, YEAR)
    live.provide(answer(75.0))
    monkeypatch.setattr(judgements, "judged", judge(Condition.AT_RISK))
    waits = Notice.objects.filter(link=f"/assessments/{YEAR}/", read_at=None)
    assert waits.filter(kind="assessment_waits").exists()
    assessments.close_assessment(auditor, YEAR)
    assert not waits.exists()
    live.provide(answer(100.0))
    monkeypatch.setattr(judgements, "judged", judge(Condition.MET))
    line = queries.line(queries.lines(queries.assessment(YEAR)), "ENC-01")
    assert (line.verdict, line.rating.value, line.rating.goal) == ("at_risk", 75.0, 100.0)
    assert timezone.localdate(queries.assessment(YEAR).closed_at) == clock.today()
    assert leaves(LeafFilter(event="governance.assessment.closed"))[0].detail["year"] == YEAR


def test_closing_fulfils_the_duty_of_that_year(opened: People) -> None:
    """The installation closes it, with the assessment as its proof, and the duty's page leads there."""
    year, officer = YEAR - 7, opened["compliance_officer"].actor
    duty = DutyOccurrence.objects.filter(template__code="isms-assessment").first()
    facts = {"begins": date(year, 1, 1), "due": clock.today(), "state": "open"}
    DutyOccurrence.objects.filter(pk=duty.pk).update(**facts)
    assessments.open_assessment(officer, year)
    rate_all(opened, year)
    assessments.submit_assessment(officer, year)
    assessments.close_assessment(opened["auditor"].actor, year)
    duty.refresh_from_db()
    assert (duty.state, duty.done_on, duty.done_by) == ("done", clock.today(), None)
    page = browser(opened["auditor"].staff).get(f"/duties/{duty.pk}/").content.decode()
    assert f'href="/assessments/{year}/"' in page
    assert leaves(LeafFilter(event="governance.occurrence.closed"))[0].actor_kind == "system"


def test_a_closed_assessment_is_not_changed(opened: People) -> None:
    """Not by the verb, and not by a statement past it."""
    with pytest.raises(errors.AssessmentNotOpen):
        ratings.rate_control(
            opened["security_admin"].actor,
            YEAR,
            "ISMS-03",
            ratings.NewRating(verdict="met", evidence="x"),
        )
    for statement in (
        "UPDATE assessment_rating SET verdict = 'met' WHERE control = 'ENC-01'",
        "UPDATE assessment_rating SET note = 'later' WHERE control = 'ISMS-03'",
        "UPDATE assessment_assessment SET closed_at = NULL, closed_by_id = NULL",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_what_was_handed_in_can_be_given_back(opened: People) -> None:
    """Then it is open again, and rated further."""
    officer = opened["compliance_officer"].actor
    assessments.open_assessment(officer, YEAR - 1)
    rate_all(opened, YEAR - 1)
    assessments.submit_assessment(officer, YEAR - 1)
    assessments.return_assessment(opened["auditor"].actor, YEAR - 1, "Look at ISMS-03 again")
    ratings.rate_control(
        officer, YEAR - 1, "ISMS-03", ratings.NewRating(verdict="partly", note="Two are late")
    )
    assert Rating.objects.get(assessment__year=YEAR - 1, control="ISMS-03").verdict == "partly"


@pytest.mark.parametrize(
    ("language", "said", "half", "asked"),
    [
        ("en", "Returned by", "Partly met counts half", "permanently?"),
        ("zh-hans", "退回于", "部分符合计一半", "确定永久关闭"),
    ],
)
def test_giving_back_takes_a_reason_that_the_rater_reads(
    opened: People, language: str, said: str, half: str, asked: str
) -> None:
    """Blank it is refused; the closing asks once more; the share says how it counts."""
    officer, auditor, year = opened["compliance_officer"], opened["auditor"], YEAR - 8
    if language == "en":
        assessments.open_assessment(officer.actor, year)
        rate_all(opened, year)
        facts = {"verdict": "partly", "note": "Half"}
        ratings.rate_control(officer.actor, year, "ISMS-03", ratings.NewRating(**facts))
    assessments.submit_assessment(officer.actor, year)
    client, page = browser(auditor.staff), f"/assessments/{year}/"
    client.cookies["django_language"] = language
    shown = client.get(page).content.decode()
    assert asked in shown.split('id="close-year"')[1].split("</dialog>")[0]
    client.post(f"{page}return/", {"reason": " "})
    assert queries.assessment(year).state == "submitted"
    client.post(f"{page}return/", {"reason": "Two <files> are missing"})
    client = browser(officer.staff)
    client.cookies["django_language"] = language
    shown = client.get(page).content.decode()
    assert all(word in shown for word in (said, half, "Two &lt;files&gt; are missing"))
    assert leaves(LeafFilter(event="governance.assessment.returned"))[0].note


def test_without_readings_no_live_control_is_met(opened: People) -> None:
    """Every kind of evidence taken away: no data, and not counted as met."""
    live.provide(answer(None))
    lines = [line for line in queries.lines(queries.assessment(YEAR - 1)) if line.control.live]
    assert lines
    assert {line.verdict for line in lines} == {"no_data"}
