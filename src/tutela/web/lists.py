"""The pages of a long list. The page's number stands in the link beside the filters (`link_with`)."""

from collections.abc import Sequence
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

ROWS: Final = 50
"""Lines of one page."""


def page_of(
    request: HttpRequest, rows: Sequence[Any] | QuerySet[Any], size: int = ROWS
) -> Page[Any]:
    """The page that the link asks for; the nearest one there is when it asks for none or for too much."""
    return Paginator(rows, size).get_page(request.GET.get("page"))
