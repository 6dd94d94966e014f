"""The pages of feeds: what each post sees and may do, the preview, and what stands beside the trail's entries."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.console.stage import browser
from tests.feeds.conftest import HEADER, PHONE, at, local, looks
from tutela.feeds.models import Account, Feed, FeedKey

ENGLISH = {"accept-language": "en"}
ROW = "{at},{who},C00001,,,,{n}"


class Reader:
    """A browser of one person that reads English. There is one client for all, so it signs in each time."""

    def __init__(self, member) -> None:
        self.member = member

    def get(self, where, data=None):
        return browser(self.member.staff).get(where, data, headers=ENGLISH)

    def post(self, where, data=None):
        return browser(self.member.staff).post(where, data, headers=ENGLISH)


@pytest.fixture
def manager(ground) -> Reader:
    return Reader(ground.manager)


@pytest.fixture
def auditor(ground) -> Reader:
    return Reader(ground.auditor)


@pytest.fixture(scope="module")
def feed(ground) -> Feed:
    feed = ground.register("paged")
    rows = [ROW.format(at=local(at(1, n)), who="u_wang", n=n) for n in (1, 2, 5)]
    rows.append(ROW.format(at=local(at(1, 6)), who=ground.clerk.staff.login, n=6))
    ground.deliver(feed, "\n".join([HEADER, *rows]))
    return feed


def file(text: str, name: str = "looks.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), content_type="text/csv")


def form(**more: object) -> dict[str, object]:
    return {
        "name": "new-feed", "system": "New core", "reader": "csv", "silent": 60, "zone": "Asia/Shanghai",
        "encoding": "utf-8", "delimiter": ",", "column_at": "time", "column_person": "user",
        "column_customer_number": "customer", "actions": "导出 = export", "fields_always": "name, phone",
        "objects": "", **more,
    }  # fmt: skip


def test_the_list_tells_what_is_missing(feed, manager, auditor):
    """Who may deliver does not see whether customers are known."""
    told = auditor.get(reverse("feeds-list-feeds")).content.decode()
    assert "Core paged" in told
    assert "100" in told
    assert "not for your post" not in told
    shown = manager.get(reverse("feeds-list-feeds")).content.decode()
    assert "not for your post" in shown


def test_one_feed_shows_gaps_accounts_and_deliveries(feed, auditor):
    """3 and 4 did not come."""
    page = auditor.get(reverse("feeds-view-feed", args=[feed.name])).content.decode()
    assert "Accounts without a person: 1" in page
    assert re.search(r'<td class="num">3</td>\s*<td class="num">2</td>', page)
    assert "u_wang" in auditor.get(reverse("feeds-list-accounts")).content.decode()


def test_a_sample_is_shown_masked_before_anything_is_registered(manager):
    """Kinds of values, never values; and the columns of a file whose mapping is not there yet."""
    text = f"{HEADER}\n{local(at())},{PHONE},C00001,{PHONE},,导出,1\n"
    answer = manager.post(
        reverse("feeds-register-feed"),
        form(preview="1", column_phone="phone", column_action="op", sample=file(text)),
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "138****8017" in page
    assert "exported" in page
    assert PHONE not in page
    assert "C00001" not in page
    empty = form(preview="1", column_at="", sample=file(text))
    page = manager.post(reverse("feeds-register-feed"), empty).content.decode()
    assert "columns.at" not in page, "the field's name, at the field"
    assert "check Column: Time of access. (feeds.mapping_wrong)" in page
    assert re.search(r'name="column_at"[^>]*aria-invalid="true"', page)
    assert "idno" in page
    assert not Feed.objects.filter(name="new-feed").exists()


def test_a_feed_is_registered_changed_and_fed_by_page(manager, ground):
    """The form's refusals stand at their fields."""
    bad = manager.post(reverse("feeds-register-feed"), form(zone="Mars/Base"))
    assert (bad.status_code, "feeds.zone_unknown" in bad.content.decode()) == (422, True)
    assert manager.post(reverse("feeds-register-feed"), form()).status_code == 302
    again = manager.post(reverse("feeds-register-feed"), form())
    assert "feeds.feed_exists" in again.content.decode()
    page = reverse("feeds-view-feed", args=["new-feed"])
    sent = manager.post(page, {"file": file(f"time,user,customer\n{local(at())},u1,C00001\n")})
    assert sent.status_code == 302
    cut = manager.post(page, {"file": file('time,user,customer\n2026,"u1')})
    assert (cut.status_code, "feeds.line_cut" in cut.content.decode()) == (422, True)
    feed = Feed.objects.get(name="new-feed")
    (leaf,) = looks(feed)
    assert leaf.detail["door"] == "file"
    change = reverse("feeds-change-feed", args=["new-feed"])
    assert "导出 = export" in manager.get(change).content.decode()
    assert manager.post(change, form(system="Renamed")).status_code == 302
    assert Feed.objects.get(name="new-feed").system == "Renamed"


def test_a_key_is_shown_once_and_revoked(manager, feed):
    """The page of the feed shows its id alone."""
    made = manager.post(reverse("feeds-make-key", args=[feed.name]), {"kind": "hmac"})
    secret = re.search(r'text-break">([A-Za-z0-9+/=]{44})<', made.content.decode())
    assert secret
    page = manager.get(reverse("feeds-view-feed", args=[feed.name])).content.decode()
    assert secret[1] not in page
    key = FeedKey.objects.get(feed=feed)
    assert str(key.id) in page
    manager.post(reverse("feeds-revoke-key", args=[key.id]))
    assert FeedKey.objects.get(feed=feed).revoked_at


def test_an_account_is_matched_and_its_next_look_names_the_person(manager, ground, feed):
    """What came before stays as it was told; the trail's page says who it is."""
    account = Account.objects.get(feed=feed, shown="u_wang")
    where = reverse("feeds-match-account", args=[account.id])
    assert manager.post(where, {"person": "nobody-here"}).status_code == 422
    assert manager.post(where, {"person": ground.clerk.staff.login}).status_code == 302
    ground.deliver(feed, f"{HEADER}\n{ROW.format(at=local(at(0.5)), who='u_wang', n=7)}\n")
    assert looks(feed)[-1].actor_id == ground.clerk.actor.id


def test_the_trail_marks_what_is_from_outside(auditor, ground, feed):
    """On the list, on the page of the customer, and in the files."""
    trail = auditor.get(reverse("trail-search-leaves"), {"event": "looks.outside"}).content.decode()
    assert "Core paged" in trail
    assert trail.count("bg-azure-lt") >= 4
    page = auditor.get(reverse("trail-view-customer", args=[ground.customers[0]])).content.decode()
    assert "in other systems" in page
    assert "u_wang" in page
    file = auditor.get(reverse("trail-search-leaves"), {"event": "looks.outside", "export": "csv"})
    text = b"".join(file.streaming_content).decode()
    assert "Core paged" in text
    person = auditor.get(
        reverse("trail-view-person", args=[ground.clerk.staff.id])
    ).content.decode()
    assert "Core paged" in person


@pytest.mark.parametrize("post", ["clerk", "carrier"])
def test_who_may_not_manage_is_refused(ground, feed, post):
    """Pages ask, and so do their buttons."""
    client = Reader(getattr(ground, post))
    assert client.get(reverse("feeds-register-feed")).status_code == 403
    assert client.post(reverse("feeds-close-feed", args=[feed.name])).status_code == 403
    assert (
        client.post(reverse("feeds-make-key", args=[feed.name]), {"kind": "hmac"}).status_code
        == 403
    )
    expected = 403 if post == "clerk" else 200
    assert client.get(reverse("feeds-list-feeds")).status_code == expected
