"""What the vault's pages take in. Values that are searched for travel in the body, never in a link."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from tutela.access.purposes import LABELS, Purpose
from tutela.base.free_text_fields import GuardedFile, GuardedText
from tutela.base.language import name_of

from .branches import Offered
from .import_pages import collections, encodings
from .importing.orders import DEFAULT_SOURCE
from .words import ways_to_find

REASON_LIMIT = 500
Choice = tuple[str, Any]
READ_BY_DECIDERS = _(
    "One sentence. It is stored encrypted; only the deciders and the auditor can read it."
)


def purpose_choices(offered: Iterable[Purpose]) -> list[Choice]:
    return [
        ("", _("Choose a purpose")),
        *((purpose.value, LABELS[purpose]) for purpose in offered),
    ]


class PurposeForm(forms.Form):
    """Why a person looks. Only purposes that a post of theirs has are offered."""

    purpose = forms.ChoiceField(label=_("Purpose"))

    def __init__(self, data: Any = None, *, offered: Iterable[Purpose], **options: Any) -> None:
        super().__init__(data, **options)
        _choose(self, "purpose", purpose_choices(offered))


class ListForm(PurposeForm):
    """What the list shows: for which purpose, and of which branch with all below it."""

    branch = forms.ChoiceField(required=False, label=_("Branch"))

    def __init__(
        self,
        data: Any = None,
        *,
        offered: Iterable[Purpose],
        branches: Iterable[Offered],
        **options: Any,
    ) -> None:
        super().__init__(data, offered=offered, auto_id="list_%s", **options)
        choices = [
            (branch.branch.code, f"{branch.indent}{name_of(branch.branch)}") for branch in branches
        ]
        if choices:
            _choose(self, "branch", [("", _("All branches in your scope")), *choices])
        else:
            del self.fields["branch"]


class FindForm(PurposeForm):
    """An exact search by one field."""

    by = forms.ChoiceField(label=_("Search by"))
    value = forms.CharField(
        label=_("Value"),
        max_length=200,
        help_text=_("Enter the complete value; full-width digits, spaces and dashes are ignored."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    field_order = ("by", "value", "purpose")

    def __init__(self, data: Any = None, *, offered: Iterable[Purpose], **options: Any) -> None:
        super().__init__(data, offered=offered, **options)
        _choose(self, "by", ways_to_find())


class RevealForm(PurposeForm):
    """Which values to show in clear, and why. A place is `record id:field code`."""

    work_item = forms.ChoiceField(
        required=False,
        label=_("Work item"),
        help_text=_(
            "A policy, claim or service case of this customer that is open and assigned to you."
        ),
    )
    reason = forms.CharField(
        max_length=REASON_LIMIT,
        label=_("Reason"),
        help_text=_("One sentence. It is stored encrypted and only the auditor can read it."),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    field_order = ("purpose", "work_item", "reason")

    def __init__(
        self,
        data: Any = None,
        *,
        offered: Iterable[Purpose],
        items: Sequence[Choice],
        **options: Any,
    ) -> None:
        super().__init__(data, offered=offered, **options)
        _choose(self, "work_item", [("", _("None")), *items])
        if data is not None:
            # The gate judges it: a choice of this customer's would tell which work items there are.
            self.fields["work_item"] = forms.CharField(required=False, max_length=64)
        if data is None and items:
            self.initial.setdefault("work_item", items[0][0])
        if not items:
            self.fields["work_item"].help_text = _(
                "None of this customer's open work items is assigned to you; values "
                "that need one stay masked."
            )


class RejectsForm(PurposeForm):
    """Why rejected rows are opened; `after` is the row that the page before ended with."""

    reason = forms.CharField(
        max_length=REASON_LIMIT,
        label=_("Reason"),
        help_text=_("One sentence. It is stored encrypted and only the auditor can read it."),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    after = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput())
    field_order = ("purpose", "reason", "after")


class AssignForm(forms.Form):
    """To whom a supervisor gives work on a customer."""

    assignee = forms.CharField(
        max_length=80,
        label=_("Person"),
        help_text=_("Login or staff number of the assignee; not your own."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    work_item = forms.CharField(
        required=False,
        max_length=64,
        label=_("Work item"),
        help_text=_("Number of a work item of this customer; leave empty for a new service case."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(
        max_length=REASON_LIMIT,
        label=_("Reason"),
        help_text=READ_BY_DECIDERS,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )


class HandOutForm(forms.Form):
    """Which items of the queue go to whom."""

    assignee = forms.ChoiceField(label=_("Hand out to"))
    reason = forms.CharField(
        max_length=REASON_LIMIT,
        label=_("Reason"),
        help_text=READ_BY_DECIDERS,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    items = forms.TypedMultipleChoiceField(label=_("Work items"), coerce=UUID)

    def __init__(
        self,
        data: Any,
        *,
        items: Sequence[UUID],
        people: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        offered = {
            "items": [(str(item), str(item)) for item in items],
            "assignee": [("", "—"), *people],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField


class UndoForm(forms.Form):
    """Why an import is to be undone."""

    reason = forms.CharField(
        max_length=REASON_LIMIT,
        label=_("Reason"),
        help_text=READ_BY_DECIDERS,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )


class UploadForm(forms.Form):
    """A file of customers, policies and so on."""

    file = GuardedFile(
        label=_("File"),
        help_text=_("CSV, XLSX, XLS, ODS, DBF or Parquet. The file is encrypted during upload."),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".csv,.txt,.xlsx,.xls,.et,.ods,.dbf,.parquet"}
        ),
    )
    collection = forms.ChoiceField(label=_("Type of rows"))
    source = GuardedText(
        max_length=40,
        label=_("Source system"),
        help_text=_("The system the file comes from. Rows are matched by source and key."),
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        _choose(self, "collection", collections())
        self.initial.setdefault("source", DEFAULT_SOURCE)


class ReadAsForm(forms.Form):
    """How a file is read, where it is not to tell itself. `parts`: those of `ReadAs` that its kind has;
    `sheets`: the names of its sheets, where they are known."""

    sheet = GuardedText(required=False, max_length=255, label=_("Sheet"))
    delimiter = GuardedText(
        required=False,
        max_length=64,
        label=_("Delimiter"),
        help_text=_(
            "What stands between cells, e.g. ; or tab or \\x01. Empty: detect automatically."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        strip=False,
    )
    encoding = forms.ChoiceField(required=False, label=_("Encoding"))

    def __init__(
        self,
        data: Any = None,
        *,
        parts: Collection[str],
        sheets: Sequence[str] = (),
        **options: Any,
    ) -> None:
        super().__init__(data, auto_id="read_%s", **options)
        if sheets:
            named = [(name, name) for name in sheets]
            wrong = {"invalid_choice": _("The workbook has no such sheet.")}
            self.fields["sheet"] = forms.ChoiceField(
                label=_("Sheet"), choices=named, error_messages=wrong
            )
        _choose(self, "encoding", [("", _("Detect automatically")), *encodings()])
        for name in {*self.fields} - set(parts):
            del self.fields[name]


class MappingNameForm(forms.Form):
    """The name under which a mapping is kept."""

    name = GuardedText(max_length=64, label=_("Mapping name"))


def _choose(form: forms.Form, name: str, choices: list[Choice]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 says to the type checker what it is
    field.choices = choices
