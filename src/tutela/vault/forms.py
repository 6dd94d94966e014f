"""What the vault's pages take in. Values that are searched for travel in the body, never in a link."""

import copy
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
Choice = tuple[Any, Any]
READ_BY_DECIDERS = _(
    "One sentence. It is stored encrypted; only the deciders and the auditor can read it."
)
READ_BY_AUDITOR = _("One sentence. It is stored encrypted and only the auditor can read it.")


class ReasonField(forms.CharField):
    """Why, in a sentence that is stored sealed; it tells who can read it."""

    def __init__(self, **options: Any) -> None:
        usual = {
            "max_length": REASON_LIMIT,
            "label": _("Reason"),
            "help_text": READ_BY_DECIDERS,
            "widget": forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        }
        super().__init__(**{**usual, **options})


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
        choose(self, "purpose", purpose_choices(offered))


class SearchForm(PurposeForm):
    """What the search box sends: any one value of a customer. `first`: sealed, the name or ending that several
    customers have, to which the text is the second hint."""

    text = forms.CharField(
        label=_("Phone, id, card, policy, claim or customer number, or name"), required=False
    )
    first = forms.CharField(required=False, max_length=4_000, widget=forms.HiddenInput())

    def __init__(self, data: Any = None, *, offered: Iterable[Purpose], **options: Any) -> None:
        super().__init__(data, offered=offered, auto_id="box-%s", **options)
        choose(self, "purpose", [(purpose.value, LABELS[purpose]) for purpose in offered])


class ListForm(PurposeForm):
    """What the list shows: for which purpose, of which branch with all below it, and why it is needed. `after`:
    the customer with whom the page before ended."""

    branch = forms.ChoiceField(
        required=False,
        label=_("Branch"),
        error_messages={"invalid_choice": _("This branch is not in your scope")},
    )
    reason = ReasonField(
        help_text=READ_BY_AUDITOR,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    after = forms.UUIDField(required=False, widget=forms.HiddenInput())

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
            choose(self, "branch", [("", _("All branches in your scope")), *choices])
        else:
            del self.fields["branch"]


class Unrepeated(forms.TextInput):
    """An input for a customer's value: what was typed is not written back into the page."""

    def format_value(self, value: Any) -> str | None:  # noqa: ARG002 Django names it
        return None


class FindForm(PurposeForm):
    """An exact search by one field."""

    by = forms.ChoiceField(label=_("Search by"))
    value = forms.CharField(
        label=_("Value"),
        max_length=200,
        help_text=_("Enter the complete value; full-width digits, spaces and dashes are ignored."),
        widget=Unrepeated(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    field_order = ("by", "value", "purpose")

    def __init__(self, data: Any = None, *, offered: Iterable[Purpose], **options: Any) -> None:
        super().__init__(data, offered=offered, **options)
        choose(self, "by", ways_to_find())


class RevealForm(PurposeForm):
    """Which values to show in clear, and why. A place is `record id:field code`."""

    reason = ReasonField(
        required=False,
        help_text=READ_BY_AUDITOR,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autofocus": True, "aria-required": "true"}
        ),
    )
    work_item = forms.ChoiceField(
        required=False,
        label=_("Work item"),
        help_text=_(
            "A policy, claim or service case of this customer that is open and assigned to you."
        ),
    )
    number = forms.CharField(
        required=False,
        max_length=64,
        label=_("or its number"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    recent = forms.CharField(required=False, max_length=REASON_LIMIT, widget=forms.HiddenInput())
    field_order = ("reason", "work_item", "number", "purpose")

    def __init__(
        self,
        data: Any = None,
        *,
        offered: Iterable[Purpose],
        items: Sequence[Choice],
        recent: Sequence[str] = (),
        **options: Any,
    ) -> None:
        super().__init__(data, offered=offered, **options)
        self.reasons = recent
        self.recent_name = self.add_prefix("recent")
        choose(self, "work_item", [("", _("None")), *items])
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

    def offer(self, items: Sequence[Choice]) -> None:
        """Offer the work items again on the page that shows a refused form."""
        self.fields["work_item"] = copy.deepcopy(self.base_fields["work_item"])
        choose(self, "work_item", [("", _("None")), *items])

    def clean(self) -> dict[str, Any]:
        """A recent reason that was chosen stands for a typed one; a typed number for the list."""
        asked = super().clean() or {}
        asked["reason"] = asked.get("recent") or asked.get("reason", "")
        asked["work_item"] = asked.get("number") or asked.get("work_item", "")
        if not asked["reason"] and "reason" not in self.errors:
            self.add_error("reason", self.fields["purpose"].error_messages["required"])
        return asked


class RejectsForm(PurposeForm):
    """Why rejected rows are opened; `after` is the row that the page before ended with."""

    reason = ReasonField(help_text=READ_BY_AUDITOR)
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
    reason = ReasonField()


class HandOutForm(forms.Form):
    """Which items of the queue go to whom."""

    assignee = forms.ChoiceField(label=_("Hand out to"))
    reason = ReasonField()
    items = forms.TypedMultipleChoiceField(label=_("Work items"), coerce=UUID)

    def __init__(
        self,
        data: Any,
        *,
        items: Sequence[UUID],
        people: Sequence[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        choose(self, "items", [(str(item), str(item)) for item in items])
        choose(self, "assignee", [("", "—"), *people])


class HandOverForm(forms.Form):
    """To whom somebody gives an own work item: a colleague who may, or another by name."""

    work_item = forms.ChoiceField(label=_("Work item"))
    colleague = forms.ChoiceField(required=False, label=_("Person"))
    assignee = forms.CharField(
        required=False,
        max_length=80,
        label=_("or another person"),
        help_text=_("Login or staff number of the assignee; not your own."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = ReasonField()

    def __init__(
        self, data: Any = None, *, items: Sequence[Choice], colleagues: Sequence[Choice]
    ) -> None:
        super().__init__(data)
        choose(self, "work_item", [*items])
        choose(self, "colleague", [("", _("None")), *colleagues])

    def clean(self) -> dict[str, Any]:
        asked = super().clean() or {}
        asked["assignee"] = asked.get("assignee") or asked.get("colleague", "")
        if not asked["assignee"]:
            self.add_error("colleague", _("Choose a person."))
        return asked


class CallForm(PurposeForm):
    """What a customer's call was about, without any value of theirs."""

    topic = GuardedText(max_length=80, label=_("Topic"))
    result = GuardedText(
        max_length=400,
        label=_("Result"),
        help_text=_("What was agreed; no numbers or names of customers."),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )
    field_order = ("topic", "result", "purpose")


class UndoForm(forms.Form):
    """Why an import is to be undone."""

    reason = ReasonField()


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
        choose(self, "collection", collections())
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
        choose(self, "encoding", [("", _("Detect automatically")), *encodings()])
        for name in {*self.fields} - set(parts):
            del self.fields[name]


class MappingNameForm(forms.Form):
    """The name under which a mapping is kept."""

    name = GuardedText(max_length=64, label=_("Mapping name"))


def choose(form: forms.Form, name: str, choices: list[Choice]) -> None:
    """Offer these choices in a field of a form."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 says to the type checker what it is
    field.choices = choices
