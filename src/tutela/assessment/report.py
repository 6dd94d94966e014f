"""The report of an assessment as a Word file, in the active language."""

import re
from collections.abc import Callable, Collection, Sequence
from io import BytesIO
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from docx.document import Document as Paper
from docx.shared import Cm, Pt

from tutela.base import clock
from tutela.base.language import reads_chinese
from tutela.base.paper import add_notice, add_table, new_paper
from tutela.programme.models import Measure, Target
from tutela.proof.models import Attachment
from tutela.proof.rules import is_expired

from . import compare, pages, queries, words
from .controls import MEASURES, Control
from .models import Assessment
from .pages import Row
from .rules import Tally, Verdict

_CHINESE: Final = "Microsoft YaHei"

_CHINESE_NUMBERS: Final = "〇一二三四五六七八九十"
_GAPS: Final = {
    Verdict.PARTLY,
    Verdict.NOT_MET,
    Verdict.OVERDUE,
    Verdict.NO_DATA,
    Verdict.AT_RISK,
    Verdict.EXPIRED,
    Verdict.UNRATED,
}


def docx_of(assessment: Assessment) -> bytes:
    """The report as bytes of a docx file."""
    title = _("Annual assessment of customer information protection")
    mark = (
        str(assessment.year)
        if assessment.closed_at
        else _("%(year)s, not final") % {"year": assessment.year}
    )
    company = settings.TUTELA_COMPANY
    paper = new_paper(title=title, company=company, east=_CHINESE, mark=mark)
    rows = [pages.row(line) for line in queries.lines(assessment)]
    tally = queries.tally([row.line for row in rows])
    chapters: tuple[tuple[str, Callable[[], None]], ...] = (
        (_("Scope and method"), lambda: _scope(paper, assessment, rows)),
        (_("Summary"), lambda: _summary(paper, tally)),
        (_("Results by measure"), lambda: _measures(paper, rows)),
        (_("Live readings"), lambda: _live(paper, assessment, rows)),
        (_("Gaps"), lambda: _gaps(paper, rows)),
        (_("Open risks"), lambda: _risks(paper)),
        (_("Compared with the last closed assessment"), lambda: _compared(paper, assessment, rows)),
        (_("All controls"), lambda: _controls(paper, rows)),
        (_("Clause numbers to verify"), lambda: _unverified(paper, rows)),
        (_("Signatures"), lambda: _signatures(paper, assessment)),
    )
    _cover(paper, assessment, title, [name for name, _write in chapters])
    for place, (name, write) in enumerate(chapters, 1):
        heading = paper.add_heading(_chapter(place, name), 1)
        heading.paragraph_format.page_break_before = place == 1
        write()
    file = BytesIO()
    paper.save(file)
    return file.getvalue()


def _chapter(place: int, name: str) -> str:
    """A chapter's name, numbered as usual in the active language."""
    return f"{_CHINESE_NUMBERS[place]}、{name}" if reads_chinese() else f"{place}  {name}"


def _cover(paper: Paper, assessment: Assessment, title: str, chapters: Sequence[str]) -> None:
    """Company, title, year, facts and contents, on a page without header."""
    paper.sections[0].different_first_page_header_footer = True
    above = paper.add_paragraph(settings.TUTELA_COMPANY, style="Subtitle")
    above.paragraph_format.space_before = Pt(90)
    paper.add_heading(title, 0).paragraph_format.space_after = Pt(6)
    paper.add_paragraph(str(assessment.year), style="Subtitle").paragraph_format.space_after = Pt(
        36
    )
    facts = [
        (_("Year"), str(assessment.year)),
        (_("State"), str(words.STATES[assessment.state])),
        (_("Submitted"), _signed(assessment.submitted_by, assessment.submitted_at)),
        (_("Confirmed"), _signed(assessment.closed_by, assessment.closed_at)),
        (_("Report created at"), _moment(clock.now())),
    ]
    add_table(paper, (), facts)
    if assessment.closed_at is None:
        add_notice(
            paper,
            _(
                "This is not the final report: the assessment has not been confirmed by "
                "a second person yet."
            ),
        )
    first = paper.add_paragraph()
    first.paragraph_format.space_before = Pt(24)
    first.add_run(_("Contents")).bold = True
    for place, name in enumerate(chapters, 1):
        paper.add_paragraph(_chapter(place, name)).paragraph_format.space_after = Pt(2)


def _scope(paper: Paper, assessment: Assessment, rows: Sequence[Row]) -> None:
    live = sum(bool(row.line.rating.live) for row in rows)
    paper.add_paragraph(
        _(
            "The assessment covers the protection of customer information over its "
            "whole life cycle (collection, storage, use, transmission and destruction) "
            "under the seven measures of the policy."
        )
    )
    paper.add_paragraph(
        _(
            "Control set version %(number)s has %(count)s controls, in our own words, "
            "with the clause numbers of GB/T 22239-2019 (level 3), JR/T 0171-2020 and "
            "ISO/IEC 27001:2022 Annex A that they correspond to."
        )
        % {"number": assessment.control_set, "count": len(rows)}
    )
    paper.add_paragraph(
        _(
            "%(live)s controls follow a reading computed from evidence and are not "
            "rated by hand. %(typed)s are rated by a person, with cited evidence or "
            "files. A control without data, or whose evidence has expired, does not "
            "count as met."
        )
        % {"live": live, "typed": len(rows) - live}
    )
    paper.add_paragraph(
        _(
            "The clause numbers were checked against public sources, not against the "
            "official texts. Those confirmed by one source only, or by none, are "
            "listed near the end under “%(chapter)s”."
        )
        % {"chapter": _("Clause numbers to verify")}
    )


def _unverified(paper: Paper, rows: Sequence[Row]) -> None:
    """The standards' numbers that fewer than two public sources confirm."""
    controls = [row.line.control for row in rows]
    single = {number for control in controls for number in control.single}
    unverified = {number for control in controls for number in control.unverified}
    parts = (
        (
            _(
                "No public source confirms these clause numbers; check the official text "
                "before citing them."
            ),
            unverified,
        ),
        (
            _("Only one public source confirms these; check the official text before citing them."),
            single,
        ),
    )
    for sentence, numbers in parts:
        if numbers:
            paper.add_paragraph(sentence).paragraph_format.keep_with_next = True
            add_table(paper, (), _by_standard(numbers))
    if not single | unverified:
        paper.add_paragraph(_("Nothing."))


def _by_standard(numbers: Collection[str]) -> list[tuple[str, str]]:
    """Each standard with its numbers in order."""
    by_standard: dict[str, list[str]] = {}
    for cited in sorted(numbers, key=_in_order):
        standard, _space, number = cited.rpartition(" ")
        by_standard.setdefault(standard, []).append(number)
    return [(standard, "  ".join(of_standard)) for standard, of_standard in by_standard.items()]


def _in_order(number: str) -> list[tuple[int, str]]:
    """8.1.2 before 8.1.10."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"[. ]", number)]


def _summary(paper: Paper, tally: Tally) -> None:
    share = words.amount(tally.share, "percent")
    paper.add_paragraph(
        _("Compliance rate of the applicable controls (partly met counts half): %(share)s")
        % {"share": share}
    )
    order = (
        (Verdict.MET, tally.met),
        (Verdict.PARTLY, tally.partly),
        (Verdict.NOT_MET, tally.not_met),
        (Verdict.OVERDUE, tally.overdue),
        (Verdict.NO_DATA, tally.no_data),
        (Verdict.AT_RISK, tally.at_risk),
        (Verdict.EXPIRED, tally.expired),
        (Verdict.UNRATED, tally.unrated),
        (Verdict.NOT_APPLICABLE, tally.not_applicable),
    )
    lines = [(str(words.VERDICTS[verdict]), str(number)) for verdict, number in order]
    add_table(paper, (_("Rating"), _("Controls")), lines)


def _signed(person: object, at: object) -> str:
    return f"{getattr(person, 'name', '')} · {_moment(at)}" if person else _("pending")


def _moment(at: object) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")  # type: ignore[arg-type]  # set whenever a person is


def _measures(paper: Paper, rows: Sequence[Row]) -> None:
    field = "name_zh" if reads_chinese() else "name_en"
    names = dict(Measure.objects.values_list("code", field))
    counted = dict(pages.by_measure([row.line for row in rows]))
    lines = [
        (
            f"{code} {names.get(code, '')}".strip(),
            words.amount(tally.share, "percent"),
            *(str(number) for number in (tally.met, tally.partly, tally.lacking, tally.unrated)),
            str(tally.not_applicable),
        )
        for code in MEASURES
        for tally in (counted[code],)
    ]
    heads = (
        _("Measure"),
        _("Compliance rate"),
        _("Met"),
        _("Partly met"),
        _("Not met, no data or expired"),
        _("Not rated yet"),
        _("Does not apply"),
    )
    add_table(paper, heads, lines)


def _live(paper: Paper, assessment: Assessment, rows: Sequence[Row]) -> None:
    """The readings of live controls, each with the time it was read."""
    now, names = clock.now(), _target_names()
    lines = [
        (
            f"{row.line.control.code} {row.name}",
            names.get(row.line.rating.live, row.line.rating.live),
            row.reading,
            str(row.word),
            _moment(row.line.rating.read_at or now),
        )
        for row in rows
        if row.line.rating.live
    ]
    heads = (_("Control item"), _("Target"), _("Reading"), _("Rating"), _("Read at"))
    add_table(paper, heads, lines)
    if assessment.closed_at is None:
        paper.add_paragraph(_("Readings change with the evidence until the assessment is closed."))


def _gaps(paper: Paper, rows: Sequence[Row]) -> None:
    lines = [
        (row.line.control.code, row.name, str(row.word), row.reading or row.line.rating.note)
        for row in rows
        if Verdict(row.line.verdict) in _GAPS
    ]
    if lines:
        heads = (_("Control item"), _("Name of the control"), _("Rating"), _("Reading or note"))
        add_table(paper, heads, lines)
    else:
        paper.add_paragraph(_("Nothing."))


def _compared(paper: Paper, assessment: Assessment, rows: Sequence[Row]) -> None:
    before = queries.last_closed(assessment.year)
    if before is None:
        paper.add_paragraph(_("There is no earlier closed assessment."))
        return
    earlier = queries.lines(before)
    shares = [
        (str(year), words.amount(queries.tally(lines).share, "percent"))
        for year, lines in ((before.year, earlier), (assessment.year, [row.line for row in rows]))
    ]
    add_table(paper, (_("Year"), _("Compliance rate")), shares)
    steps = pages.steps(compare.pairs([row.line for row in rows], earlier))
    changed = [
        (step.control.code, step.name, str(step.before), str(step.now), words.CHANGES[step.change])
        for step in steps
        if step.change != compare.Change.SAME
    ]
    if changed:
        heads = (
            _("Control item"),
            _("Name of the control"),
            str(before.year),
            str(assessment.year),
        )
        add_table(paper, (*heads, _("Change")), [tuple(map(str, line)) for line in changed])
    else:
        paper.add_paragraph(_("All ratings are the same as in %(year)s.") % {"year": before.year})


def _risks(paper: Paper) -> None:
    name = "name_zh" if reads_chinese() else "name_en"
    lines = [
        (
            f"R{row.risk.number} {row.risk.title}",
            f"{row.risk.likelihood} × {row.risk.impact} · {row.word}",
            str(row.treatment),
            getattr(row.risk.owner, name),
            row.holds.until.isoformat() if row.holds else "–",
        )
        for row in pages.risk_rows(closed=False)
    ]
    if lines:
        heads = (_("Risk"), _("Risk level"), _("Treatment"), _("Owner"), _("Accepted until"))
        add_table(paper, heads, lines)
    else:
        paper.add_paragraph(_("The register contains no open risks."))


def _controls(paper: Paper, rows: Sequence[Row]) -> None:
    names = _target_names()
    for row in rows:
        paper.add_heading(f"{row.line.control.code} {row.name}", 2)
        paper.add_paragraph(row.text).paragraph_format.keep_with_next = True
        add_table(paper, (), _facts(row, names), together=True)


def _target_names() -> dict[str, str]:
    """The names of the programme's targets by id, in the active language."""
    field = "name_zh" if reads_chinese() else "name_en"
    return dict(Target.objects.values_list("id", field))


def _facts(row: Row, names: dict[str, str]) -> list[tuple[str, str]]:
    """The facts of one control as pairs of name and text."""
    control, rating = row.line.control, row.line.rating
    rated_by = _signed(rating.rated_by, rating.rated_at) if rating.rated_by else ""
    pairs = [
        (_("Rating"), str(row.word)),
        (
            _("Reading"),
            f"{names.get(rating.live, rating.live)}: {row.reading}" if row.reading else "",
        ),
        (_("Remark"), rating.note),
        (_("Evidence"), rating.evidence),
        *((_("File"), _file(file, row)) for file in row.line.files),
        (_("Rated by"), rated_by),
        (_("Standards"), " · ".join(_standards(control))),
    ]
    return [(name, text) for name, text in pairs if text]


def _standards(control: Control) -> list[str]:
    """Each standard with the numbers that the control answers."""
    named = (
        ("GB/T 22239", control.mlps),
        ("JR/T 0171", control.jrt),
        ("ISO/IEC 27001 A", control.iso),
    )
    return [f"{name} {', '.join(numbers)}" for name, numbers in named if numbers]


def _file(file: Attachment, row: Row) -> str:
    """Name, day, expiry and hash of a file."""
    parts = [file.name, _("dated %(day)s") % {"day": file.evidence_date.isoformat()}]
    if file.expires:
        over = is_expired(file.expires, row.line.on)
        text = _("expired on %(day)s") if over else _("expires on %(day)s")
        parts.append(text % {"day": file.expires.isoformat()})
    return " · ".join([*parts, f"SHA-256 {file.sha256}"])


def _signatures(paper: Paper, assessment: Assessment) -> None:
    """Signatures given in Tutela, with space for handwritten ones."""
    lines = [
        (role, getattr(person, "name", ""), _moment(at) if at else "", "")
        for role, person, at in (
            (_("Submitted by"), assessment.submitted_by, assessment.submitted_at),
            (_("Confirmed by"), assessment.closed_by, assessment.closed_at),
            (_("Chair of the committee"), None, None),
        )
    ]
    heads = (_("Role"), _("Name"), _("Signed in Tutela"), _("Signature and date"))
    table = add_table(paper, heads, lines, shares=(0.24, 0.18, 0.24, 0.34))
    for row in table.rows[1:]:
        row.height = Cm(1.4)
