"""What the console's own pages take in."""

from typing import Any, Final
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from tutela.access import people_search, queries
from tutela.access.models import Staff
from tutela.access.purposes import LABELS
from tutela.base.free_text_fields import GuardedFile, GuardedText
from tutela.vault import trace
from tutela.web.inputs import DayInput

from . import event_groups

LONGEST: Final = 200
"""Characters of a value that is searched for; nothing that identifies a customer is longer."""
DAYS: Final = ((30, _("Last 30 days")), (90, _("Last 90 days")), (365, _("Last year")))


class TrailFilter(forms.Form):
    """Filters of the trail; all are ids or codes, so they may stand in the link."""

    event = forms.ChoiceField(
        required=False,
        label=_("What happened"),
        widget=forms.Select(attrs={"data-narrowed": _("Filter the list")}),
    )
    purpose = forms.ChoiceField(
        required=False, label=_("Purpose"), choices=[("", _("All")), *LABELS.items()]
    )
    outcome = forms.ChoiceField(
        required=False,
        label=_("Outcome"),
        choices=[("", _("All")), ("allow", _("done")), ("deny", _("refused"))],
    )
    since = forms.DateField(required=False, label=_("From"), widget=DayInput())
    until = forms.DateField(required=False, label=_("To"), widget=DayInput())
    person = forms.CharField(
        required=False, label=_("Person"), max_length=80, widget=forms.HiddenInput()
    )
    customer = forms.UUIDField(required=False, label=_("Customer"), widget=forms.HiddenInput())
    before = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["event"].choices = event_groups.choices()  # type: ignore[attr-defined]  # ChoiceField

    def clean_person(self) -> Staff | None:
        typed = self.cleaned_data["person"].strip()
        if not typed:
            return None
        by = queries.is_named(typed)
        if key := _id_of(typed):
            by |= Q(pk=key)
        person = Staff.objects.filter(by).first()
        if person is None:
            raise forms.ValidationError(_("This staff member does not exist."))
        return person

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day is before the first one."))
        return cleaned


def _id_of(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class PersonAsk(forms.Form):
    """Whose trail: a name, a staff number or a sign-in name. A name is no part of a link, so it is posted."""

    person = forms.CharField(
        label=_("Person"),
        max_length=people_search.LONGEST,
        widget=forms.TextInput(
            attrs={
                "placeholder": _("Name, staff number or login name"),
                "autocomplete": "off",
                "list": "people-suggested",
            }
        ),
    )


class CustomerAsk(forms.Form):
    """Whose trail: a number or name of a customer. It travels in the body, is compared by its keyed tag and kept
    nowhere."""

    by = forms.ChoiceField(label=_("Search by"), choices=list(trace.LABELS.items()))
    value = forms.CharField(
        label=_("Number or name"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_value(self) -> str:
        return people_search.plain(self.cleaned_data["value"])


class DaysAsk(forms.Form):
    """Over how many days a page counts."""

    days = forms.TypedChoiceField(
        required=False, label=_("Period"), choices=DAYS, coerce=int, empty_value=None
    )


class ExportForm(forms.Form):
    """The days of a whole export, and the table for readers beside its proof."""

    since = forms.DateField(required=False, label=_("From"), widget=DayInput())
    until = forms.DateField(required=False, label=_("To"), widget=DayInput())
    table = forms.ChoiceField(
        required=False,
        label=_("Table for readers"),
        choices=[("csv", "CSV"), ("xlsx", "XLSX"), ("jsonl", _("JSON lines")), ("", _("None"))],
        initial="csv",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("This day is before the first one."))
        return cleaned


class KeepSearchForm(forms.Form):
    """A name for the filters that are set."""

    name = GuardedText(label=_("Name of the filter"), max_length=40)
    query = forms.CharField(max_length=1000, widget=forms.HiddenInput())

    def clean_query(self) -> str:
        """The filters of a link, rebuilt from what the trail's own form knows: ids, codes and days."""
        asked = QueryDict(self.cleaned_data["query"].removeprefix("?"), mutable=True)
        asked.pop("before", None)
        form = TrailFilter(asked)
        if not form.is_valid():
            raise forms.ValidationError(_("These filters cannot be kept."))
        kept = {name: asked[name] for name in form.fields if form.cleaned_data.get(name)}
        if person := form.cleaned_data.get("person"):
            kept["person"] = person.staff_no
        if not kept:
            raise forms.ValidationError(_("Set a filter first."))
        return urlencode(kept)


class StaffFileForm(forms.Form):
    """A personnel file."""

    file = GuardedFile(
        label=_("File"),
        help_text=_("CSV, XLSX, XLS, ODS, DBF or Parquet. The file is encrypted during upload."),
        widget=forms.ClearableFileInput(
            attrs={"accept": ".csv,.txt,.xlsx,.xls,.et,.ods,.dbf,.parquet"}
        ),
    )
    whole = forms.BooleanField(
        required=False,
        label=_("The file lists all staff: disable whoever is missing"),
    )


class TakeStaffForm(forms.Form):
    """What was seen, and how many leavers are confirmed where they are many."""

    seen = forms.CharField(max_length=32, widget=forms.HiddenInput())
    leavers = forms.IntegerField(
        min_value=0,
        label=_("Number of people to disable"),
        help_text=_("Type the number to confirm it."),
        widget=forms.NumberInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, seen: str, leavers: int | None) -> None:
        super().__init__(data, initial={"seen": seen})
        if leavers is None:
            del self.fields["leavers"]
