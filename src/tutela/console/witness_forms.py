"""What the pages of carrying by hand take in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tutela.base.free_text_fields import GuardedFile


class RequestForm(forms.Form):
    """To which witness, and where it stands if it said another size."""

    witness = forms.ChoiceField(label=_("Witness"))
    size = forms.IntegerField(
        label=_("Size at which it stands"),
        required=False,
        min_value=0,
        max_value=(1 << 63) - 1,
        help_text=_("Only if the witness said another one than is known here."),
    )

    def __init__(self, data: Any, names: Sequence[str]) -> None:
        super().__init__(data)
        self.fields["witness"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]


class CosignatureForm(forms.Form):
    """The file that came back."""

    file = GuardedFile(
        label=_("File"),
        help_text=_(
            "The file that the witness's program wrote, for example request.txt.cosignature."
        ),
    )
