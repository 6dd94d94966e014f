"""Refuse customers' values in free text: they belong in the vault.

Every text field of a form is one of `free_text_fields`, and every action that stores text calls
`check_free_text` again, which covers the API, the shell and jobs.
"""

import re
from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tutela.base.errors import Invalid
from tutela.detect.free_text import SEARCHES, Finding, find_values, place_of

_DIGITS: Final = re.compile(r"\D")


class CustomerValueInText(Invalid):
    """A free text contains a customer's value. Parameters: field, kind, line, character; never the value."""

    code = "base.customer_value_in_text"
    sentence = _(
        "Line %(line)s, character %(character)s: this looks like %(name)s. Customer "
        "details belong in the customer's record. Refer to the customer here by the "
        "Tutela id."
    )

    def text(self) -> str:
        return str(self.sentence) % {**self.params, "name": noun_of(str(self.params["kind"]))}


def noun_of(kind: str) -> str:
    """The noun for a kind of value, in the active language."""
    return gettext(SEARCHES[kind].noun)


def check_free_text(**texts: str | None) -> None:
    """CustomerValueInText for the first text, by field name, that contains one."""
    for field, text in texts.items():
        if text and (finding := find_customer_value(text)):
            place = place_of(text, finding.start)
            raise CustomerValueInText(
                field=field, kind=finding.kind, line=place.line, character=place.character
            )


def find_customer_value(text: str) -> Finding | None:
    """The first value in a text that is not in TUTELA_OWN_CONTACTS; None if there is none."""
    for finding in find_values(text):
        if not _is_own(
            finding.kind, text[finding.start : finding.end], settings.TUTELA_OWN_CONTACTS
        ):
            return finding
    return None


def _is_own(kind: str, value: str, own: Iterable[str]) -> bool:
    """Whether the company's own contacts contain this mail domain (@insurer.cn) or phone number."""
    if kind == "email":
        return any(c.startswith("@") and value.lower().endswith(c.lower()) for c in own)
    if kind in {"mobile", "phone", "landline"}:
        digits = _DIGITS.sub("", value)
        return any(digits == _DIGITS.sub("", c) for c in own if not c.startswith("@"))
    return False
