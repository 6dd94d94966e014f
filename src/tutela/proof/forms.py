"""What the page of a withdrawal takes in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tutela.base.free_text_fields import GuardedText


class WithdrawForm(forms.Form):
    """Why a file proves nothing."""

    reason = GuardedText(
        label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
