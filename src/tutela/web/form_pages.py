"""The page that is a form and nothing more: a room says what stands on it, `web/form.html` draws it.

A page that shows something besides the form extends that template and fills one of its blocks: `above` and `below`
the card, `before_fields` and `after_fields` inside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from . import refusals

TEMPLATE = "web/form.html"


@dataclass(frozen=True, slots=True)
class Crumb:
    """A page above this one."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What the form is about, above its fields. `look` is a class of the style sheet: `id`, `mono`."""

    label: str
    text: str
    look: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCard:
    """A card with one form.

    `legend` is its head, `about` a paragraph above the fields, `hint` one below them, `action` the address that
    takes the form when it is not the page's own, `cancel` where it leads without sending it.
    """

    submit: str
    icon: str = ""
    legend: str = ""
    about: str = ""
    hint: str = ""
    action: str = ""
    cancel: str = ""
    danger: bool = False
    facts: Sequence[Fact] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage(FormCard):
    """A page with one form.

    `crumbs` begin at the top; the last one is where Cancel leads unless `cancel` says otherwise. `heading` is the
    title unless given, `intro` the sentence below it, behind the `code` of what is changed.
    """

    title: str
    crumbs: Sequence[Crumb]
    heading: str = ""
    intro: str = ""
    code: str = ""
    wide: bool = False

    @property
    def way_back(self) -> str:
        return self.cancel or self.crumbs[-1].address


def crumb(text: str, view: str, *args: object) -> Crumb:
    """A page above, by the name of its view."""
    return Crumb(text, reverse(view, args=args))


def show(
    request: HttpRequest,
    page: FormPage,
    form: forms.BaseForm,
    *,
    template: str = TEMPLATE,
    **context: Any,
) -> HttpResponse:
    """The page, of status 422 when it or another form in the context was refused. `template` extends TEMPLATE."""
    others = [value for value in context.values() if isinstance(value, forms.BaseForm)]
    return refusals.page(request, template, {"card": page, "form": form} | context, form, *others)
