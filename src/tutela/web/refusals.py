"""How a form is refused: one status, one shape of the sentence, and one decision which refusals a form may take.

A refusal that leaves a leaf (`traced`), that hides a thing, or that says that a part is down is not the form's: it
goes on to the frame, which keeps its trace and shows its own page.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final, TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tutela.base.errors import Conflict, Invalid, TutelaError

REFUSED: Final = HTTPStatus.UNPROCESSABLE_ENTITY
"""The status of a page that shows a form again because of what was sent (RFC 9110, 15.5.21)."""
Mendable = (Conflict, Invalid)
Places = Mapping[str, str]


class AtField(dict[str, str]):
    """The places of a form whose refusals all stand at one field."""

    def __init__(self, field: str) -> None:
        super().__init__()
        self._field = field

    def get(self, _code: str, _default: Any = None) -> str:
        return self._field


NOWHERE: Final[Places] = MappingProxyType({})
Result = TypeVar("Result")


def sentence(error: TutelaError) -> str:
    """The refusal as people read it everywhere: its sentence, then its code."""
    return f"{error.text()} ({error.code})"


def refuse(form: forms.BaseForm, error: TutelaError, places: Places = NOWHERE) -> None:
    """Put a refusal into the form: at the field that it names (`field`), else at the field that `places` gives for
    its code, else above the form."""
    field = str(error.params.get("field", "")) or places.get(error.code, "")
    form.add_error(field if field in form.fields else None, sentence(error))


def attempt(
    form: forms.BaseForm, act: Callable[[], Result], *, places: Places = NOWHERE
) -> Result | None:
    """What the verb gave; None when the form is not valid or the verb refused, which the form then says.
    For verbs that give nothing there is `done`."""
    if not form.is_valid():
        return None
    try:
        return act()
    except Mendable as error:
        refuse(form, error, places)
        return None


def done(form: forms.BaseForm, act: Callable[[], object], *, places: Places = NOWHERE) -> bool:
    """Whether the verb went through; otherwise the form says why not."""

    def acted() -> bool:
        act()
        return True

    return attempt(form, acted, places=places) or False


def tell(request: HttpRequest, error: TutelaError) -> None:
    """Say a refusal on the page that comes next, for buttons that have no form."""
    messages.error(request, sentence(error))


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *shown: forms.BaseForm | None
) -> HttpResponse:
    """The page with these forms, of status REFUSED when one of them has errors."""
    refused = any(form is not None and form.errors for form in shown)
    return render(request, template, context, status=REFUSED if refused else HTTPStatus.OK)
