"""Two versions side by side: what went, what came, in words as well as in colour."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.console.stage import browser, text
from tests.documents import steps
from tutela.documents import difference
from tutela.documents.actions import drafts, reviews
from tutela.documents.difference import Piece, Row

OLD = "# 制度\n第一条 每年培训一次。\n第二条 保存六个月。\n第三条 不变。"
NEW = "# 制度\n第一条 每年培训两次。\n第三条 不变。\n第四条 新的。"
LINES = ("", "  ", "第一条", "第一条 培训", "第二条 培训一次", "a b", "a c", "encrypt", "x y z ")
TEXTS = st.lists(st.sampled_from(LINES), max_size=8).map("\n".join)


def marked(row: Row) -> str:
    return "".join(piece.text for piece in row.pieces if piece.marked)


def test_a_changed_line_marks_the_signs_that_changed() -> None:
    """In Chinese a sign, in Latin letters a word."""
    gone, come = [row for row in difference.compare(OLD, NEW) if row.kind != "same"][:2]
    assert (marked(gone), marked(come)) == ("一", "两")
    rows = difference.compare("keep it for six months", "keep it for twelve months")
    assert [marked(row) for row in rows] == ["six", "twelve"]


def test_lines_with_little_in_common_go_and_come_whole() -> None:
    """A patchwork of two sentences helps nobody."""
    rows = difference.compare("encrypt all backups", "第二条")
    assert rows == [
        Row("removed", (Piece("encrypt all backups", marked=False),)),
        Row("added", (Piece("第二条", marked=False),)),
    ]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_off_the_rows(old: str, new: str) -> None:
    """Nothing is lost and nothing invented, folded or not."""
    rows = difference.compare(old, new)
    told = ["".join(piece.text for piece in row.pieces) for row in rows]
    before = [line for row, line in zip(rows, told, strict=True) if row.kind != "added"]
    after = [line for row, line in zip(rows, told, strict=True) if row.kind != "removed"]
    assert (before, after) == (difference._lines(old), difference._lines(new))
    shown = [row for stretch in difference.folded(rows) for row in stretch.rows]
    assert shown == rows


def test_what_stays_far_from_a_change_is_folded() -> None:
    """Two lines around it stay open."""
    lines = [f"line {n}" for n in range(20)]
    rows = difference.compare("\n".join(lines), "\n".join([*lines[:10], "x y z", *lines[10:]]))
    assert [(len(s.rows), s.folded) for s in difference.folded(rows)] == [
        (8, True), (5, False), (8, True),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def two(people):
    """A document with two published versions."""
    first = steps.published(people, text_zh=OLD, text_en="# Policy\nOne a year")
    draft = steps.draft(text_zh=NEW, text_en="# Policy\nTwo a year", change="两次培训")
    second = drafts.draft_version(people.drafter.actor, first.document_id, draft)
    reviews.submit(people.drafter.actor, second.id)
    for who in (people.first, people.second):
        reviews.approve(who.actor, second.id)
    return reviews.publish(people.drafter.actor, second.id)


@pytest.mark.parametrize(("spoken", "gone", "come"), [("zh", "一", "两"), ("en", "One", "Two")])
def test_the_page_says_in_words_what_went_and_came(people, two, spoken, gone, come) -> None:
    """Marked by elements that readers for the blind know, and by signs, not by colour only."""
    client = browser(people.clerk.staff)
    client.cookies["django_language"] = "en"
    page = text(client.get(f"/documents/{two.document_id}/compare/?text={spoken}"))
    assert f"<del>{gone}</del>" in page
    assert f"<ins>{come}</ins>" in page
    assert "removed:" in page
    assert "added:" in page


def test_the_order_of_asking_does_not_matter(people, two) -> None:
    """The older one is always the first; an unknown number falls back to the newest pair."""
    client = browser(people.drafter.staff)
    client.cookies["django_language"] = "en"
    for query in ("old=2&new=1", "old=1&new=2", "old=77&new=x", ""):
        page = text(client.get(f"/documents/{two.document_id}/compare/?{query}"))
        assert "Version 1 compared with version 2" in page


def test_one_version_alone_is_not_compared_and_drafts_stay_hidden(people, two) -> None:
    """For a clerk a draft does not exist."""
    alone = steps.published(people)
    drafts.draft_version(people.drafter.actor, alone.document_id, steps.draft(text_zh="# x\ny"))
    address = f"/documents/{alone.document_id}/compare/"
    assert browser(people.clerk.staff).get(address).status_code == 404
    assert browser(people.drafter.staff).get(address).status_code == 200


def test_a_line_too_long_to_compare_is_told_whole() -> None:
    """A pasted book would keep the server busy for minutes."""
    old, new = "培训 " * 3_000, "培训 " * 2_999 + "两次"
    assert [row.kind for row in difference.compare(old, new)] == ["removed", "added"]
