"""A pack's summary as HTML and DOCX, each in Chinese and English."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from tutela.base.paper import add_table, begin_part, fit, new_paper
from tutela.programme.judgements import Condition
from tutela.programme.words import CONDITIONS

from .words import ONE, UNITS

_CHINESE: Final = "Microsoft YaHei"

LANGUAGES: Final = (("zh-hans", "name_zh"), ("en", "name_en"))
PARAGRAPHS: Final = ("period", "how", "trail", "goals", "before", "key", "made")


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a summary: the manifest and its figures."""

    figures: Sequence[dict[str, Any]]
    manifest: dict[str, Any]


def as_html(content: Content) -> bytes:
    """One page without scripts or outside files."""
    parts = [_in(language, name, content) for language, name in LANGUAGES]
    context = {"parts": parts, "manifest": content.manifest}
    return render_to_string("scorecard/pack.html", context).encode()


def as_docx(content: Content) -> bytes:
    """The same as an office document: Chinese first, English on a new page."""
    parts = [_in(language, name, content) for language, name in LANGUAGES]
    company = content.manifest["company"]
    mark = " – ".join((content.manifest["begins"], content.manifest["ends"]))
    with translation.override(parts[0]["language"]):
        paper = new_paper(title=parts[0]["title"], company=company, east=_CHINESE, mark=mark)
    for place, part in enumerate(parts):
        if place:
            with translation.override(part["language"]):
                begin_part(paper, title=part["title"], company=company, mark=mark)
        paper.add_heading(fit(part["title"]), 0)
        for text in filter(None, (part[name] for name in PARAGRAPHS)):
            paper.add_paragraph(fit(text))
        add_table(paper, part["heads"], part["lines"])
        if part["since"]:
            paper.add_paragraph(fit(part["since"]))
        if part["changes"]:
            add_table(paper, part["change_heads"], part["changes"])
        paper.add_paragraph(fit(part["differs"]))
        if part["differences"]:
            add_table(paper, part["differ_heads"], part["differences"])
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()


def _in(language: str, name: str, content: Content) -> dict[str, Any]:
    manifest = content.manifest
    with translation.override(language):
        period = {"begins": manifest["begins"], "ends": manifest["ends"]}
        return {
            "language": language,
            "title": _("Evidence pack: %(company)s") % manifest
            if manifest["company"]
            else _("Evidence pack"),
            "period": _("From %(begins)s up to, not including, %(ends)s.") % period,
            "how": _(
                "Every figure can be recomputed from the rows in this pack; the "
                "program tutela-verify does so and checks the hashes and the signature."
            ),
            "trail": _trail(manifest["trail"]),
            "goals": _goals(manifest),
            "before": _before(manifest),
            "heads": [
                _("Target"),
                _("Goal"),
                _("In these days"),
                _("Judged by"),
                _("State"),
                _("Rows"),
                _("External"),
            ],
            "lines": [_line(figure, name) for figure in content.figures],
            "key": _("Signed by key %(key)s.") % {"key": manifest["key_id"]},
            "made": _("Created at %(at)s (%(zone)s) by Tutela %(version)s.")
            % {
                "at": _moment(manifest["written_at"]),
                "zone": manifest["time_zone"],
                "version": manifest["product"],
            },
            "since": _since(manifest),
            "change_heads": [_("Target"), _("Then"), _("Now"), _("Differences")],
            "changes": _changes(content, name),
            "differs": _differs(manifest),
            "differ_heads": [_("Target"), _("This pack"), _("Scorecard when it was made")],
            "differences": [
                [row[name], *(_condition(row[of]) for of in ("pack", "scorecard"))]
                for row in manifest["differs"]
            ],
        }


def _trail(result: dict[str, Any]) -> str:
    """The result of the verification of the access log."""
    facts = {
        "leaves": result["leaves"], "chains": result["chains"], "broken": result["broken"],
        "at": _moment(result["verified_at"]),
    }  # fmt: skip
    if result["broken"]:
        return (
            _(
                "THE ACCESS LOG IS BROKEN in %(broken)s places (verified at %(at)s): "
                "do not rely on figures computed from it. The manifest lists them."
            )
            % facts
        )
    return (
        _(
            "The access log was verified at %(at)s: %(leaves)s entries, all intact. "
            "The heads of its %(chains)s chains are in this pack."
        )
        % facts
    )


def _moment(iso: str, seconds: str = "") -> str:
    """A moment of the manifest in the company's time, to the minute, or with its seconds."""
    return timezone.localtime(datetime.fromisoformat(iso)).strftime("%Y-%m-%d %H:%M" + seconds)


def _since(manifest: dict[str, Any]) -> str:
    """How the figures differ from the previous pack of the same days; empty for the first pack."""
    earlier = manifest["earlier"]
    if not earlier:
        return ""
    facts = {"at": _moment(earlier["written_at"]), "hash": earlier["file_hash"][:16]}
    if not earlier["changes"]:
        return _("Nothing has changed since the pack of %(at)s (SHA-256 %(hash)s…).") % facts
    return _("Changes since the pack of %(at)s (SHA-256 %(hash)s…):") % facts


def _changes(content: Content, name: str) -> list[list[str]]:
    """Each changed figure: name, then, now, and what differs."""
    figures = {figure["target"]: figure for figure in content.figures}
    changes = (content.manifest["earlier"] or {}).get("changes", [])
    return [
        [
            figures[change["target"]][name],
            *(_state(change[when], figures[change["target"]]["unit"]) for when in ("then", "now")),
            _difference(change["then"], change["now"]),
        ]
        for change in changes
    ]


def _difference(then: dict[str, Any] | None, now: dict[str, Any]) -> str:
    """What differs, as text: an equal figure may consist of other rows."""
    if then is None:
        return _("new target")
    parts = {
        "value": _("the figure"), "numerator": _("components"),
        "denominator": _("components"), "evidence": _("the number of rows"),
        "outside": _("external rows"), "newest": _("latest row"),
    }  # fmt: skip
    other = dict.fromkeys(word for name, word in parts.items() if then[name] != now[name])
    listed = _(", ").join(other)
    if then["value"] != now["value"]:
        return listed
    return _("Figure unchanged; changed: %(parts)s") % {"parts": listed}


def _state(reading: dict[str, Any] | None, unit: str) -> str:
    """A figure as text: value, parts, number of rows."""
    if reading is None:
        return _("not in that pack")
    if reading["value"] is None:
        return _("no data")
    facts = {
        "value": figure_text(reading["value"], unit), "part": f"{reading['numerator']:,}",
        "whole": f"{reading['denominator']:,}", "rows": f"{reading['evidence']:,}",
        "newest": _moment(reading["newest"], ":%S") if reading["newest"] else "–",
    }  # fmt: skip
    if not reading["denominator"]:
        return _("%(value)s (rows: %(rows)s, latest %(newest)s)") % facts
    return _("%(value)s (%(part)s of %(whole)s, rows: %(rows)s, latest %(newest)s)") % facts


def _line(figure: dict[str, Any], name: str) -> list[str]:
    unit, judged = figure["unit"], figure["judged"]
    sign = "≥" if figure["direction"] == "at_least" else "≤"
    goal = f"{sign} {figure_text(figure['goal'], unit)}"
    counts = [f"{figure['evidence']:,}", f"{figure['outside']:,}"]
    actual, by = (_actual(part["value"], unit) for part in (figure, judged))
    last = date.fromisoformat(judged["ends"]) - timedelta(days=1)
    by = f"{by} ({judged['begins']} – {last.isoformat()})"
    return [figure[name], goal, actual, by, _condition(figure["status"]), *counts]


def _actual(value: float | None, unit: str) -> str:
    return _("no data") if value is None else figure_text(value, unit)


def _condition(name: str) -> str:
    return str(CONDITIONS[Condition(name)])


def _goals(manifest: dict[str, Any]) -> str:
    """By which figure a target is judged."""
    last = date.fromisoformat(manifest["ends"]) - timedelta(days=1)
    return _(
        "Each target is judged as on the scorecard at the end of %(last)s: by the figure of its own "
        "period (a goal by year by the year), which stands beside the figure of these days."
    ) % {"last": last.isoformat()}


def _before(manifest: dict[str, Any]) -> str:
    """How many rows are dated before the period, and where they are marked; empty for none."""
    marked = sum(manifest["before_period"].values())
    if not marked:
        return ""
    return _(
        "Rows dated before these days: %(count)s. They count where what they prove was still in "
        "effect, and are marked before_period in their files."
    ) % {"count": f"{marked:,}"}


def _differs(manifest: dict[str, Any]) -> str:
    """Whether the scorecard said something else at the moment when the pack was made, and why."""
    at = _moment(manifest["written_at"])
    if not manifest["differs"]:
        return _("The scorecard at %(at)s judged every target the same.") % {"at": at}
    return _(
        "The scorecard at %(at)s judged these targets otherwise: it shows the day it is read, this "
        "pack the end of its own days."
    ) % {"at": at}


def figure_text(value: float, unit: str) -> str:
    """A figure with its unit, in the singular for 1."""
    if unit not in UNITS:
        return shown(value)
    return f"{shown(value)} {ONE[unit] if value == 1 and unit in ONE else UNITS[unit]}"


def shown(value: float) -> str:
    """At most two decimals, truncated: 99.999 is not shown as 100."""
    return f"{int(value * 100) / 100:,.2f}".rstrip("0").rstrip(".")
