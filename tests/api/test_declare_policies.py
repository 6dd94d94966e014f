"""Every verb names its permission, and the pages that describe the API work under the strict policy."""

import re

from django.test import Client

from tutela.access.permission_specs import Permission
from tutela.api import describe, frame, urls

OPEN = {"read_health"}


def operations():
    return [
        operation
        for bound in frame.api._get_bound_routers()
        for view in bound.path_operations.values()
        for operation in view.operations
    ]


def test_every_verb_names_its_permission():
    """A verb without one would answer to any key; register it with frame.verb."""
    assert urls.VERBS
    for operation in operations():
        policy = frame.POLICIES[operation.operation_id or operation.view_func.__name__]
        open_one = operation.view_func.__name__ in OPEN
        assert bool(policy.public) if open_one else isinstance(policy.permission, Permission)


def test_every_verb_asks_for_the_key():
    """Only health answers without; the key's check is the first thing that runs."""
    bare = [one.view_func.__name__ for one in operations() if not one.auth_callbacks]
    assert set(bare) == OPEN


def test_every_verb_is_told_in_the_guide():
    """docs/api.md has each address."""
    text = (describe_root() / "docs" / "api.md").read_text(encoding="utf-8")
    for path, verbs in describe.document()["paths"].items():
        short = re.sub(r"{\w+_id}", "{id}", path.removeprefix(frame.ADDRESS), count=1)
        short = short.replace("{record_id}", "{record}")
        for method in verbs:
            assert f"`{method.upper()} {short}`" in text, (method, short)


def describe_root():
    from tests.walls.house import REPOSITORY

    return REPOSITORY


def test_every_body_refuses_unknown_names():
    """`additionalProperties: false` in each schema that a caller fills."""
    schemas = describe.document()["components"]["schemas"]
    given = {name for name in schemas if name.endswith("In")}
    assert given
    assert [name for name in given if schemas[name].get("additionalProperties") is not False] == []


def test_the_pages_hold_no_inline_script_and_no_foreign_address(stage):
    """Scripts and styles are our own files; the settings stand in the page as data."""
    answer = Client().get("/api/v1/docs", secure=True)
    page = answer.content.decode()
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL)
    assert all(
        "src=" in attributes or "application/json" in attributes for attributes, _ in scripts
    )
    assert not re.search(r"https?://|style=|onload=", page)
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_the_files_of_the_page_are_served(stage):
    """From the installed packages, no network."""
    page = Client().get("/api/v1/docs", secure=True).content.decode()
    client = Client()
    for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', page):
        assert client.get(address, secure=True).status_code == 200, address
