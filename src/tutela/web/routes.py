"""Where a page is, said at the page: its address and name stand beside who may open it.

    @routes.at("tasks/<uuid:task_id>/comment/", "governance-comment")
    @gate.needs(permissions.TASK_WORK)
    def comment(request, task_id): ...

A room's `urls.py` names the files of its pages: `urlpatterns = routes.of(board_views, task_views)`.
"""

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, TypeVar

from django.urls import URLPattern, path

View = TypeVar("View", bound=Callable[..., Any])
_PLACES = "tutela_places"


def at(address: str, name: str) -> Callable[[View], View]:
    """The address of a view, without the first slash, and the name that links use. A view may have several."""

    def place(view: View) -> View:
        setattr(view, _PLACES, ((address, name), *getattr(view, _PLACES, ())))
        return view

    return place


def of(*modules: ModuleType) -> list[URLPattern]:
    """The pages of these files. At each place of an address a word comes before a parameter, so that the order
    of the files and of the views in them decides nothing."""
    pages = [page for module in modules for page in _pages(module)]
    return [path(address, view, name=name) for address, name, view in sorted(pages, key=_key)]


def _pages(module: ModuleType) -> Iterator[tuple[str, str, Callable[..., Any]]]:
    for view in vars(module).values():
        if getattr(view, "__module__", "") == module.__name__:
            for address, name in getattr(view, _PLACES, ()):
                yield address, name, view


def _key(page: tuple[str, str, Callable[..., Any]]) -> list[tuple[bool, str]]:
    return [(part.startswith("<"), part) for part in page[0].split("/")]
