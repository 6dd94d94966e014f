"""What the pages of accounts take in."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from tutela.base.language import name_of

from .models import Reset
from .posts import POSTS
from .rules import GROUNDS

KINDS: Final = {
    Reset.Kind.PASSWORD.value: _("Password"),
    Reset.Kind.SECOND_FACTOR.value: _("Second factor"),
}
GROUND_WORDS: Final = dict(
    zip(
        GROUNDS,
        (
            _("The person has forgotten it"),
            _("The device or the recovery codes are lost"),
            _("Somebody else may know it"),
            _("First sign-in of a new person"),
        ),
        strict=True,
    )
)


class FindPeopleForm(forms.Form):
    """Who is looked for. It is sent in the body: a name stands in no link."""

    who = forms.CharField(
        max_length=80,
        label=_("Name, staff number or login"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
    )


class AccountFilter(forms.Form):
    """Filters of the list of accounts."""

    post = forms.ChoiceField(required=False, label=_("Post"))
    state = forms.ChoiceField(
        required=False,
        label=_("State"),
        choices=[("", _("All")), ("active", _("Active")), ("disabled", _("Disabled"))],
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        names = [(post.code, name_of(post)) for post in POSTS.values()]
        self.fields["post"].choices = [("", _("All")), *names]  # type: ignore[attr-defined]  # a ChoiceField


class ResetForm(forms.Form):
    """Why a sign-in is reset."""

    ground = forms.ChoiceField(
        label=_("Reason"), choices=list(GROUND_WORDS.items()), widget=forms.Select()
    )
