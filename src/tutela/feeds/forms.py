"""Forms of feeds: what a system is called and how its log is read, a file, a key, who an account is."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tutela.base.free_text_fields import GuardedFile, GuardedSlug, GuardedText
from tutela.vault.told import KINDS
from tutela.vault.trace import LABELS

from .models import NAME_LENGTH, SYSTEM_LENGTH, KeyKind
from .reading.kinds import FORMATS
from .reading.lines import ENCODINGS
from .reading.mapping import COLUMN_LENGTH, DELIMITERS, Part
from .rules import SILENCE_LEAST, SILENCE_MOST
from .words import PARTS

FILE_BYTES: Final = 32 * 1024 * 1024
_DELIMITERS: Final = {",": ",", ";": ";", "tab": _("Tab"), "|": "|"}
_SPLIT: Final = re.compile(r"[\s,;，；、]+")


def _column(part: Part) -> GuardedText:
    label = format_lazy(_("Column: {part}"), part=PARTS[part])
    return GuardedText(label=label, required=False, max_length=COLUMN_LENGTH)


def field_of(part: str) -> str:
    """The field of the form in which a part of the mapping is given, by its key there; "" for the whole."""
    name = {"fields": "fields_always"}.get(part, part.replace("columns.", "column_"))
    return name if name in FeedForm.base_fields else ""


class FeedForm(forms.Form):
    """A feed and its mapping. The columns are asked of a company's own log only."""

    name = GuardedSlug(
        label=_("Short name"),
        max_length=NAME_LENGTH,
        help_text=_(
            "Its address in the API; lower-case letters, digits and hyphens. It never changes."
        ),
    )
    system = GuardedText(
        label=_("Other system"), max_length=SYSTEM_LENGTH, help_text=_("As colleagues call it.")
    )
    reader = forms.ChoiceField(label=_("Log format"))
    silent = forms.IntegerField(
        label=_("Silent after (minutes)"),
        min_value=SILENCE_LEAST,
        max_value=SILENCE_MOST,
        help_text=_("When no record came for so long, its administrators are told."),
    )
    zone = GuardedText(
        label=_("Time zone"), max_length=40, help_text=_("Of times that do not say theirs.")
    )
    encoding = forms.ChoiceField(label=_("Encoding"))
    delimiter = forms.ChoiceField(label=_("Delimiter"))
    column_at = _column(Part.AT)
    column_person = _column(Part.PERSON)
    column_customer_number = _column(Part.CUSTOMER_NUMBER)
    column_policy_number = _column(Part.POLICY_NUMBER)
    column_claim_number = _column(Part.CLAIM_NUMBER)
    column_id_number = _column(Part.ID_NUMBER)
    column_phone = _column(Part.PHONE)
    column_action = _column(Part.ACTION)
    column_fields = _column(Part.FIELDS)
    column_rows = _column(Part.ROWS)
    column_record = _column(Part.RECORD)
    column_number = _column(Part.NUMBER)
    column_stream = _column(Part.STREAM)
    actions = GuardedText(
        label=_("Words for kinds of access"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, as 导出 = export: read, list, write, export, print, session."),
    )
    fields_always = GuardedText(
        label=_("Fields that every record shows"),
        required=False,
        help_text=_("Codes of the field catalogue, such as name, phone."),
    )
    objects = GuardedText(
        label=_("Tables with customer data, and their fields"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "One a line, as crm.customer: name, phone. Of a database log only statements on these tables count."
        ),
    )
    statements = forms.MultipleChoiceField(
        label=_("Values of customers that may stand in statements"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: all of them."),
    )
    sample = GuardedFile(
        label=_("Part of such a log, to try it"),
        required=False,
        help_text=_("The first records are shown as they would be read, masked. Nothing is kept."),
    )

    def __init__(self, data: Any = None, files: Any = None, **options: Any) -> None:
        super().__init__(data, files, **options)
        _choose(self, "reader", [(name, kind.label) for name, kind in FORMATS.items()])
        _choose(self, "encoding", [(name, name.upper()) for name in ENCODINGS])
        _choose(self, "delimiter", [(name, _DELIMITERS[name]) for name in DELIMITERS])
        _choose(self, "statements", [(by.value, LABELS[by]) for by in KINDS])

    def mapping(self) -> dict[str, Any]:
        """The mapping as it is stored; forms.ValidationError for lines that are none."""
        given = self.cleaned_data
        columns = {part.value: given.get(f"column_{part.value}", "").strip() for part in Part}
        return {
            "zone": given["zone"],
            "encoding": given["encoding"],
            "delimiter": given["delimiter"],
            "columns": {part: name for part, name in columns.items() if name},
            "actions": dict(_pairs(given["actions"], "=")),
            "fields": _codes(given["fields_always"]),
            "objects": {table: _codes(text) for table, text in _pairs(given["objects"], ":")},
            "statements": given["statements"],
        }


def initial_of(system: str, reader: str, mapping: Mapping[str, Any], silent: int) -> dict[str, Any]:
    """What the form of a feed begins with."""
    columns = mapping.get("columns", {})
    return {
        "system": system, "reader": reader, "silent": silent,
        "zone": mapping.get("zone", "Asia/Shanghai"), "encoding": mapping.get("encoding", "utf-8"),
        "delimiter": mapping.get("delimiter", ","),
        **{f"column_{part.value}": columns.get(part.value, "") for part in Part},
        "actions": "\n".join(f"{word} = {kind}" for word, kind in mapping.get("actions", {}).items()),
        "fields_always": ", ".join(mapping.get("fields", [])),
        "objects": "\n".join(f"{t}: {', '.join(codes)}" for t, codes in mapping.get("objects", {}).items()),
        "statements": mapping.get("statements", []),
    }  # fmt: skip


class LogFileForm(forms.Form):
    """A log file of a feed."""

    file = GuardedFile(label=_("Log file"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > FILE_BYTES:
            raise forms.ValidationError(
                _("The file is too large for a page. Use the shell: tutela feeds send.")
            )
        return file


class KeyForm(forms.Form):
    """A key of a feed."""

    kind = forms.ChoiceField(
        label=_("Kind of key"), choices=[(kind, kind) for kind in KeyKind.values]
    )


class MatchForm(forms.Form):
    """Who an account is."""

    person = GuardedText(
        label=_("Person"), max_length=64, help_text=_("Sign-in name or staff number")
    )


def _pairs(text: str, mark: str) -> list[tuple[str, str]]:
    found = []
    for line in text.splitlines():
        if line.strip():
            name, there, value = line.partition(mark)
            if not there or not name.strip():
                raise forms.ValidationError(
                    _("“%(line)s” has no %(mark)s."),
                    params={"line": line.strip()[:40], "mark": mark},
                )
            found.append((name.strip(), value.strip()))
    return found


def _codes(text: str) -> list[str]:
    return [code for code in _SPLIT.split(text.strip()) if code]


def _choose(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 says to the type checker what it is
    field.choices = choices
