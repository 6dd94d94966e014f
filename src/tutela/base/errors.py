"""The five roots of every refusal. A room's `errors.py` subclasses them; doors map them in one table.

An error carries a stable code and parameters that are ids, codes, names of fields or counts: never
a customer's value, because errors reach logs, pages and terminals.
"""

from collections.abc import Mapping
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class TutelaError(Exception):
    """Root of all refusals. `text()` is the sentence a person reads, in the active language."""

    code: ClassVar[str] = "base.error"
    sentence: ClassVar[str | Promise] = _("The request could not be done.")
    http_status: ClassVar[int] = 500
    traced: ClassVar[bool] = False
    """Whether the door writes a leaf of the refused attempt."""
    decision: Mapping[str, str | int] = {}
    """What that leaf tells of the decision; empty: `code` alone."""
    subjects: tuple[tuple[str, str], ...] | None = None
    """Whom the attempt concerned; None: whom the request's address names."""

    def __init__(self, **params: str | int) -> None:
        self.params = params
        super().__init__(self.code)

    def text(self) -> str:
        return str(self.sentence) % self.params

    def __str__(self) -> str:
        told = " ".join(f"{name}={value}" for name, value in sorted(self.params.items()))
        return f"{self.code} {told}".rstrip()


class NotAllowed(TutelaError):
    """The actor may not do this."""

    code = "base.not_allowed"
    sentence = _("You may not do this.")
    http_status = 403
    traced = True


class NotFound(TutelaError):
    """There is no such thing, or none that the actor may know of."""

    code = "base.not_found"
    sentence = _("There is no such record.")
    http_status = 404


class Conflict(TutelaError):
    """The thing has changed or exists already."""

    code = "base.conflict"
    sentence = _("The record has changed meanwhile. Load it again.")
    http_status = 409


class Invalid(TutelaError):
    """What was given cannot be used; the sentence says where and why."""

    code = "base.invalid"
    sentence = _("The input cannot be used.")
    http_status = 422


class Unavailable(TutelaError):
    """A part that must work does not; nothing was done."""

    code = "base.unavailable"
    sentence = _("The service is not available. Nothing was done. Try again later.")
    http_status = 503
