"""Forms of the scorecard. Days are given as first and last, both included, as people speak."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from .actions import Definition, Report
from .words import UNITS

UNIT_CHOICES = tuple(UNITS.items())
# Browsers read this one spelling in a date field, whatever the language.
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ReportForm(forms.Form):
    """A report of another system."""

    target = forms.ChoiceField(label=_("Target"))
    first = forms.DateField(label=_("First day"), widget=DAY)
    last = forms.DateField(label=_("Last day"), widget=DAY)
    unit = forms.ChoiceField(label=_("Unit"), choices=UNIT_CHOICES)
    numerator = forms.IntegerField(label=_("Part (for a share)"), required=False, min_value=0)
    denominator = forms.IntegerField(label=_("Whole (for a share)"), required=False, min_value=0)
    value = forms.FloatField(label=_("Value (for days, hours, times)"), required=False, min_value=0)
    source = forms.CharField(label=_("Source system"), max_length=64)
    signer = forms.CharField(label=_("Signed by"), max_length=64)
    file_hash = forms.RegexField(
        label=_("SHA-256 of the file"), regex="^[0-9a-f]{64}$", required=False, strip=True
    )
    corrects = forms.UUIDField(label=_("Corrects row"), required=False)
    reason = forms.CharField(label=_("Reason of the correction"), max_length=400, required=False)

    def __init__(self, *args: Any, targets: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"] = forms.ChoiceField(label=_("Target"), choices=targets)

    def report(self) -> Report:
        """What the valid form says."""
        told = self.cleaned_data
        corrects: UUID | None = told["corrects"]
        return Report(
            target=told["target"], begins=told["first"], ends=told["last"] + timedelta(days=1),
            unit=told["unit"], source=told["source"], signer=told["signer"], value=told["value"],
            numerator=told["numerator"], denominator=told["denominator"], file_hash=told["file_hash"],
            reason=told["reason"], corrects=corrects,
        )  # fmt: skip


class MeasureForm(forms.Form):
    """A company's own measure."""

    name = forms.SlugField(label=_("Short name"), max_length=36)
    title = forms.CharField(label=_("Name"), max_length=80)
    formula = forms.CharField(
        label=_("Formula"), max_length=400,
        help_text=_("For example (encryption-rate + tls-share) / 2; a minus wants spaces around it."),
    )  # fmt: skip
    direction = forms.ChoiceField(
        label=_("Direction"), choices=(("at_least", _("at least")), ("at_most", _("at most")))
    )
    goal = forms.FloatField(label=_("Goal"), min_value=0)
    unit = forms.ChoiceField(label=_("Unit"), choices=UNIT_CHOICES)
    department = forms.ChoiceField(label=_("Department"))
    cadence = forms.IntegerField(
        label=_("Days that one figure covers"), min_value=1, max_value=1100
    )
    starts = forms.DateField(label=_("Valid from"), widget=DAY)

    def __init__(self, *args: Any, departments: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"] = forms.ChoiceField(label=_("Department"), choices=departments)

    def definition(self) -> Definition:
        """What the valid form says."""
        return Definition(**self.cleaned_data)


class PackForm(forms.Form):
    """The days of a pack."""

    first = forms.DateField(label=_("First day"), widget=DAY)
    last = forms.DateField(label=_("Last day"), widget=DAY)
