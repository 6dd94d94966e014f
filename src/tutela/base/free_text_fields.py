"""Form fields for free text, which refuse a customer's value and say where it is."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tutela.base.free_text import (
    CustomerValueInText,
    check_free_text,
    find_customer_value,
    noun_of,
)


class GuardedText(forms.CharField):
    """A text field. A customer's value is reported first, without other errors."""

    def run_validators(self, value: Any) -> None:
        _check(value)
        super().run_validators(value)


class GuardedSlug(forms.SlugField):
    """A slug field."""

    def run_validators(self, value: Any) -> None:
        _check(value)
        super().run_validators(value)


class GuardedFile(forms.FileField):
    """A file field; checks the file's name."""

    def to_python(self, data: Any) -> Any:
        file = super().to_python(data)
        finding = find_customer_value(file.name or "") if file is not None else None
        if finding:
            sentence = _("The file's name contains what looks like %(name)s. Rename the file.")
            told = sentence % {"name": noun_of(finding.kind)}
            raise forms.ValidationError(told, code=CustomerValueInText.code)
        return file


def _check(text: str) -> None:
    try:
        check_free_text(text=text)
    except CustomerValueInText as fault:
        raise forms.ValidationError(fault.text(), code=fault.code) from None
