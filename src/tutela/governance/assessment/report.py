"""The report of an assessment as a Word file, in the active language."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from docx.document import Document as Paper
from docx.enum.text import WD_BREAK

from tutela.base import clock
from tutela.governance.models import Attachment, Measure
from tutela.governance.paper import add_table, new_paper

from . import compare, pages, queries, rules, words
from .controls import MEASURES
from .models import Assessment
from .pages import Row
from .rules import Tally, Verdict

_CHINESE: Final = "Microsoft YaHei"
_POINTS: Final = 10.5
_GAPS: Final = {
    Verdict.PARTLY,
    Verdict.NOT_MET,
    Verdict.NO_DATA,
    Verdict.EXPIRED,
    Verdict.UNRATED,
}


def docx_of(held: Assessment) -> bytes:
    """The whole report, from the cover to the signatures."""
    title = _("Yearly assessment of customer information protection")
    paper = new_paper(title=title, company=settings.TUTELA_COMPANY, east=_CHINESE, points=_POINTS)
    rows = [pages.row(line) for line in queries.lines(held)]
    tally = queries.tally([row.line for row in rows])
    _cover(paper, held, title)
    _scope(paper, held, rows)
    _summary(paper, tally)
    _measures(paper, rows)
    _live(paper, held, rows)
    _gaps(paper, rows)
    _risks(paper)
    _compared(paper, held, rows)
    _controls(paper, rows)
    _signatures(paper, held)
    file = BytesIO()
    paper.save(file)
    return file.getvalue()


def _cover(paper: Paper, held: Assessment, title: str) -> None:
    paper.add_heading(title, 0)
    if settings.TUTELA_COMPANY:
        paper.add_paragraph(settings.TUTELA_COMPANY, style="Subtitle")
    facts = [
        (_("Year"), str(held.year)),
        (_("State"), str(words.STATES[held.state])),
        (_("Handed in"), _signed(held.submitted_by, held.submitted_at)),
        (_("Confirmed"), _signed(held.closed_by, held.closed_at)),
        (_("Report made at"), _moment(clock.now())),
    ]
    add_table(paper, (), facts, bold_first=True)
    if held.closed_at is None:
        paper.add_paragraph(
            _("This is not the final report: no second person has confirmed the assessment yet.")
        )
    paper.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _scope(paper: Paper, held: Assessment, rows: Sequence[Row]) -> None:
    paper.add_heading(_("Scope and method"), 1)
    live = sum(bool(row.line.rating.live) for row in rows)
    paper.add_paragraph(
        _(
            "Assessed is the protection of customers' information over its whole life: collection, "
            "storage, use, transmission and destruction, by the seven measures of the policy."
        )
    )
    paper.add_paragraph(
        _(
            "The control set in version %(number)s has %(count)s controls, in our own words, with the "
            "numbers of GB/T 22239-2019 (level 3), JR/T 0171-2020 and ISO/IEC 27001:2022 Annex A that "
            "they answer."
        )
        % {"number": held.control_set, "count": len(rows)}
    )
    paper.add_paragraph(
        _(
            "%(live)s controls follow a reading that is computed from evidence; nobody types their "
            "rating. %(typed)s are rated by a person, with named evidence or files. A control without "
            "data, or whose proof has expired, does not count as met."
        )
        % {"live": live, "typed": len(rows) - live}
    )
    paper.add_paragraph(
        _("The numbers were held against public sources, not against the official texts.")
    )
    controls = [row.line.control for row in rows]
    for sentence, found in (
        (
            _(
                "No public source gives these numbers; look them up before you cite them: %(numbers)s"
            ),
            {one for control in controls for one in control.unverified},
        ),
        (
            _(
                "One public source alone gives these numbers; look them up before you cite them: "
                "%(numbers)s"
            ),
            {one for control in controls for one in control.single},
        ),
    ):
        if found:
            paper.add_paragraph(sentence % {"numbers": ", ".join(sorted(found))})


def _summary(paper: Paper, tally: Tally) -> None:
    paper.add_heading(_("Summary"), 1)
    share = words.amount(tally.share, "percent")
    paper.add_paragraph(
        _("Met, with half for partly met, of the controls that apply: %(share)s") % {"share": share}
    )
    order = (
        (Verdict.MET, tally.met),
        (Verdict.PARTLY, tally.partly),
        (Verdict.NOT_MET, tally.not_met),
        (Verdict.NO_DATA, tally.no_data),
        (Verdict.EXPIRED, tally.expired),
        (Verdict.UNRATED, tally.unrated),
        (Verdict.NOT_APPLICABLE, tally.not_applicable),
    )
    lines = [(str(words.VERDICTS[verdict]), str(number)) for verdict, number in order]
    add_table(paper, (_("Rating"), _("Controls")), lines)


def _signed(person: object, at: object) -> str:
    return f"{getattr(person, 'name', '')} · {_moment(at)}" if person else _("not yet")


def _moment(at: object) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")  # type: ignore[arg-type]  # set whenever a person is


def _measures(paper: Paper, rows: Sequence[Row]) -> None:
    paper.add_heading(_("Results by measure"), 1)
    field = "name_zh" if words.chinese() else "name_en"
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
        _("Share met"),
        _("Met"),
        _("Partly met"),
        _("Not met, no data or expired"),
        _("Not rated yet"),
        _("Does not apply"),
    )
    add_table(paper, heads, lines)


def _live(paper: Paper, held: Assessment, rows: Sequence[Row]) -> None:
    """The readings that answer controls by themselves, each with the moment it was read."""
    paper.add_heading(_("Live readings"), 1)
    now = clock.now()
    lines = [
        (
            f"{row.line.control.code} {row.name}",
            row.line.rating.live,
            row.reading,
            str(row.word),
            _moment(row.line.rating.read_at or now),
        )
        for row in rows
        if row.line.rating.live
    ]
    heads = (_("Control item"), _("Target"), _("Reading"), _("Rating"), _("Read at"))
    add_table(paper, heads, lines)
    if held.closed_at is None:
        paper.add_paragraph(_("Readings change with the evidence until the assessment is closed."))


def _gaps(paper: Paper, rows: Sequence[Row]) -> None:
    paper.add_heading(_("What is missing"), 1)
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


def _compared(paper: Paper, held: Assessment, rows: Sequence[Row]) -> None:
    before = queries.last_closed(held.year)
    paper.add_heading(_("Compared with the last closed assessment"), 1)
    if before is None:
        paper.add_paragraph(_("There is no earlier closed assessment."))
        return
    earlier = queries.lines(before)
    shares = [
        (str(year), words.amount(queries.tally(lines).share, "percent"))
        for year, lines in ((before.year, earlier), (held.year, [row.line for row in rows]))
    ]
    add_table(paper, (_("Year"), _("Share met")), shares)
    steps = pages.steps(compare.pairs([row.line for row in rows], earlier))
    changed = [
        (step.control.code, step.name, str(step.before), str(step.now), words.CHANGES[step.change])
        for step in steps
        if step.change != compare.Change.SAME
    ]
    if changed:
        heads = (_("Control item"), _("Name of the control"), str(before.year), str(held.year))
        add_table(paper, (*heads, _("Change")), [tuple(map(str, line)) for line in changed])
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
        add_table(paper, heads, lines)
    else:
        paper.add_paragraph(_("The register holds no open risk."))


def _controls(paper: Paper, rows: Sequence[Row]) -> None:
    paper.add_heading(_("All controls"), 1)
    for row in rows:
        paper.add_heading(f"{row.line.control.code} {row.name}", 2)
        paper.add_paragraph(row.text)
        add_table(paper, (), _facts(row), bold_first=True)


def _facts(row: Row) -> list[tuple[str, str]]:
    """What is known of one control, as pairs of name and text."""
    control, rating = row.line.control, row.line.rating
    rated_by = _signed(rating.rated_by, rating.rated_at) if rating.rated_by else ""
    told = [
        (_("Rating"), str(row.word)),
        (_("Reading"), f"{rating.live}: {row.reading}" if row.reading else ""),
        (_("Remark"), rating.note),
        (_("Evidence"), rating.evidence),
        *((_("File"), _file(one, row)) for one in row.line.files),
        (_("Rated by"), rated_by),
        ("GB/T 22239", ", ".join(control.mlps)),
        ("JR/T 0171", ", ".join(control.jrt)),
        ("ISO/IEC 27001 A", ", ".join(control.iso)),
    ]
    return [(name, text) for name, text in told if text]


def _file(one: Attachment, row: Row) -> str:
    """Name, the day it speaks of, when its time is over, and its hash."""
    told = [one.name, _("of %(day)s") % {"day": one.evidence_date.isoformat()}]
    if one.expires:
        over = rules.over(one.expires, row.line.on)
        text = _("expired on %(day)s") if over else _("expires on %(day)s")
        told.append(text % {"day": one.expires.isoformat()})
    return " · ".join([*told, f"SHA-256 {one.sha256}"])


def _signatures(paper: Paper, held: Assessment) -> None:
    """Who signed in the product, with room for a hand's signature beside it."""
    paper.add_heading(_("Signatures"), 1)
    lines = [
        (role, getattr(person, "name", ""), _moment(at) if at else "", "")
        for role, person, at in (
            (_("Handed in by"), held.submitted_by, held.submitted_at),
            (_("Confirmed by"), held.closed_by, held.closed_at),
            (_("Chair of the committee"), None, None),
        )
    ]
    add_table(paper, (_("Role"), _("Name"), _("Signed in Tutela"), _("Signature and date")), lines)
