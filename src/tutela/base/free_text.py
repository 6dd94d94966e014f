"""The guard of typed text: a customer's value belongs into the vault, not into a sentence.

Every form field in which a person types is one of `free_text_fields`, and every action that keeps
text asks `check_free_text` again, so that the API, the shell and jobs pass the same lock.
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
    """A typed text holds a customer's value. Parameters: field, kind, line, character; never the value."""

    code = "base.customer_value_in_text"
    sentence = _(
        "Line %(line)s, character %(character)s: this looks like %(name)s. A customer's details belong in "
        "the customer's record. Here, name the customer by the id in Tutela."
    )

    def text(self) -> str:
        return str(self.sentence) % {**self.params, "name": noun_of(str(self.params["kind"]))}


def noun_of(kind: str) -> str:
    """What a sentence calls a value of a kind, in the active language."""
    return gettext(SEARCHES[kind].noun)


def check_free_text(**texts: str | None) -> None:
    """Raise CustomerValueInText for the first text, by the name of its field, that holds one."""
    for field, text in texts.items():
        if text and (finding := find_customer_value(text)):
            place = place_of(text, finding.start)
            raise CustomerValueInText(
                field=field, kind=finding.kind, line=place.line, character=place.character
            )


def find_customer_value(text: str) -> Finding | None:
    """The first value in a text that is not the company's own address or telephone."""
    for finding in find_values(text):
        if not _is_own(
            finding.kind, text[finding.start : finding.end], settings.TUTELA_OWN_CONTACTS
        ):
            return finding
    return None


def _is_own(kind: str, value: str, own: Iterable[str]) -> bool:
    """Whether the company's own contacts name this mail domain (@insurer.cn) or telephone."""
    if kind == "email":
        return any(c.startswith("@") and value.lower().endswith(c.lower()) for c in own)
    if kind in {"mobile", "phone", "landline"}:
        digits = _DIGITS.sub("", value)
        return any(digits == _DIGITS.sub("", c) for c in own if not c.startswith("@"))
    return False
