"""What the console's own pages take in."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tutela.access.models import Staff
from tutela.base.free_text_fields import GuardedFile
from tutela.trail.event_specs import EVENTS, event_words
from tutela.web.inputs import DayInput


class TrailFilter(forms.Form):
    """Filters of the trail; all are ids or codes, so they may stand in the link."""

    person = forms.CharField(
        required=False,
        label=_("Person"),
        max_length=80,
        widget=forms.TextInput(attrs={"placeholder": _("Staff number or login name")}),
    )
    customer = forms.UUIDField(
        required=False, label=_("Customer"), help_text=_("The customer's id in Tutela")
    )
    event = forms.ChoiceField(required=False, label=_("What happened"))
    since = forms.DateField(required=False, label=_("From"), widget=DayInput())
    until = forms.DateField(required=False, label=_("To"), widget=DayInput())
    before = forms.UUIDField(required=False, widget=forms.HiddenInput())

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        events = [(name, event_words(name)) for name in sorted(EVENTS)]
        self.fields["event"].choices = [("", _("All")), *events]  # type: ignore[attr-defined]  # ChoiceField

    def clean_person(self) -> Staff | None:
        typed = self.cleaned_data["person"].strip()
        if not typed:
            return None
        person = Staff.objects.filter(Q(staff_no=typed) | Q(login=typed.lower())).first()
        if person is None:
            raise forms.ValidationError(_("This staff member does not exist."))
        return person


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
