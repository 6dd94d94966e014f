"""A pack's summary for readers: one web page and one office document, each in Chinese and English."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from .words import CONDITIONS, UNITS

LANGUAGES: Final = (("zh-hans", "name_zh"), ("en", "name_en"))


@dataclass(frozen=True, slots=True)
class Told:
    """What the summary tells: the manifest and its figures."""

    figures: Sequence[dict[str, Any]]
    manifest: dict[str, Any]


def as_html(told: Told) -> bytes:
    """One page without scripts or outside files."""
    parts = [_in(language, name, told) for language, name in LANGUAGES]
    told_in = {"parts": parts, "manifest": told.manifest}
    return render_to_string("scorecard/pack.html", told_in).encode()


def as_docx(told: Told) -> bytes:
    """The same as an office document."""
    import docx

    document = docx.Document()
    for part in (_in(language, name, told) for language, name in LANGUAGES):
        document.add_heading(part["title"], level=1)
        document.add_paragraph(part["period"])
        document.add_paragraph(part["how"])
        document.add_paragraph(part["key"])
        _add_table(document, part["heads"], part["lines"])
        if part["since"]:
            document.add_paragraph(part["since"])
        if part["changes"]:
            _add_table(document, part["change_heads"], part["changes"])
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _add_table(document: Any, heads: Sequence[str], lines: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=1, cols=len(heads))
    table.style = "Light Grid Accent 1"
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.text = text
    for line in lines:
        for cell, text in zip(table.add_row().cells, line, strict=True):
            cell.text = text


def _in(language: str, name: str, told: Told) -> dict[str, Any]:
    manifest = told.manifest
    with translation.override(language):
        period = {"begins": manifest["begins"], "ends": manifest["ends"]}
        return {
            "language": language,
            "title": _("Evidence pack: %(company)s") % {"company": manifest["company"]},
            "period": _("From %(begins)s up to, not including, %(ends)s.") % period,
            "how": _(
                "Every figure can be worked out again from the rows in this pack; the program "
                "tutela-verify does so and checks the hashes and the signature."
            ),
            "heads": [
                _("Target"),
                _("Goal"),
                _("Actual"),
                _("State"),
                _("Rows"),
                _("From outside"),
            ],
            "lines": [_line(figure, name) for figure in told.figures],
            "key": _("Signed by key %(key)s.") % {"key": manifest["key_id"]},
            "since": _since(manifest),
            "change_heads": [_("Target"), _("Then"), _("Now")],
            "changes": _changes(told, name),
        }


def _since(manifest: dict[str, Any]) -> str:
    """What became of the pack of the same days before this one; empty when it is the first."""
    earlier = manifest["earlier"]
    if not earlier:
        return ""
    facts = {"at": earlier["written_at"], "hash": earlier["file_hash"][:16]}
    if not earlier["changes"]:
        return _("Nothing has changed since the pack of %(at)s (SHA-256 %(hash)s…).") % facts
    return _("Changed since the pack of %(at)s (SHA-256 %(hash)s…):") % facts


def _changes(told: Told, name: str) -> list[list[str]]:
    figures = {figure["target"]: figure for figure in told.figures}
    changes = (told.manifest["earlier"] or {}).get("changes", [])
    return [
        [figures[one["target"]][name], _state(one["then"]), _state(one["now"])] for one in changes
    ]


def _state(reading: dict[str, Any] | None) -> str:
    """A figure as it was or is: its value, what it is made of, how many rows."""
    if reading is None or reading["value"] is None:
        return _("no data")
    facts = {
        "value": shown(reading["value"]), "part": reading["numerator"], "whole": reading["denominator"],
        "rows": reading["evidence"],
    }  # fmt: skip
    return _("%(value)s (%(part)s of %(whole)s, %(rows)s rows)") % facts


def _line(figure: dict[str, Any], name: str) -> list[str]:
    unit = str(UNITS[figure["unit"]])
    value = figure["value"]
    actual = _("no data") if value is None else f"{shown(value)} {unit}"
    sign = "≥" if figure["direction"] == "at_least" else "≤"
    goal = f"{sign} {shown(figure['goal_for_period'])} {unit}"
    counts = [str(figure["evidence"]), str(figure["outside"])]
    return [figure[name], goal, actual, str(CONDITIONS[figure["status"]]), *counts]


def shown(value: float) -> str:
    """At most two decimals, cut and never rounded up: 99.999 is not 100."""
    return f"{int(value * 100) / 100:,.2f}".rstrip("0").rstrip(".")
