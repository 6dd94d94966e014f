"""Lists: a page declares its columns, filters, exports and what stands there when nothing matches; `web/list.html`
draws it, and the page's template fills the block `row`.

The filters, the page's number and what is exported stand in the link (`link_with`): a list can be sent to somebody
and is exported as it is filtered. A link is kept in histories and logs: what may be a customer's value (a name, a
number) is therefore no filter. It is searched for with a form that posts, as on the page of customers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .exports import KINDS
from .form_pages import Crumb

ROWS: Final = 50
"""Lines of one page."""
TEMPLATE: Final = "web/list.html"
Text = str | Promise


@dataclass(frozen=True, slots=True)
class Column:
    """One column, its heading, and the classes of its cells. A `hidden` heading is for screen readers only; a cell
    below it has no label on a small screen either."""

    code: str
    label: Text
    look: str = ""
    hidden: bool = False

    @property
    def head_look(self) -> str:
        """Figures stand below the end of their heading."""
        return " ".join(name for name in self.look.split() if name in {"num", "text-end"})


@dataclass(frozen=True, slots=True)
class Empty:
    """What stands in place of a list without lines. `address` and `label` are the way to the first one."""

    icon: str
    title: Text
    text: Text = ""
    address: str = ""
    label: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list as one person sees it.

    `rows` are the lines, `page` where they are cut into pages, `filters` the form that chooses among them (its
    hidden fields keep what else stands in the link), `exports` whether the list can be had as a file: its view
    answers `asked_file`. `look` are classes of the table.
    """

    title: Text
    columns: Sequence[Column]
    rows: Sequence[Any] | Page[Any]
    empty: Empty
    intro: Text = ""
    crumbs: Sequence[Crumb] = ()
    page: Page[Any] | None = None
    filters: forms.Form | None = None
    exports: bool = False
    look: str = ""
    _starts: dict[tuple[str, str], SafeString] = field(default_factory=dict, init=False, repr=False)

    @property
    def is_filtered(self) -> bool:
        """Whether a filter that the reader can see is set."""
        form = self.filters
        return form is not None and any(
            form.data.get(field.html_name) for field in form.visible_fields()
        )

    @property
    def unfiltered(self) -> str:
        """The link of this list without filters; what the hidden fields keep stays."""
        form = self.filters
        hidden = form.hidden_fields() if form else []
        parameters = {bound.html_name: bound.value() for bound in hidden if bound.value()}
        return "?" + urlencode(parameters)

    def cell_start(self, code: str, look: str = "") -> SafeString:
        """The tag that begins a cell of this column, with more looks; KeyError for a column that is not declared.
        Kept for the next line, since a list has hundreds of cells."""
        start = self._starts.get((code, look))
        if start is None:
            column = {each.code: each for each in self.columns}[code]
            label = "" if column.hidden else format_html(' data-label="{}"', column.label)
            looks = f"{column.look} {look}".strip()
            start = format_html("<td{}{}>", label, looks and format_html(' class="{}"', looks))
            self._starts[code, look] = start
        return start


def page_of(
    request: HttpRequest, rows: Sequence[Any] | QuerySet[Any], size: int = ROWS
) -> Page[Any]:
    """The page that the link asks for; the nearest one there is when it asks for none or for too much."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def asked_file(request: HttpRequest) -> str:
    """Which of `exports.KINDS` the link asks for; empty for the page."""
    kind = request.GET.get("export", "")
    return kind if kind in KINDS else ""


def show(
    request: HttpRequest, listing: Listing, template: str, context: dict[str, Any] | None = None
) -> HttpResponse:
    """The page of a list. `template` extends TEMPLATE."""
    return render(request, template, {"listing": listing} | (context or {}))
