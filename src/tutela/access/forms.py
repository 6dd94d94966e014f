"""What the pages about people and rights take in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tutela.base.language import name_of

from .passwords import RULE
from .posts import POSTS


class StaffFilter(forms.Form):
    """Filters of the staff list. They live in the link, so a name is not among them."""

    post = forms.CharField(required=False, label=_("Post"), widget=forms.Select())
    state = forms.ChoiceField(
        required=False,
        label=_("State"),
        choices=[("", _("All")), ("active", _("Active")), ("disabled", _("Disabled"))],
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        names = [(post.code, name_of(post)) for post in POSTS.values()]
        self.fields["post"].widget.choices = [("", _("All")), *names]


class RotateKeyForm(forms.Form):
    """How long the old key works beside the new one."""

    hours = forms.TypedChoiceField(
        label=_("Old key valid for"),
        coerce=int,
        choices=[
            (0, _("not at all: it ends now")),
            (1, _("one more hour")),
            (24, _("one more day")),
            (168, _("one more week")),
        ],
        initial=24,
    )


class PasswordForm(forms.Form):
    """A new password, twice."""

    password = forms.CharField(
        label=_("New password"),
        help_text=RULE,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password, again"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("password") and given.get("password") != given.get("again"):
            self.add_error("again", _("The passwords do not match."))
        return given
