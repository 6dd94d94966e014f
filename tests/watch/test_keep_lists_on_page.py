"""Rosters and VIP customers are brought in on pages; the rules know them from then on."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.console.stage import browser, text
from tests.vault.factories import make_customer
from tutela.access import queries
from tutela.trail.queries import LeafFilter, leaves
from tutela.watch.models import Shift, Vip

ENGLISH = {"Accept-Language": "en"}
NUMBER = "C77001234"


@pytest.fixture(scope="module")
def officer(staff):
    return staff["compliance_officer"].staff


def page(person, address):
    return browser(person).get(address, headers=ENGLISH)


def bring(person, lines, name="roster.csv"):
    body = "\n".join(["staff,starts,ends,on_call", *lines]).encode()
    file = SimpleUploadedFile(name, body, content_type="text/csv")
    return browser(person).post("/watch/rosters/import/", {"file": file}, headers=ENGLISH)


def shifts():
    return Shift.objects.order_by("starts").values_list("person__login", "on_call")


def test_a_roster_is_imported_and_replaced_on_its_page(staff, officer):
    """Whole or not at all: a wrong line is named at the file."""
    agent = staff["service_agent"].staff
    assert "rule R5 rests" in text(page(officer, "/watch/rosters/"))
    good = f"{agent.login},2026-03-02 09:00,2026-03-02 18:00,0"
    wrong = bring(officer, [good, f"{agent.login},2026-03-03 18:00,2026-03-03 09:00,0"])
    assert wrong.status_code == 422
    assert "Line 3" in text(wrong)
    assert "watch.shift_malformed" in text(wrong)
    assert not Shift.objects.exists()
    done = bring(officer, [good, f"{agent.login},2026-03-03 09:00,2026-03-03 18:00,1"])
    assert done.status_code == 302
    assert list(shifts()) == [(agent.login, False), (agent.login, True)]
    bring(officer, [f"{agent.login},2026-03-02 08:00,2026-03-02 17:00,0"])
    bring(officer, [good])
    shown = text(page(officer, "/watch/rosters/"))
    assert agent.name in shown
    newest = leaves(LeafFilter(event="watch.roster.imported"), limit=1)[0]
    assert (newest.actor_id, newest.detail["shifts"]) == (str(officer.id), 1)
    assert Shift.objects.filter(starts=datetime(2026, 3, 2, 9, tzinfo=ZoneInfo(settings.TIME_ZONE)))


@pytest.mark.parametrize("body", ["", "who,when\nx,y\n", "staff,starts\n"])
def test_a_file_that_is_no_roster_is_refused_in_words(officer, body):
    """Empty, or without the columns."""
    file = SimpleUploadedFile("x.csv", body.encode(), content_type="text/csv")
    answer = browser(officer).post("/watch/rosters/import/", {"file": file}, headers=ENGLISH)
    assert answer.status_code == 422


def test_a_vip_is_marked_by_a_number_and_unmarked(staff, officer):
    """Found as the search box finds; the page shows the end of an id; every step is a leaf."""
    customer = make_customer(queries.branch_codes()["EAST"], customer_number=NUMBER)
    mark = browser(officer).post("/watch/vips/mark/", {"text": NUMBER}, headers=ENGLISH)
    assert mark.status_code == 302
    vip = Vip.objects.get(until=None)
    assert vip.customer_id == customer.customer_id
    shown = page(officer, "/watch/vips/").content.decode()
    assert f"…{str(vip.customer_id)[-8:]}" in shown
    assert NUMBER not in shown
    (read,) = leaves(LeafFilter(event="watch.vip.read"), limit=1)
    assert ("customer", str(vip.customer_id)) in read.subjects
    again = browser(officer).post("/watch/vips/mark/", {"text": NUMBER}, headers=ENGLISH)
    assert again.status_code == 422
    client = browser(officer)
    assert client.post(f"/watch/vips/{vip.customer_id}/unmark/").status_code == 302
    client.post(f"/watch/vips/{vip.customer_id}/unmark/")
    assert not Vip.objects.filter(until=None).exists()
    assert len(leaves(LeafFilter(event="watch.vip.unmarked"))) == 1


@pytest.mark.parametrize("typed", ["C00000000", "nobody at all", "", "x" * 201])
def test_what_names_nobody_is_refused_at_its_field(officer, typed):
    """And is not said again."""
    answer = browser(officer).post("/watch/vips/mark/", {"text": typed}, headers=ENGLISH)
    assert answer.status_code == 422
    assert not Vip.objects.filter(until=None).exists()


@pytest.mark.parametrize("address", ["rosters/", "rosters/import/", "vips/", "vips/mark/"])
def test_others_find_no_such_page(staff, address):
    """Who reads alerts does not set what rules know."""
    for post in ("security_admin", "auditor", "service_agent"):
        assert page(staff[post].staff, f"/watch/{address}").status_code == 403
    nav = page(staff["auditor"].staff, "/watch/").content.decode()
    assert not re.search(r'href="/watch/(rosters|vips)/"', nav)
