"""The page of outside evidence: reported, looked up, corrected, and the file that proves it kept."""

import hashlib
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import tutela_verify
from tests.console.stage import browser, text
from tutela.base import clock
from tutela.base.readings import SOURCES, Ask
from tutela.proof.models import Attachment
from tutela.scorecard import errors, events, outside, registry
from tutela.scorecard.actions.evidence import Report, add_evidence
from tutela.scorecard.reports import Reports
from tutela.trail import log
from tutela.trail.leaves import Leaf

PAGE = "/scorecard/outside/"
PROOF = b"week 3: one drill held\n"


def day() -> date:
    """The tenth of January; before it, today. The page shows this year's evidence."""
    return min(clock.today(), date(clock.today().year, 1, 10))


def drill(**facts):
    """What the form sends for a drill."""
    return {
        "target": "leak-drill", "first": str(day()), "last": str(day()), "value": "1",
        "source": "Drill book", "signer": "Wang",
    } | facts  # fmt: skip


@pytest.fixture(scope="module")
def reported(people):
    """A drill with its file, reported by the department of training."""
    file = SimpleUploadedFile("drill.txt", PROOF)
    client = browser(people["hr_trainer"].staff)
    assert client.post(PAGE, drill(file=file)).status_code == 302
    (one,) = Reports("leak-drill")
    return one


def test_a_report_counts_at_once_and_is_marked(people, reported):
    """The form of outside evidence, to the line on the board; the same days twice are refused."""
    client = browser(people["hr_trainer"].staff)
    again = client.post(PAGE, drill())
    assert again.status_code == 422
    assert "scorecard.period_twice" in text(again)
    assert reported.row.source in text(client.get("/scorecard/targets/leak-drill/"))


def test_its_proof_is_as_old_as_its_last_day(people, reported):
    """Not a day younger: the first moment of the next day is told as the day that ended."""
    page = text(browser(people["auditor"].staff).get("/scorecard/targets/leak-drill/"))
    assert str(day()) in page
    assert str(day() + timedelta(days=1)) not in page


def test_its_file_is_kept_sealed_and_opened_again(people, reported):
    """Its hash stands in the row, its bytes in no column, and who may read the scorecard may open it."""
    assert reported.row.file_hash == hashlib.sha256(PROOF).hexdigest()
    kept = Attachment.objects.get(holder_id=str(reported.row.id))
    assert all(PROOF not in bytes(part.sealed) for part in kept.parts.all())
    client = browser(people["auditor"].staff)
    page = text(client.get(PAGE))
    assert f"/attachments/{kept.id}/" in page
    assert client.post(f"/attachments/{kept.id}/").content == PROOF


def test_a_file_of_a_refused_report_is_not_kept(people, reported):
    """Both or neither."""
    before = Attachment.objects.count()
    file = SimpleUploadedFile("other.txt", b"something else")
    client = browser(people["hr_trainer"].staff)
    assert client.post(PAGE, drill(file=file)).status_code == 422
    assert Attachment.objects.count() == before
    assert len(Reports("leak-drill")) == 1


def test_an_auditor_reads_and_cannot_report(people, reported):
    """The list with its rows, no form, and a post is refused."""
    client = browser(people["auditor"].staff)
    page = text(client.get(PAGE, {"target": "leak-drill"}))
    assert reported.row.source in page
    assert 'id="report"' not in page
    assert client.post(PAGE, drill(source="Auditor")).status_code == 403


def test_the_form_asks_for_what_the_target_is_measured_in(people):
    """Part and whole for a share, a number otherwise."""
    client = browser(people["hr_trainer"].staff)
    share = text(client.get(PAGE, {"target": "tls-share"}))
    assert 'name="numerator"' in share
    assert 'name="value"' not in share
    times = text(client.get(PAGE, {"target": "leak-drill"}))
    assert 'name="value"' in times
    assert 'name="numerator"' not in times


def test_a_share_without_its_whole_is_refused_at_the_field(people):
    """Nothing is recorded."""
    client = browser(people["hr_trainer"].staff)
    sent = drill(target="tls-share", numerator="9")
    page = client.post(PAGE, sent)
    assert page.status_code == 422
    assert 'id="id_denominator_error"' in text(page)
    assert len(Reports("tls-share")) == 0


def test_a_report_of_today_is_refused(people):
    """The day is not over."""
    client = browser(people["hr_trainer"].staff)
    today = clock.today()
    sent = drill(first=(today - timedelta(days=3)).isoformat(), last=today.isoformat())
    assert "scorecard.evidence_in_future" in text(client.post(PAGE, sent))


def test_a_wrong_report_is_corrected_from_its_line(people):
    """The form opens with what was reported and wants a reason; the old row stays, marked."""
    client = browser(people["hr_trainer"].staff)
    client.cookies["django_language"] = "en"
    client.post(PAGE, drill(target="trainings", value="3", source="LMS"))
    (wrong,) = Reports("trainings")
    opened = text(client.get(PAGE, {"corrects": str(wrong.row.id)}))
    assert 'value="LMS"' in opened
    assert 'name="reason"' in opened
    right = drill(target="trainings", value="2", source="LMS", corrects=str(wrong.row.id))
    assert client.post(PAGE, right).status_code == 422
    assert client.post(PAGE, right | {"reason": "Counted twice"}).status_code == 302
    page = text(client.get(PAGE, {"of": "trainings"}))
    assert "Counted twice" in page
    assert [one.row.corrected for one in Reports("trainings")] == [False, True]


@pytest.mark.parametrize(
    "asked", [{"corrects": "nonsense"}, {"target": "nothing"}, {"of": "nothing"}, {"page": "99"}]
)
def test_odd_addresses_open_the_page(people, asked):
    """None is an error."""
    client = browser(people["hr_trainer"].staff)
    assert client.get(PAGE, asked).status_code == 200


def test_an_unknown_row_cannot_be_corrected(people):
    """The page says that it is not there."""
    client = browser(people["hr_trainer"].staff)
    row = "01a20401-0000-7000-8000-000000000000"
    assert client.get(PAGE, {"corrects": row}).status_code == 404


def test_a_written_pack_is_listed(people):
    """With its days, its hash and who wrote it."""
    client = browser(people["auditor"].staff)
    b"".join(
        client.post("/scorecard/packs/", {"first": "2026-01-01", "last": "2026-02-28", "sure": "1"})
    )
    page = text(client.get("/scorecard/packs/"))
    assert "2026-02-28" in page
    assert people["auditor"].staff.name in page


def test_a_pack_of_a_time_without_days_in_its_leaf_breaks_no_page(people):
    """Leaves are never rewritten, so the page reads the old ones too."""
    member = people["auditor"]
    detail = {"figures": 14, "file_hash": "0" * 64}
    log.append(Leaf(event=events.PACK_WRITTEN, actor=member.actor, detail=detail))
    assert browser(member.staff).get("/scorecard/packs/").status_code == 200


def test_a_report_without_a_right_figure_is_withdrawn(people):
    """Its target has no data again; the row stays, marked, and can be put right later."""
    client = browser(people["hr_trainer"].staff)
    client.cookies["django_language"] = "en"
    client.post(PAGE, drill(target="audit-quarterly", value="7", source="Typing error"))
    (wrong,) = Reports("audit-quarterly")
    sent = {"target": "audit-quarterly", "first": "2026-01-10", "last": "2026-01-10", "signer": "Wang",
            "source": "Typing error", "corrects": str(wrong.row.id), "reason": "There was none",
            "withdraws": "on"}  # fmt: skip
    assert client.post(PAGE, sent).status_code == 302
    assert "withdrawn" in text(client.get(PAGE, {"of": "audit-quarterly"}))
    ask = Ask(target="audit-quarterly", begins=date(2026, 1, 1), ends=date(2026, 2, 1))
    assert (outside.read([ask])[0].value, list(outside.rows(ask))) == (None, [])


@pytest.mark.parametrize("target", sorted(filter(registry.is_alone, SOURCES)))
def test_what_only_this_house_can_know_is_not_reported(people, target):
    """Neither on the page nor by the verb."""
    client = browser(people["hr_trainer"].staff)
    assert client.post(PAGE, drill(target=target)).status_code == 422
    with pytest.raises(errors.TargetComputed):
        add_evidence(
            people["hr_trainer"].actor,
            Report(target=target, begins=date(2026, 1, 1), ends=date(2026, 2, 1), unit="percent",
                           source="s", signer="w", numerator=1, denominator=1),
        )  # fmt: skip


@pytest.mark.parametrize("value", ["1e9", "1000001", "-1", "0.5", "one"])
def test_a_number_that_nobody_counted_is_refused(people, value):
    """A drill is not held a thousand million times."""
    client = browser(people["hr_trainer"].staff)
    assert client.post(PAGE, drill(value=value, source="Wild")).status_code == 422


def test_the_page_of_packs_hands_out_what_checks_them(people):
    """The same file that lies in the repository; and the download's mark comes back as a cookie."""
    client = browser(people["auditor"].staff)
    handed = b"".join(client.get("/scorecard/packs/verifier/"))
    assert handed == Path(tutela_verify.__file__).read_bytes()
    sent = {"first": "2026-01-01", "last": "2026-01-31", "mark": "abc123", "sure": "1"}
    assert client.post("/scorecard/packs/", sent).cookies["pack"].value == "abc123"
    assert "pack" not in client.post("/scorecard/packs/", sent | {"mark": "a;b=c"}).cookies


@pytest.mark.parametrize(("post", "form"), [("hr_trainer", True), ("auditor", False)])
def test_only_who_may_report_is_led_to_the_form(people, post, form):
    """Others see the target's reports."""
    page = text(browser(people[post].staff).get("/scorecard/missing/"))
    assert ("/scorecard/outside/?target=" in page) == form


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "tomorrow"])
def test_a_day_of_no_calendar_is_refused_at_the_field(people, day):
    """Not with an error."""
    client = browser(people["hr_trainer"].staff)
    page = client.post(PAGE, drill(last=day))
    assert page.status_code == 422
    assert 'id="id_last_error"' in text(page)


def test_an_own_measure_is_listed_with_its_formula(people):
    """And the names that a formula may use are told in words."""
    client = browser(people["compliance_officer"].staff)
    client.cookies["django_language"] = "en"
    sent = {
        "name": "both", "title": "Both shares", "formula": "(encryption-rate + tls-share) / 2",
        "direction": "at_least", "goal": "99", "unit": "percent", "department": "technology",
        "cadence": "31", "starts": clock.today().isoformat(),
    }  # fmt: skip
    assert client.post("/scorecard/measures/", sent).status_code == 302
    page = text(client.get("/scorecard/measures/"))
    assert "Both shares" in page
    assert "Transmissions over TLS" in page
    ended = "/scorecard/measures/own-both/end/"
    assert 'data-target="own-both"' in text(client.get("/"))
    assert browser(people["auditor"].staff).post(ended).status_code == 403
    client = browser(people["compliance_officer"].staff)
    assert client.post(ended).status_code == 302
    assert 'data-target="own-both"' not in text(client.get("/"))
    assert client.post(ended).status_code == 404
    assert client.post("/scorecard/measures/", sent).status_code == 302
    assert 'data-target="own-both"' in text(client.get("/"))
    assert client.post(ended).status_code == 302


def test_a_formula_that_gives_nothing_is_refused(people):
    """A division by nothing is no measure."""
    client = browser(people["compliance_officer"].staff)
    sent = {
        "name": "none", "title": "None", "formula": "encryption-rate / 0", "direction": "at_least",
        "goal": "9", "unit": "percent", "department": "technology", "cadence": "31",
        "starts": clock.today().isoformat(),
    }  # fmt: skip
    answer = client.post("/scorecard/measures/", sent)
    assert (answer.status_code, "scorecard.formula_empty" in text(answer)) == (422, True)
