"""The pages of the committee, from the founding to the closed minutes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.console.stage import browser, leaves, text
from tutela.base import clock
from tutela.committee import errors, forms, rules
from tutela.committee.models import Committee, Meeting
from tutela.programme.models import Task


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_each_page_opens_in_both_languages(table, held, language):
    """Overview, forms and a meeting."""
    client = browser(table.chair.staff)
    one = f"/committee/{table.committee.id}/"
    pages = (one, f"{one}charter/", f"{one}call/", "/committee/found/",
             f"/committee/meetings/{held.id}/")  # fmt: skip
    for page in pages:
        response = client.get(page, headers={"Accept-Language": language})
        assert response.status_code == 200, page


def test_a_clerk_is_refused_and_a_reader_sees_no_buttons(table):
    """Posts without the function see nothing of the committee."""
    page = f"/committee/meetings/{table.call(clock.now() + timedelta(hours=1)).id}/"
    assert browser(table.clerk.staff).get(page).status_code == 403
    shown = browser(table.it.staff).get(page)
    assert (shown.status_code, "/cancel/" in text(shown)) == (200, False)


def test_a_meeting_runs_into_tasks_on_the_pages(table, later):
    """Call, attend, resolve, minute, close, as the secretary does."""
    client = browser(table.compliance.staff)
    at = timezone.localtime(clock.now() + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    called = client.post(
        f"/committee/{table.committee.id}/call/", {"at": at, "agenda": "Readings\nFindings"}
    )
    assert called.status_code == 302, text(called)
    meeting = Meeting.objects.order_by("-number").first()
    later(2)
    page = f"/committee/meetings/{meeting.id}/"
    present = table.present("security_admin", "compliance_officer")
    client.post(f"{page}hold/", {f"seat_{seat}": str(who) for seat, who in present.items()})
    resolution = {"text": "Resolve", "owner": "system_admin", "department": "it", "votes_for": 2,
                  "due": str(clock.today() + timedelta(days=9)), "votes_against": 0,
                  "abstained": 0}  # fmt: skip
    assert client.post(f"{page}resolve/", resolution).status_code == 302
    client.post(f"{page}minutes/", {"minutes": "All agreed."})
    client.post(f"{page}close/", {"minutes": "All agreed."})
    meeting.refresh_from_db()
    task = Task.objects.get(title="Resolve")
    assert (meeting.state, task.post) == ("closed", "system_admin")
    assert reverse("governance-view-task", args=[task.id]) in text(client.get(page))


def test_closing_keeps_the_line_that_was_just_typed(table, held):
    """The box and both buttons are one form: what stands in it is kept, then closed, with a leaf each."""
    client, page = browser(table.chair.staff), f"/committee/meetings/{held.id}/"
    client.post(f"{page}minutes/", {"minutes": "All agreed."})
    shown = text(client.get(page))
    form = shown.split('<textarea name="minutes"')[1].split("</form>")[0]
    assert f'formaction="{page}close/"' in form
    assert 'id="close-minutes"' in form
    refused = client.post(f"{page}close/", {"minutes": " "})
    held.refresh_from_db()
    assert (refused.status_code, held.state, held.minutes) == (422, "held", "All agreed.")
    client.post(f"{page}close/", {"minutes": "All agreed.\nOne line more."})
    held.refresh_from_db()
    assert (held.state, held.minutes) == ("closed", "All agreed.\nOne line more.")
    assert len([one for one in leaves("governance.meeting.minuted") if held_by(one, held)]) == 2


def held_by(leaf, meeting):
    return ("meeting", str(meeting.id)) in [tuple(one) for one in leaf.subjects]


def test_junk_in_a_form_is_told_at_its_place(table, held):
    """422 with the form; nothing is kept."""
    client = browser(table.chair.staff)
    one = f"/committee/{table.committee.id}/"
    assert client.post(f"{one}call/", {"at": "soon", "agenda": ""}).status_code == 422
    assert client.post(f"{one}charter/", {"quorum": "7"}).status_code == 422
    faulty = client.post(f"/committee/meetings/{held.id}/resolve/", {"votes_for": "many"})
    assert faulty.status_code == 422
    many = {"text": "x", "owner": "auditor", "due": str(clock.today() + timedelta(days=3)),
            "votes_for": 9, "votes_against": 0, "abstained": 0}  # fmt: skip
    refused = client.post(f"/committee/meetings/{held.id}/resolve/", many)
    assert (refused.status_code, held.resolutions.count()) == (422, 0)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "years in the future. Check the year"), ("zh-hans", "请核对年份")],
)
def test_a_year_that_is_a_slip_is_told_at_the_date(table, held, language, sentence):
    """A meeting in the year 9999, a resolution due in it: 422, the sentence at the field, nothing kept."""
    client, count = browser(table.chair.staff), Meeting.objects.count()
    client.cookies["django_language"] = language
    facts = {"at": "9999-12-31T23:59", "agenda": "Readings"}
    called = client.post(f"/committee/{table.committee.id}/call/", facts)
    far = {"text": "x", "owner": "auditor", "due": "9999-12-31", "votes_for": 2,
           "votes_against": 0, "abstained": 0}  # fmt: skip
    resolved = client.post(f"/committee/meetings/{held.id}/resolve/", far)
    for answer, field in ((called, "at"), (resolved, "due")):
        below = text(answer).split(f'id="id_{field}_error"')[1].split("</div>")[0]
        assert (answer.status_code, sentence in below) == (422, True)
    assert (Meeting.objects.count(), held.resolutions.count()) == (count, 0)


def test_days_are_bounded_to_the_day():
    """Two years ahead for a meeting and five for a resolution still pass, a day more does not."""
    now, today = datetime(2026, 11, 22, 10, tzinfo=UTC), date(2026, 11, 22)
    rules.check_call(datetime(2028, 11, 22, 9, tzinfo=UTC), now)
    rules.check_due(date(2031, 11, 22), today)
    with pytest.raises(errors.DateFar):
        rules.check_call(datetime(2028, 11, 23, 9, tzinfo=UTC), now)
    with pytest.raises(errors.DateFar):
        rules.check_due(date(2031, 11, 23), today)


def test_the_founding_form_brings_a_charter(table):
    """In both languages, with nothing left to fill in."""
    client = browser(table.chair.staff)
    page = text(client.get("/committee/found/"))
    assert "委员会章程" in page
    assert "{company}" not in page
    facts = {"name_zh": "二", "name_en": "Second", "every_months": 3, "quorum": 50,
             "text_zh": "章程", "text_en": "Charter"}  # fmt: skip
    founded = client.post("/committee/found/", facts)
    second = Committee.objects.get(name_en="Second")
    assert founded.url == f"/committee/{second.id}/"


def test_a_seat_named_twice_is_told_on_the_committee(table):
    """The page stays, with the sentence above it."""
    client = browser(table.chair.staff)
    one = f"/committee/{table.committee.id}/"
    facts = {"post": "security_admin", "role": "member", "person": table.chair.staff.login}
    told = client.post(f"{one}seats/", facts, follow=True, headers={"Accept-Language": "en"})
    assert told.redirect_chain == [(one, 302)]
    assert "alert-danger" in text(told)


def test_a_meeting_without_a_quorum_resolves_nothing(table, later):
    """One of three came: the page says so and offers no form, and a form sent all the same is refused."""
    meeting = table.call(clock.now() + timedelta(hours=1))
    later(2)
    client = browser(table.chair.staff)
    client.cookies["django_language"] = "en"
    page = f"/committee/meetings/{meeting.id}/"
    ((seat, who),) = table.present("security_admin").items()
    client.post(f"{page}hold/", {f"seat_{seat}": str(who)})
    shown = text(client.get(page))
    assert "No resolution can be passed" in shown
    assert f"{page}resolve/" not in shown
    sent = {"text": "x", "owner": "auditor", "due": str(clock.today() + timedelta(days=3)),
            "votes_for": 1, "votes_against": 0, "abstained": 0}  # fmt: skip
    assert client.post(f"{page}resolve/", sent).status_code == 422
    assert not meeting.resolutions.exists()


def test_forms_begin_with_what_is_most_likely(table, held):
    """The minutes with the agenda, a resolution with everybody present and a month's time."""
    page = text(browser(table.chair.staff).get(f"/committee/meetings/{held.id}/"))
    assert "1. Readings" in page
    assert 'name="votes_for" value="2"' in page
    assert str(clock.today() + timedelta(days=30)) in page


def test_a_meeting_is_not_cancelled_without_a_reason(table):
    """The meeting's page comes back with the sentence."""
    meeting = table.call(clock.now() + timedelta(hours=1))
    client = browser(table.chair.staff)
    page = f"/committee/meetings/{meeting.id}/"
    assert client.post(f"{page}cancel/", {"reason": " "}).status_code == 422
    assert client.post(f"{page}cancel/", {"reason": "Holiday"}).status_code == 302
    meeting.refresh_from_db()
    assert meeting.state == "cancelled"


def test_the_owner_of_a_resolution_is_led_to_the_task(table, held):
    """Whoever carries it out may open the task, but need not sit on the committee."""
    from tutela.notices.models import Notice

    sent = {"text": "Lock it", "owner": "service_agent", "due": str(clock.today() + timedelta(days=3)),
            "votes_for": 2, "votes_against": 0, "abstained": 0}  # fmt: skip
    browser(table.chair.staff).post(f"/committee/meetings/{held.id}/resolve/", sent)
    told = Notice.objects.get(kind="resolution_given", recipient=table.clerk.staff)
    assert browser(table.clerk.staff).get(told.link).status_code == 200


def test_a_resolution_brings_typed_minutes_along(table, held):
    """What stands in the box below is kept with the resolution, and shown again when it is refused."""
    client, page = browser(table.chair.staff), f"/committee/meetings/{held.id}/"
    assert 'data-copy-of="id_minutes"' in text(client.get(page))
    facts = {"text": "Resolve", "owner": "auditor", "due": str(clock.today() + timedelta(days=3)),
             "votes_for": 2, "votes_against": 0, "abstained": 0}  # fmt: skip
    typed = "1. Readings\r\nAll agreed."
    refused = client.post(f"{page}resolve/", facts | {"votes_for": 9, "minutes": typed})
    held.refresh_from_db()
    assert (refused.status_code, "All agreed." in text(refused), held.minutes) == (422, True, "")
    client.post(f"{page}resolve/", facts | {"minutes": typed})
    held.refresh_from_db()
    assert (held.resolutions.count(), held.minutes) == (1, "1. Readings\nAll agreed.")


def test_minutes_that_nobody_typed_are_not_kept(table, held):
    """The agenda that the box starts with says nothing yet, and neither does an empty field."""
    client, page = browser(table.chair.staff), f"/committee/meetings/{held.id}/"
    facts = {"text": "Resolve", "owner": "auditor", "due": str(clock.today() + timedelta(days=3)),
             "votes_for": 2, "votes_against": 0, "abstained": 0}  # fmt: skip
    for sent in ("", forms.minutes_of(held).replace("\n", "\r\n")):
        assert client.post(f"{page}resolve/", facts | {"minutes": sent}).status_code == 302
    held.refresh_from_db()
    assert (held.resolutions.count(), held.minutes) == (2, "")


def test_the_address_of_a_form_leads_back_to_its_page(table, held):
    """Loaded anew, or after another language was chosen on a refused form; nothing else of it is answered."""
    client, page = browser(table.chair.staff), f"/committee/meetings/{held.id}/"
    refused = client.post(f"{page}resolve/", {"votes_for": "many"})
    assert f'name="next" value="{page}resolve/"' in text(refused)
    back = client.get(f"{page}resolve/")
    assert (back.status_code, back.headers["Location"]) == (302, page)
    assert client.put(f"{page}resolve/").status_code == 405
    assert client.get("/language/").headers["Location"] == "/"
