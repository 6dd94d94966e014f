"""What is sought in Tutela's own pages and papers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tutela.base.free_text_fields import GuardedText


class FindingForm(forms.Form):
    """A customer's value does not belong here, and would find nothing."""

    words = GuardedText(
        label=_("Search for"),
        max_length=80,
        help_text=_(
            "Pages, policies, duties and tasks, by words of their names. Customers are found on their own page."
        ),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
