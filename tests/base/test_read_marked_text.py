"""The marks of a policy's text become blocks, and nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tutela.base.marked_text import Block, blocks


@pytest.mark.parametrize(
    ("text", "block"),
    [
        ("## 第一章", Block("heading", text="第一章", level=2)),
        ("plain # text", Block("paragraph", text="plain # text")),
        ("#none", Block("paragraph", text="#none")),
        ("- a\n- b", Block("list", lines=("a", "b"))),
        ("| A | B |\n| --- | --- |\n| 1 | 2 |", Block("table", rows=(("A", "B"), ("1", "2")))),
    ],
)
def test_each_mark_has_its_block(text, block):
    """Headings, paragraphs, lists, tables."""
    assert blocks(text) == [block]


def test_a_table_has_its_head_first():
    """The line of dashes is no row."""
    (table,) = blocks("| A |\n| - |\n| 1 |\n| 2 |")
    assert (table.head, table.body) == (("A",), (("1",), ("2",)))


def test_blank_lines_part_two_lists():
    """What stands apart stays apart."""
    assert [block.kind for block in blocks("- a\n\n- b")] == ["list", "list"]


@given(some.text(max_size=200))
def test_no_text_breaks_the_reader(text):
    """Whatever somebody types, each block has something to show."""
    for block in blocks(text):
        assert block.text or block.lines or block.kind in {"list", "table"}
