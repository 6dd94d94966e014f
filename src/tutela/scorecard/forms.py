"""Forms of the scorecard. Days are given as first and last, both included, as people speak."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from tutela.base.free_text_fields import GuardedFile, GuardedSlug, GuardedText
from tutela.proof.actions.attachments import Upload
from tutela.web.inputs import DayInput

from .actions.evidence import Report
from .actions.measures import Definition
from .rules import FIRST_YEAR
from .words import UNITS

UNIT_CHOICES = tuple(UNITS.items())
# Browsers read this one spelling in a date field, whatever the language.
DAY = DayInput()


LAST_YEAR = 2199
VALUES = {
    "count": _("Number of times"),
    "days": _("Number of days"),
    "hours": _("Number of hours"),
}
"""What a figure is asked for by, that is no share."""


class ReportFilter(forms.Form):
    """Whose reports the list shows."""

    of = forms.ChoiceField(
        label=_("Target"),
        required=False,
        widget=forms.Select({"data-submit-on-change": ""}),
    )

    def __init__(self, data: Any, names: Mapping[str, str]) -> None:
        super().__init__(data)
        choices = [("", _("All targets")), *names.items()]
        self.fields["of"].choices = choices  # type: ignore[attr-defined]  # ChoiceField


class Day(forms.DateField):
    """A day that calendars of both directions can count on from."""

    widget = DAY

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.validators += [
            MinValueValidator(date(FIRST_YEAR, 1, 1)),
            MaxValueValidator(date(LAST_YEAR, 12, 31)),
        ]


class ReportForm(forms.Form):
    """A report of another system. Which figure it asks for follows from the target's unit."""

    target = forms.ChoiceField(label=_("Target"))
    first = Day(label=_("First day"))
    last = Day(label=_("Last day"))
    numerator = forms.IntegerField(
        label=_("Numerator (meets the requirement)"), required=False, min_value=0
    )
    denominator = forms.IntegerField(label=_("Denominator (total)"), required=False, min_value=0)
    value = forms.FloatField(required=False, min_value=0)
    source = GuardedText(
        label=_("Source system"), max_length=64, help_text=_("For example LMS or backup tool.")
    )
    signer = GuardedText(
        label=_("Signed by"), max_length=64, help_text=_("The person responsible for the figure.")
    )
    file = GuardedFile(
        label=_("Source file"), required=False,
        help_text=_("At most 20 MB. Encrypted on upload; its SHA-256 is recorded in the row."),
    )  # fmt: skip
    reason = GuardedText(label=_("Reason for the correction"), max_length=400, required=False)
    withdraws = forms.BooleanField(
        label=_("Withdraw: no correct figure is available"), required=False
    )
    corrects = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        targets: Sequence[tuple[str, str]],
        unit: str,
        corrects: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.unit = unit
        self.fields["target"] = forms.ChoiceField(label=_("Target"), choices=targets)
        share, wants_figure = unit == "percent", not self.data.get("withdraws")
        if unit == "count":
            self.fields["value"] = forms.IntegerField(required=False, min_value=0)
        self.fields["value"].label = VALUES.get(unit, VALUES["count"])
        for name in ("numerator", "denominator"):
            self.fields[name].required = share and wants_figure
        self.fields["value"].required = not share and wants_figure
        self.fields["reason"].required = corrects
        for name in ("value",) if share else ("numerator", "denominator"):
            del self.fields[name]
        if not corrects:
            del self.fields["reason"], self.fields["withdraws"]

    @property
    def figures(self) -> list[forms.BoundField]:
        """The fields of the figure itself."""
        names = ("numerator", "denominator") if self.unit == "percent" else ("value",)
        return [self[name] for name in names]

    def report(self) -> Report:
        """What the valid form says."""
        values = self.cleaned_data
        return Report(
            target=values["target"], begins=values["first"], ends=values["last"] + timedelta(days=1),
            unit=self.unit, source=values["source"], signer=values["signer"], value=values.get("value"),
            numerator=values.get("numerator"), denominator=values.get("denominator"),
            reason=values.get("reason", ""), corrects=values["corrects"],
            withdraws=values.get("withdraws", False),
        )  # fmt: skip

    def proof(self) -> Upload | None:
        """The file, as proof of the last day that the report covers."""
        sent = self.cleaned_data["file"]
        return None if sent is None else Upload.of(sent, self.cleaned_data["last"])


class MeasureForm(forms.Form):
    """A company's own measure."""

    name = GuardedSlug(
        label=_("Short name"), max_length=36,
        help_text=_("Lower-case letters, digits and hyphens. Reusing a short name "
                    "creates a new version."),
    )  # fmt: skip
    title = GuardedText(label=_("Measure name"), max_length=80)
    formula = GuardedText(
        label=_("Formula"), max_length=400,
        help_text=_("For example (encryption-rate + tls-share) / 2; put spaces around "
                    "a minus sign."),
    )  # fmt: skip
    direction = forms.ChoiceField(
        label=_("Direction"), choices=(("at_least", _("at least")), ("at_most", _("at most")))
    )
    goal = forms.FloatField(label=_("Goal"), min_value=0)
    unit = forms.ChoiceField(label=_("Unit"), choices=UNIT_CHOICES)
    department = forms.ChoiceField(label=_("Department"))
    cadence = forms.IntegerField(label=_("Days covered per figure"), min_value=1, max_value=1100)
    starts = Day(label=_("Valid from"))

    def __init__(self, *args: Any, departments: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"] = forms.ChoiceField(label=_("Department"), choices=departments)

    def definition(self) -> Definition:
        """What the valid form says."""
        return Definition(**self.cleaned_data)


class PackForm(forms.Form):
    """The days of a pack, and whether somebody who was told what differs wants it."""

    first = Day(label=_("First day"))
    last = Day(label=_("Last day"))
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput())
