"""A page says its address itself; the addresses of all rooms together lead each to its own page."""

import re
from types import ModuleType
from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, get_resolver, resolve

from tests.walls.house import SOURCE, place
from tests.walls.test_views import patterns
from tutela.web import routes

SAMPLES = {"uuid": str(UUID(int=1)), "int": "1", "slug": "some", "str": "some", "path": "0/000"}
PARAMETER = re.compile(r"<(\w+):\w+>")


def _ours() -> list[URLPattern]:
    return [
        one
        for one in patterns(get_resolver())
        if one.callback.__module__.startswith("tutela.") and hasattr(one.callback, routes._PLACES)
    ]


def test_every_address_leads_to_its_own_page() -> None:
    """Also where a word and a parameter stand at the same place: `create/` is not a thing called create."""
    wrong = []
    for page in _ours():
        address = "/" + PARAMETER.sub(lambda kind: SAMPLES[kind[1]], str(page.pattern))
        if resolve(address).func is not page.callback:
            wrong.append(f"{address} is not {page.name}")
    assert len(_ours()) > 100
    assert not wrong, "\n".join(wrong)


def test_names_of_pages_lead_to_one_page_each() -> None:
    """A link that names a page must not lead to another of the same name."""
    pages: dict[str, object] = {}
    for page in _ours():
        assert pages.setdefault(str(page.name), page.callback) is page.callback, page.name


@pytest.mark.parametrize("path", sorted(SOURCE.glob("*/urls.py")), ids=place)
def test_rooms_list_no_address_apart_from_its_page(path) -> None:  # type: ignore[no-untyped-def]
    """But for what includes other rooms or a library, and the machine door, whose verbs say theirs too."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert all("include(" in line for line in lines if "path(" in line) or path.parent.name == "api"


def test_a_word_comes_before_a_parameter() -> None:
    """Whatever stands first in the file."""

    @routes.at("things/<slug:code>/", "view-thing")
    def view_thing(_request: HttpRequest, code: str) -> HttpResponse:
        return HttpResponse(code)

    @routes.at("things/all/", "all-things")
    @routes.at("things/create/", "create-thing")
    def create_thing(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("")

    module = ModuleType(__name__)
    module.view_thing, module.create_thing = view_thing, create_thing  # type: ignore[attr-defined]
    assert [page.name for page in routes.of(module)] == ["all-things", "create-thing", "view-thing"]
