"""What the pages about people and rights take in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .posts import POSTS


class StaffFilter(forms.Form):
    """Filters of the staff list. They live in the link, so a name is not among them."""

    post = forms.CharField(required=False, label=_("Post"), widget=forms.Select())
    state = forms.ChoiceField(
        required=False,
        label=_("State"),
        choices=[("", _("All")), ("active", _("Active")), ("disabled", _("Disabled"))],
    )

    def __init__(self, data: object = None, *, chinese: bool) -> None:
        super().__init__(data)
        names = [(post.code, post.name_zh if chinese else post.name_en) for post in POSTS.values()]
        self.fields["post"].widget.choices = [("", _("All")), *names]
