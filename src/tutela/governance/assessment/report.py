"""The report of an assessment as a Word file, in the active language."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Paper
from docx.oxml.ns import qn
from docx.shared import Pt

from tutela.base import clock

from . import compare, pages, queries, words
from .controls import MEASURES
from .models import Assessment
from .pages import Row
from .rules import Tally, Verdict

_FONTS: Final = ("Calibri", "Microsoft YaHei")
_GAPS: Final = {Verdict.PARTLY, Verdict.NOT_MET, Verdict.NO_DATA, Verdict.UNRATED}


def docx_of(held: Assessment) -> bytes:
    """The whole report: summary, gaps, each control, comparison, risks."""
    paper = _paper()
    rows = [pages.row(line) for line in queries.lines(held)]
    tally = queries.tally([row.line for row in rows])
    _front(paper, held, tally)
    _measures(paper, rows)
    _gaps(paper, rows)
    _compared(paper, held, rows)
    _risks(paper)
    _controls(paper, rows)
    file = BytesIO()
    paper.save(file)
    return file.getvalue()


def _paper() -> Paper:
    """An empty document whose letters both languages have."""
    paper = Document()
    style = paper.styles["Normal"]
    style.font.name, style.font.size = _FONTS[0], Pt(10.5)
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        fonts = paper.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), _FONTS[1])
    paper.core_properties.author = settings.TUTELA_COMPANY
    paper.core_properties.title = _("Yearly assessment of customer information protection")
    return paper


def _front(paper: Paper, held: Assessment, tally: Tally) -> None:
    paper.add_heading(_("Yearly assessment of customer information protection"), 0)
    if settings.TUTELA_COMPANY:
        paper.add_paragraph(settings.TUTELA_COMPANY)
    facts = [
        (_("Year"), str(held.year)),
        (_("State"), str(words.STATES[held.state])),
        (_("Handed in"), _signed(held.submitted_by, held.submitted_at)),
        (_("Confirmed"), _signed(held.closed_by, held.closed_at)),
        (_("Control set"), _("version %(number)s, %(count)s controls") % {
            "number": held.control_set, "count": tally.all}),
        (_("Made at"), _moment(clock.now())),
    ]  # fmt: skip
    _table(paper, (), facts)
    paper.add_heading(_("Summary"), 1)
    share = words.amount(tally.share, "percent")
    paper.add_paragraph(
        _("Met, with half for partly met, of the controls that apply: %(share)s") % {"share": share}
    )
    counts = [
        (str(words.VERDICTS[Verdict.MET]), str(tally.met)),
        (str(words.VERDICTS[Verdict.PARTLY]), str(tally.partly)),
        (str(words.VERDICTS[Verdict.NOT_MET]), str(tally.not_met)),
        (str(words.VERDICTS[Verdict.NO_DATA]), str(tally.no_data)),
        (str(words.VERDICTS[Verdict.UNRATED]), str(tally.unrated)),
        (str(words.VERDICTS[Verdict.NOT_APPLICABLE]), str(tally.not_applicable)),
    ]
    _table(paper, (_("Rating"), _("Controls")), counts)


def _signed(person: object, at: object) -> str:
    return f"{getattr(person, 'name', '')} · {_moment(at)}" if person else _("not yet")


def _moment(at: object) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")  # type: ignore[arg-type]  # set whenever a person is


def _measures(paper: Paper, rows: Sequence[Row]) -> None:
    paper.add_heading(_("By measure"), 1)
    counted = dict(pages.by_measure([row.line for row in rows]))
    lines = [
        (
            code,
            *(
                str(n)
                for n in (t.met, t.partly, t.not_met + t.no_data, t.unrated, t.not_applicable)
            ),
        )
        for code in MEASURES
        for t in (counted[code],)
    ]
    heads = (
        _("Measure"),
        _("Met"),
        _("Partly met"),
        _("Not met or no data"),
        _("Not rated yet"),
        _("Does not apply"),
    )
    _table(paper, heads, lines)


def _gaps(paper: Paper, rows: Sequence[Row]) -> None:
    paper.add_heading(_("What is missing"), 1)
    lines = [
        (row.line.control.code, row.name, str(row.word), row.reading or row.line.rating.note)
        for row in rows
        if Verdict(row.line.verdict) in _GAPS
    ]
    if lines:
        _table(
            paper,
            (_("Control item"), _("Name of the control"), _("Rating"), _("Reading or note")),
            lines,
        )
    else:
        paper.add_paragraph(_("Nothing."))


def _compared(paper: Paper, held: Assessment, rows: Sequence[Row]) -> None:
    before = queries.last_closed(held.year)
    paper.add_heading(_("Compared with the last closed assessment"), 1)
    if before is None:
        paper.add_paragraph(_("There is no earlier closed assessment."))
        return
    steps = pages.steps(compare.pairs([row.line for row in rows], queries.lines(before)))
    lines = [
        (step.control.code, step.name, str(step.before), str(step.now))
        for step in steps
        if step.change != compare.Change.SAME
    ]
    if lines:
        _table(
            paper,
            (_("Control item"), _("Name of the control"), str(before.year), str(held.year)),
            lines,
        )
    else:
        paper.add_paragraph(_("Every control is rated as in %(year)s.") % {"year": before.year})


def _risks(paper: Paper) -> None:
    paper.add_heading(_("Open risks"), 1)
    name = "name_zh" if words.chinese() else "name_en"
    lines = [
        (
            f"R{one.risk.number} {one.risk.title}",
            f"{one.risk.likelihood} × {one.risk.impact} · {one.word}",
            str(one.treatment),
            getattr(one.risk.owner, name),
            one.holds.until.isoformat() if one.holds else "–",
        )
        for one in pages.risk_rows(closed=False)
    ]
    if lines:
        heads = (_("Risk"), _("Grade"), _("Treatment"), _("Owner"), _("Accepted until"))
        _table(paper, heads, lines)
    else:
        paper.add_paragraph(_("The register holds no open risk."))


def _controls(paper: Paper, rows: Sequence[Row]) -> None:
    paper.add_heading(_("All controls"), 1)
    for row in rows:
        control, rating = row.line.control, row.line.rating
        paper.add_heading(f"{control.code} {row.name}", 2)
        paper.add_paragraph(row.text)
        facts = [(_("Rating"), str(row.word))]
        if row.reading:
            facts.append((_("Reading"), f"{rating.live}: {row.reading}"))
        if rating.note:
            facts.append((_("Remark"), rating.note))
        if rating.evidence:
            facts.append((_("Evidence"), rating.evidence))
        if rating.rated_by:
            facts.append((_("Rated by"), _signed(rating.rated_by, rating.rated_at)))
        facts += [
            (standard, ", ".join(numbers))
            for standard, numbers in (
                ("GB/T 22239", control.mlps),
                ("JR/T 0171", control.jrt),
                ("ISO/IEC 27001 A", control.iso),
            )
            if numbers
        ]
        _table(paper, (), facts)


def _table(paper: Paper, heads: Sequence[str], lines: Iterable[Sequence[str]]) -> None:
    """A table with a bold head line, if it has one, and a line of texts each."""
    given = [tuple(heads)] if heads else []
    given += [tuple(line) for line in lines]
    table = paper.add_table(rows=len(given), cols=len(given[0]), style="Table Grid")
    # One pass over the cells: asking a table for a cell by its place is slow.
    cells = table._cells  # noqa: SLF001 the library's own fast way
    for cell, text in zip(cells, (text for line in given for text in line), strict=True):
        cell.text = text
    for cell in cells[: len(heads)]:
        for run in cell.paragraphs[0].runs:
            run.bold = True
    paper.add_paragraph()
