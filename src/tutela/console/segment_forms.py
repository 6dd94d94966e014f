"""What the pages of sealed months take in."""

import re
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from tutela.base.free_text_fields import GuardedText
from tutela.trail.segments import rules

BASIS_WORDS: Final = {
    "retention_over": _("The retention period is over"),
    "authority_order": _("An authority ordered it"),
    "company_wound_up": _("The company is being wound up"),
}
STATE_WORDS: Final = {
    "sealed": _("Sealed; in the database too"),
    "cold": _("Sealed; in files only"),
    "purged": _("Purged"),
}
FAULT_WORDS: Final = {
    "file_missing": _("a file is missing"),
    "file_altered": _("a file was altered"),
    "file_unreadable": _("a file cannot be read"),
    "leaf_altered": _("an entry is not the one that was sealed"),
    "tree_differs": _("the entries are not those of the tree"),
    "pointers_differ": _("the search file does not match the entries"),
}
_MONTH: Final = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


class MonthField(forms.CharField):
    """A calendar month, written 2026-10; its first day."""

    def __init__(self, **facts: Any) -> None:
        widget = forms.TextInput(attrs={"type": "month", "placeholder": "2026-10"})
        super().__init__(min_length=7, max_length=7, widget=widget, **facts)

    def clean(self, value: Any) -> date:
        text = super().clean(value)
        if not _MONTH.fullmatch(text) or text < "1970":
            raise forms.ValidationError(_("Write the month like 2026-10."))
        return rules.month_named(text)


class HoldForm(forms.Form):
    """Which months may not be purged, and why."""

    first = MonthField(label=_("First month"))
    last = MonthField(label=_("Last month"))
    reason = GuardedText(
        label=_("Reason"), max_length=400, help_text=_("For example the file number of the court.")
    )


class LiftForm(forms.Form):
    """Why a hold ends."""

    reason = GuardedText(label=_("Reason"), max_length=400)


class PurgeForm(forms.Form):
    """On what basis a month is purged."""

    basis = forms.ChoiceField(label=_("Basis"), choices=list(BASIS_WORDS.items()))
