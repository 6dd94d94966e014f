"""A company adds duties, gives them to others and ends them; nothing past changes."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.console.stage import browser, text
from tests.programme import stage
from tutela.base import clock
from tutela.base.actor import SYSTEM
from tutela.programme import errors
from tutela.programme.actions import duties, templates
from tutela.programme.actions.templates import Duty
from tutela.programme.models import DutyOccurrence, DutyTemplate
from tutela.programme.seed import AHEAD
from tutela.proof.errors import ReasonMissing


def duty(**facts: object) -> Duty:
    """A duty that can be created today."""
    return replace(
        Duty(
            code="door-check",
            name_zh="检查机房门禁",
            name_en="Check the server room's door",
            measure="M2",
            department="it",
            cadence="weekly",
            starts=clock.today(),
        ),
        **facts,
    )


def test_an_added_duty_gets_its_periods(crew):
    """From the first whole week on."""
    wanted = duty()
    made = templates.create_duty(crew.officer.actor, duty=wanted)
    duties.make_occurrences(SYSTEM, until=clock.today() + AHEAD)
    assert 56 <= made.occurrences.count() <= 58
    assert made.occurrences.order_by("begins").first().begins >= wanted.starts


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"code": "Door Check"}, errors.DutyCodeInvalid),
        ({"code": "d13800138000"}, errors.DutyCodeInvalid),
        ({"name_zh": "  "}, errors.DutyNameInvalid),
        ({"cadence": "daily"}, errors.DutyTimesInvalid),
        ({"grace": 91}, errors.DutyTimesInvalid),
        ({"measure": "M9"}, errors.MeasureUnknown),
        ({"starts": -2}, errors.DutyBackdated),
        ({"code": "weekly-backup"}, errors.DutyTwice),
    ],
)
def test_a_duty_that_cannot_be_is_refused(crew, facts, error):
    """Each with its own sentence."""
    if "starts" in facts:
        facts = {"starts": clock.today() + timedelta(days=facts["starts"])}
    with pytest.raises(error) as refused:
        templates.create_duty(crew.officer.actor, duty=duty(**facts))
    assert refused.value.text()


def test_an_ended_duty_owes_only_what_is_under_way(crew):
    """What was missed stays missed; what would come is skipped, with the reason."""
    late = stage.past(stage.open_one("log-review"))
    duties.mark_missed(SYSTEM)
    skipped = templates.retire_duty(crew.officer.actor, code="log-review", reason="Done by a tool")
    late.refresh_from_db()
    assert late.state == "missed"
    assert skipped > 5
    assert duties.make_occurrences(SYSTEM, until=clock.today() + 2 * AHEAD) > 0
    assert not DutyOccurrence.objects.filter(
        template__code="log-review", state="open", begins__gt=clock.today()
    ).exists()


def test_a_duty_ends_once_and_with_a_reason(crew):
    """A word is not a reason."""
    with pytest.raises(ReasonMissing):
        templates.retire_duty(crew.officer.actor, code="newcomers", reason="no")
    templates.retire_duty(crew.officer.actor, code="newcomers", reason="Joined with training")
    with pytest.raises(errors.DutyRetired):
        templates.retire_duty(crew.officer.actor, code="newcomers", reason="Once more")


def test_the_pages_add_change_and_end_a_duty(crew):
    """For whoever runs the programme."""
    client, address = browser(crew.officer.staff), "/duties/of/cage-check/"
    sent = {"code": "cage-check", "name_zh": "检查机柜", "name_en": "Check the cage", "measure": "M2",
            "department": "it", "cadence": "monthly", "starts": clock.today().isoformat(), "grace": "2"}  # fmt: skip
    assert client.post("/duties/create/", sent).status_code == 302
    assert client.post("/duties/create/", sent).status_code == 422
    assert client.post(address, {"department": "hr", "grace": "5"}).status_code == 302
    assert client.post(f"{address}retire/", {"retire-reason": "x"}).status_code == 422
    assert (
        client.post(f"{address}retire/", {"retire-reason": "No cage any more"}).status_code == 302
    )
    held = DutyTemplate.objects.get(code="cage-check")
    assert (held.department.code, held.grace_days, held.retired_on) == ("hr", 5, clock.today())
    assert "No cage" not in text(browser(crew.outsider.staff).get("/duties/"))
    assert browser(crew.outsider.staff).get(address).status_code == 403
