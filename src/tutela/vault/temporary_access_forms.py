"""What the pages of temporary access take in. A searched value travels in the body, never in a link."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tutela.access import temporary_access_rules as rules
from tutela.access.matrix_rules import NEVER_CLEAR, NEVER_CLEAR_FOR
from tutela.access.purposes import Purpose
from tutela.detect.classes import DataClass
from tutela.web.templatetags.web import class_name

from .forms import REASON_LIMIT, ReasonField, choose, purpose_choices
from .words import ways_to_find


class CustomersField(forms.Field):
    """Ids of customers, each an input of its own that is not shown."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> tuple[UUID, ...]:
        try:
            return tuple(UUID(str(one)) for one in value or ())
        except ValueError:
            raise ValidationError(gettext("Name the customers by their ids.")) from None


class AccessForm(forms.Form):
    """What somebody asks for: whose data, which, why, for how long."""

    customer = CustomersField(required=False)
    by = forms.ChoiceField(required=False, label=_("Search by"))
    value = forms.CharField(
        required=False,
        max_length=200,
        label=_("Value"),
        help_text=_("Enter the complete value; full-width digits, spaces and dashes are ignored."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    classes = forms.TypedMultipleChoiceField(
        label=_("Data classes"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Sensitive classes are marked; they need two approvers."),
    )
    purpose = forms.ChoiceField(label=_("Purpose"))
    minutes = forms.IntegerField(
        label=_("Duration in minutes"),
        min_value=rules.LEAST_MINUTES,
        max_value=rules.MOST_MINUTES,
        initial=rules.MINUTES,
    )
    reason = ReasonField()

    def __init__(self, data: Any = None, *, customers: Sequence[UUID] = (), **options: Any) -> None:
        super().__init__(data, **options)
        choose(self, "by", [("", "–"), *_whole_ways()])
        choose(self, "classes", _classes())
        offered = [one for one in Purpose if one not in NEVER_CLEAR_FOR]
        choose(self, "purpose", purpose_choices(offered))
        if customers:
            del self.fields["by"], self.fields["value"]


class BreakGlassForm(AccessForm):
    """The same at once, against a code of the second factor."""

    code = forms.CharField(
        max_length=20,
        label=_("Verification code"),
        help_text=_("A new code from your authenticator app; each code works once."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        minutes = forms.IntegerField(
            label=_("Duration in minutes"),
            min_value=rules.LEAST_MINUTES,
            max_value=rules.BREAK_GLASS_MINUTES,
            initial=30,
        )
        self.fields["minutes"] = minutes
        self.fields["classes"].help_text = ""
        self.fields["reason"].help_text = _(
            "At least 15 characters. It is stored encrypted; only the reviewers and the auditor can read it."
        )


class ReviewForm(forms.Form):
    """What a reviewer says of break-glass access."""

    note = forms.CharField(
        max_length=REASON_LIMIT,
        label=_("Finding"),
        help_text=_("One or two sentences. Stored encrypted; only the auditor can read it."),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )


def _whole_ways() -> list[tuple[str, str]]:
    return [(code, words) for code, words in ways_to_find() if not code.endswith("_last4")]


def _classes() -> list[tuple[int, str]]:
    """The classes that can be shown in clear; the sensitive ones carry a mark that is read aloud too."""
    return [(int(item), _marked(item)) for item in DataClass if item not in NEVER_CLEAR]


def _marked(item: DataClass) -> str:
    name = class_name(item)
    return gettext("%(name)s (sensitive)") % {"name": name} if item.about.sensitive else name
