"""The five base classes of all errors. A room's `errors.py` subclasses them; doors map them in one table.

An error has a stable code, and parameters that are ids, codes, field names or counts: never a customer's
value, because errors reach logs, pages and terminals.
"""

from collections.abc import Mapping
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class TutelaError(Exception):
    """Base class. `text()` is the sentence for people, in the active language."""

    code: ClassVar[str] = "base.error"
    sentence: ClassVar[str | Promise] = _("The request could not be completed.")
    http_status: ClassVar[int] = 500
    traced: ClassVar[bool] = False
    """Whether the door appends a leaf for the refused attempt."""
    decision: Mapping[str, str | int] = {}
    """The decision in that leaf; if empty, only `code`."""
    subjects: tuple[tuple[str, str], ...] | None = None
    """The subjects in that leaf; if None, those in the request's URL."""

    def __init__(self, **params: str | int) -> None:
        self.params = params
        super().__init__(self.code)

    def text(self) -> str:
        return str(self.sentence) % self.params

    def __str__(self) -> str:
        params = " ".join(f"{name}={value}" for name, value in sorted(self.params.items()))
        return f"{self.code} {params}".rstrip()


class NotAllowed(TutelaError):
    """The actor may not do this."""

    code = "base.not_allowed"
    sentence = _("You are not allowed to do this.")
    http_status = 403
    traced = True


class NotFound(TutelaError):
    """The object does not exist, or the actor may not know that it does."""

    code = "base.not_found"
    sentence = _("The record does not exist.")
    http_status = 404


class Conflict(TutelaError):
    """The object has changed or exists already."""

    code = "base.conflict"
    sentence = _("The record has changed in the meantime. Reload it.")
    http_status = 409


class Invalid(TutelaError):
    """The input is invalid; the sentence says where and why."""

    code = "base.invalid"
    sentence = _("The input is invalid.")
    http_status = 422


class Unavailable(TutelaError):
    """A required component does not work; nothing was done."""

    code = "base.unavailable"
    sentence = _("The service is unavailable. Nothing was changed. Try again later.")
    http_status = 503
