"""What the page of the trail's faults takes in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tutela.base.free_text_fields import GuardedText
from tutela.trail.proposals.actions import LONGEST_REASON


class AcknowledgeForm(forms.Form):
    """What somebody in charge found. `seen`: how many faults the page showed."""

    reason = GuardedText(
        label=_("What was found"),
        max_length=LONGEST_REASON,
        help_text=_("What caused the faults, who looked at them, and where that is written down."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
