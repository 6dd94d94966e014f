"""The pages on which attendance is corrected and signed, in both languages."""

from datetime import timedelta

import pytest

from tests.committee.test_correct_attendance import ONE, close, correct, resolve
from tests.console.stage import browser, text
from tutela.base import clock
from tutela.committee import queries

WORDS = {
    "zh-hans": ("未达法定人数", "首次登记", "更正 1", "会签更正", "请先填写文字"),
    "en": ("passed without a quorum", "First record", "Correction 1", "Sign correction", "Write"),
}  # fmt: skip


def opened(member, language):
    client = browser(member.staff)
    client.cookies["django_language"] = language
    return client


def sent(table, *posts, **facts):
    """What the form sends: every seat of the committee, filled or absent."""
    filled = {f"seat_{seat}": str(who) for seat, who in table.present(*posts).items()}
    return {**{f"seat_{seat.id}": "" for seat in table.seats.values()}, **filled, **facts}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_correction_is_made_and_read_on_the_page(table, held, language):
    """The form starts with the record; afterwards both records and the mark are there."""
    resolve(table, held, yes=2)
    mark, first, second, *_rest = WORDS[language]
    client, page = opened(table.chair, language), f"/committee/meetings/{held.id}/"
    assert f"{page}correct/" in text(client.get(page))
    form = text(client.get(f"{page}correct/"))
    assert f'value="{table.chair.staff.id}" selected' in form
    answer = client.post(f"{page}correct/", sent(table, *ONE, reason="<b>left</b>"))
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    shown = text(client.get(page))
    assert all(word in shown for word in (mark, first, second, "&lt;b&gt;left&lt;/b&gt;"))
    assert mark in text(client.get(f"/committee/{table.committee.id}/"))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_second_person_signs_on_the_page(table, held, language):
    """The drafter sees no button; the other finds it under my work, presses it, and it counts."""
    close(table, held)
    draft, page = correct(table, held, *ONE), f"/committee/meetings/{held.id}/"
    address, button = f"/committee/corrections/{draft.id}/sign/", WORDS[language][3]
    own = text(opened(table.chair, language).get(page))
    assert (address in own, f"/corrections/{draft.id}/drop/" in own) == (False, True)
    assert f"{page}#records" not in text(opened(table.chair, language).get("/my-work/"))
    client = opened(table.compliance, language)
    assert f"{page}#records" in text(client.get("/my-work/"))
    assert f"{page}#records" in text(client.get(f"/committee/{table.committee.id}/"))
    assert button in text(client.get(page))
    assert client.post(address).headers["Location"] == page
    assert queries.record(held).count() == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Posts that may sign: "),
        ("zh-hans", "可会签的岗位："),
    ],
)
def test_the_drafter_reads_who_may_sign(table, held, language, said):
    """By post, before the correction is written and while it waits, and that the drafter cannot."""
    close(table, held)
    client, page = opened(table.chair, language), f"/committee/meetings/{held.id}/"
    chinese = language == "zh-hans"
    posts = [seat.post.name_zh if chinese else seat.post.name_en for seat in table.seats.values()]
    before = text(client.get(f"{page}correct/"))
    correct(table, held, *ONE)
    for shown in (before, text(client.get(page))):
        sentence = shown.split(said)[1].split("</")[0]
        assert [name in sentence for name in posts] == [True, True, False]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_is_refused_stands_in_the_form(table, held, language):
    """A blank reason, a stranger in a seat, nothing new: 422 with the sentence, and no record."""
    client, page = opened(table.chair, language), f"/committee/meetings/{held.id}/correct/"
    seat = next(iter(table.present("system_admin")))
    junk = [
        sent(table, *ONE, reason=" "),
        {**sent(table, *ONE, reason="Why"), f"seat_{seat}": str(table.clerk.staff.id)},
        {**sent(table, *ONE, reason="Why"), f"seat_{seat}": "x\x00"},
        sent(table, "security_admin", "compliance_officer", reason="The same"),
        sent(table, *ONE, reason="x" * 301),
    ]
    assert {client.post(page, one).status_code for one in junk} == {422}
    assert not held.corrections.exists()


def test_readers_see_the_records_and_no_button(table, held, monkeypatch):
    """Who may only read may not correct; a clerk sees nothing of it."""
    correct(table, held, *ONE)
    page = f"/committee/meetings/{held.id}/"
    shown = text(opened(table.it, "en").get(page))
    assert "First record" in shown
    assert f"{page}correct/" not in shown
    monkeypatch.undo()  # refusals are traced, and the trail takes no clock that has run ahead
    for member in (table.it, table.clerk):
        client = opened(member, "en")
        assert client.get(f"{page}correct/").status_code == 403
        assert client.post(f"{page}correct/", {"reason": "x"}).status_code == 403
        for verb in ("sign", "drop"):
            assert client.post(f"/committee/corrections/1/{verb}/").status_code == 403


def test_a_meeting_that_is_only_called_leads_back_to_itself(table):
    """Nothing is recorded, so nothing can be corrected."""
    page = f"/committee/meetings/{table.call(clock.now() + timedelta(hours=1)).id}/"
    client = opened(table.chair, "en")
    assert client.get(f"{page}correct/").headers["Location"] == page
    refused = client.post(f"{page}correct/", {"reason": "Why"})
    assert (refused.status_code, "Record it first" in text(refused)) == (422, True)
