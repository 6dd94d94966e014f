"""A Word file that a regulator prints: its paper, its letters, its lines, and tables that fit."""

from io import BytesIO

import pytest
from django.utils import translation
from docx import Document
from docx.document import Document as Paper
from docx.oxml.ns import qn
from docx.shared import Length, Pt

from tutela.base.paper import add_notice, add_table, begin_part, new_paper

COMPANY = "江海人寿保险股份有限公司"


@pytest.fixture(params=["zh-hans", "en"])
def language(request):
    """Each of the two."""
    with translation.override(request.param):
        yield request.param


def paper(**others: str) -> Paper:
    told = {"title": "Report", "company": COMPANY, "east": "宋体", "mark": "2026", **others}
    return new_paper(**told)


def kept(of: Paper) -> Paper:
    """As Word reads it again."""
    file = BytesIO()
    of.save(file)
    return Document(BytesIO(file.getvalue()))


def widths(table) -> list[float]:
    return [Length(column.width).cm for column in table.columns]


def test_the_sheet_is_a4_and_names_company_title_and_mark(language):
    """One sheet on a desk tells where it comes from and how many there are."""
    section = kept(paper()).sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert section.header.paragraphs[0].text == f"{COMPANY} · Report\t2026"
    footer = section.footer.paragraphs[0]
    assert footer.text.startswith("第" if language == "zh-hans" else "Page")
    assert footer._p.xml.count("fldSimple w:instr") == 2


def test_a_company_that_stands_in_the_title_is_not_told_twice(language):
    """As in the policies that Tutela brings."""
    section = kept(paper(title=f"{COMPANY}管理制度")).sections[0]
    assert section.header.paragraphs[0].text.count(COMPANY) == 1


def test_no_style_asks_for_the_letters_of_a_theme(language):
    """A theme's letters win over named ones: Word would show Chinese headings in a Japanese font."""
    root = kept(paper(east_heads="黑体")).styles.element
    assert not [
        name
        for fonts in root.iter(qn("w:rFonts"))
        for name in fonts.attrib
        if name.endswith("Theme")
    ]
    named = {
        style.get(qn("w:styleId")): fonts.get(qn("w:eastAsia"))
        for style in root.iter(qn("w:style"))
        for fonts in style.iter(qn("w:rFonts"))
    }
    assert named["Normal"] == "宋体"
    assert named["Title"] == named["Heading1"] == named["Heading2"] == "黑体"
    plain = next(root.iter(qn("w:docDefaults")))
    assert next(plain.iter(qn("w:rFonts"))).get(qn("w:eastAsia")) == "宋体"
    assert next(plain.iter(qn("w:lang"))).get(qn("w:eastAsia")) == "zh-CN"


def test_a_table_repeats_its_head_and_tears_no_line(language):
    """On every page the reader knows what a column is."""
    of = paper()
    add_table(of, ("A", "B"), [("text", str(number)) for number in range(200)])
    table = kept(of).tables[0]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None


def test_a_short_table_stays_on_one_page_and_a_long_one_breaks(language):
    """Four lines are not spread over two sheets."""
    of = paper()
    for lines in (3, 60):
        add_table(of, ("A", "B"), [("x", "y")] * lines)
    short, long = kept(of).tables
    bound = [[row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
             for table in (short, long)]  # fmt: skip
    assert bound[0] == [True, True, True, False]
    assert not any(bound[1])


@pytest.mark.parametrize(
    ("heads", "line"),
    [
        (("名称", "说明"), ("短", "长" * 400)),
        (("Hash", "Note"), ("f" * 64, "short")),
        (tuple(str(number) for number in range(20)), ("Confidentiality",) * 20),
        (("Only",), ("",)),
    ],
)
def test_a_table_is_never_wider_than_the_text(heads, line):
    """Whatever was typed: long words, many columns, nothing."""
    of = paper()
    add_table(of, heads, [line])
    held = kept(of)
    section, table = held.sections[0], held.tables[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert sum(column.width for column in table.columns) <= room + Pt(1)
    assert table.autofit is False
    assert min(widths(table)) > 0.5
    assert [cell.width for cell in table.rows[1].cells] == [one.width for one in table.columns]


def test_a_short_column_is_not_broken_for_a_long_one():
    """A name, a date and a state keep their line; the long text takes what is left."""
    of = paper()
    line = ("体系年度评估", "2026-11-23 04:41", "暂无数据", "说明" * 300)
    add_table(of, ("控制项", "时间", "评定", "说明"), [line])
    name, date, state, text = widths(kept(of).tables[0])
    letter = 0.35  # centimetres, of ten points
    assert name > 6 * letter
    assert date > 16 * 0.5 * letter
    assert state > 4 * letter
    assert text > name + date + state


def test_numbers_end_at_one_edge_and_the_first_column_begins_at_one(language):
    """So that sizes are seen."""
    of = paper()
    add_table(of, ("Year", "Share", "State"), [("2025", "66.13 %", "met"), ("2026", "5 %", "9 no")])
    sides = [cell.paragraphs[0].alignment for cell in kept(of).tables[0].rows[1].cells]
    assert [side is not None and side.name for side in sides] == [False, "RIGHT", False]


def test_a_part_in_another_language_has_its_own_lines():
    """The English half of a file does not number its pages in Chinese."""
    with translation.override("zh-hans"):
        of = paper(title="证据包")
    with translation.override("en"):
        begin_part(of, title="Evidence pack", company=COMPANY, mark="2026")
    first, second = kept(of).sections
    assert first.footer.paragraphs[0].text.startswith("第")
    assert second.footer.paragraphs[0].text.startswith("Page")
    assert second.header.paragraphs[0].text.startswith(f"{COMPANY} · Evidence pack")


def test_a_notice_is_bold_and_red(language):
    """Nobody takes a draft for the rule."""
    of = paper()
    add_notice(of, "Draft\x01")
    run = kept(of).paragraphs[-1].runs[0]
    assert (run.text, run.bold, str(run.font.color.rgb)) == ("Draft ", True, "A3231D")
