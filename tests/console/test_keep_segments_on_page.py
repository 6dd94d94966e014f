"""Sealed months on their pages: what is there, holds, a purge by two, and lists that say what was purged."""

import gzip
import json
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import translation

from tests.access import cast
from tests.console import accessible
from tests.console.stage import browser, leaves, text
from tests.trail.months import Past, month_ago, sequence
from tutela.base import clock
from tutela.console.segment_forms import BASIS_WORDS
from tutela.trail.proposals import rows as proposals
from tutela.trail.proposals.rows import Kind
from tutela.trail.segments import rows, rules, seal

CUSTOMER = str(uuid4())


@pytest.fixture(scope="module")
def crew(house):
    return {post: cast.hire(post) for post in ("compliance_officer", "security_admin", "auditor")}


@pytest.fixture(scope="module")
def months(cluster, database, crew, tmp_path_factory):
    """Two months whose retention is over, sealed, and one that is not a year old."""
    found = [month_ago(n, clock.today()) for n in (40, 39, 3)]
    with cluster.connect(database=database) as server:
        past = Past(server)
        for month in found:
            past.month(month, 12, subjects=(("customer", CUSTOMER),))
        server.commit()
    sequence()
    settings.TUTELA_TRAIL_COPIES = [str(tmp_path_factory.mktemp(name)) for name in ("one", "two")]
    seal.work()
    yield [rules.text(month) for month in found]
    settings.TUTELA_TRAIL_COPIES = []


def page(crew, post, address):
    return browser(crew[post].staff).get(address)


def test_the_list_says_where_each_month_stands(crew, months):
    """State, copies, and until when it is kept; others do not find the page."""
    shown = text(page(crew, "auditor", "/trail/months/"))
    assert all(month in shown for month in months)
    assert shown.count("已封存，仅存于文件") == 2
    clerk = browser(cast.hire("service_agent").staff)
    assert clerk.get("/trail/months/").status_code == 403


def test_a_month_has_its_range_files_and_copies(crew, months):
    """Hashes of both files; an unknown month is not there."""
    shown = text(page(crew, "auditor", f"/trail/months/{months[0]}/"))
    (segment,) = [one for one in rows.segments() if one.name == months[0]]
    assert all(file.sha256.hex() in shown for file in segment.files)
    assert str(segment.sealed_leaf) in shown
    assert page(crew, "auditor", "/trail/months/1999-01/").status_code == 404


def test_the_entries_are_handed_out_to_who_may_search_them(crew, months):
    """As a file that needs no library, with a leaf."""
    answer = page(crew, "auditor", f"/trail/months/{months[0]}/leaves/")
    form, told, _ = gzip.decompress(b"".join(answer)).split(b"\n", 2)
    assert (form, json.loads(told)["count"]) == (b"tutela/segment-leaves@v1", 12)
    assert page(crew, "security_admin", f"/trail/months/{months[0]}/leaves/").status_code == 403
    assert leaves("trail.segment.read")[0].detail["segment"] == months[0]


def test_a_hold_is_placed_and_lifted_on_its_page(crew, months):
    """With a reason, which may name no customer."""
    officer = browser(crew["compliance_officer"].staff)
    asked = {"first": months[1], "last": months[1], "reason": "Case 2026-17 of the district court"}
    wrong = officer.post("/trail/holds/place/", asked | {"reason": "call 13800138000", "last": "x"})
    assert wrong.status_code == 422
    backwards = officer.post("/trail/holds/place/", asked | {"last": months[0]})
    assert backwards.status_code == 422
    assert officer.post("/trail/holds/place/", asked).status_code == 302
    assert "district court" in text(officer.get(f"/trail/months/{months[1]}/"))
    refused = officer.post(f"/trail/months/{months[1]}/purge/", {"basis": "retention_over"})
    assert refused.status_code == 422
    (hold,) = rows.holds()
    lift = f"/trail/holds/{hold.id}/lift/"
    assert officer.post(lift, {"reason": "call 13800138000"}).status_code == 422
    assert officer.post(lift, {"reason": "The case is closed"}).status_code == 302
    (asked,) = proposals.waiting(Kind.LIFT)
    decide = f"/trail/lifts/{asked.id}/decide/"
    assert f'id="approve-{asked.id}"' not in officer.get("/trail/holds/").content.decode()
    officer.post(decide, {"do": "approve"})
    assert rows.holds()[0].lifted_at is None
    admin = browser(crew["security_admin"].staff)
    shown = admin.get("/trail/holds/")
    assert f'id="approve-{asked.id}"' in shown.content.decode()
    assert "The case is closed" in text(shown)
    admin.post(decide, {"do": "approve"})
    assert rows.holds()[0].lifted_at is not None
    assert admin.get(lift).status_code == 404
    auditor = browser(crew["auditor"].staff)
    assert auditor.get("/trail/holds/place/").status_code == 403


def offered(client, month):
    """The codes of the dialogs on a month's page."""
    shown = client.get(f"/trail/months/{month}/").content.decode()
    return {code for code in ("purge", "approve", "reject") if f'id="{code}"' in shown}


def test_two_people_purge_a_month_on_its_page(crew, months):
    """The first cannot approve, a month that must be kept offers no purge, and lists tell of it afterwards."""
    first = browser(crew["compliance_officer"].staff)
    assert offered(first, months[2]) == set()
    assert offered(first, months[0]) == {"purge"}
    first.post(f"/trail/months/{months[0]}/purge/", {"basis": "retention_over"})
    (waiting,) = [one for one in rows.purges() if one.decision is None]
    assert offered(first, months[0]) == {"reject"}
    first.post(f"/trail/purges/{waiting.id}/decide/", {"do": "approve"})
    assert rows.segments()[-1].purged_at is None
    second = browser(crew["security_admin"].staff)
    assert offered(second, months[0]) == {"approve", "reject"}
    second.post(f"/trail/purges/{waiting.id}/decide/", {"do": "approve"})
    assert rows.segments()[-1].purged_at is not None
    auditor = browser(crew["auditor"].staff)
    told = f"{months[0]}：12 条记录已于"
    customer = f"/trail/?customer={CUSTOMER}"
    for address in (f"/trail/?until={months[1]}-01", customer, f"{customer}&since=2020-01-01"):
        assert told in text(auditor.get(address))
    assert told not in text(auditor.get(f"{customer}&since={months[1]}-05"))
    lines = b"".join(auditor.get(f"/trail/?export=jsonl&customer={CUSTOMER}")).decode().splitlines()
    assert sum("vault.field.revealed" in line for line in lines) == 24
    assert json.loads(lines[-1])["purged"] == months[0]
    cells = b"".join(auditor.get(f"/trail/?export=csv&customer={CUSTOMER}")).decode()
    assert "trail.segment.purged" in cells


def test_both_languages_say_what_was_purged(crew, months):
    """The sentence of a purged month."""
    auditor = browser(crew["auditor"].staff)
    assert "依据：保存期满" in text(auditor.get("/trail/months/"))
    with translation.override("en"):
        (gone, *_) = [one for one in rows.segments() if one.purged_at]
        assert str(BASIS_WORDS[gone.basis]) == "The retention period is over"


@pytest.fixture(scope="module")
def drawn(crew, months):
    """The pages by language, before a browser's event loop begins."""
    found = {}
    for language in ("zh-hans", "en"):
        client = browser(crew["security_admin"].staff)
        names = (
            "/trail/months/",
            *(f"/trail/months/{month}/" for month in months),
            "/trail/holds/",
        )
        asked = {name: client.get(name, headers={"Accept-Language": language}) for name in names}
        found[language] = {name: answer.content.decode() for name, answer in asked.items()}
    return found


@pytest.mark.browser
@pytest.mark.parametrize("way", accessible.WAYS, ids=str)
def test_everybody_can_use_the_pages(drawn, chromium, way):
    """Axe finds nothing and nothing is wider than the screen, in every way of seeing them."""
    context = accessible.context(chromium, way)
    assert list(accessible.faults(context, way.width, drawn[way.language])) == []
    context.close()
