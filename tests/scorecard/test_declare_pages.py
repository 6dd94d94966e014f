"""Where a target's own evidence comes to be: each room says it of its pages, and the scorecard links there."""

from importlib import import_module

from django.urls import reverse

from tests.walls.house import SOURCE
from tutela.base.readings import PAGES, ROWS, SOURCES, Source
from tutela.base.registry import constants


def test_every_target_that_a_room_reads_has_a_page_where_its_evidence_comes_to_be() -> None:
    """And no page is declared for a target that nobody reads."""
    assert set(PAGES) == set(SOURCES)


def test_every_file_of_evidence_declares_its_source() -> None:
    """A figure that no room declares is no data on the board, and nobody would see why."""
    files = [*SOURCE.glob("*/evidence.py"), SOURCE / "scorecard" / "system.py"]
    modules = [import_module(f"tutela.{path.parent.name}.{path.stem}") for path in files]
    written = [source for module in modules for source in constants(module, Source)]
    assert {source.target: source for source in written} == dict(SOURCES)
    assert len(SOURCES) >= 5


def test_rows_open_only_of_targets_that_a_room_reads() -> None:
    """A page of rows without rows would never be linked."""
    assert set(ROWS) <= set(SOURCES)
    assert ROWS


def test_every_such_page_opens_without_an_id() -> None:
    """The list of what is missing links to it."""
    assert all(reverse(view).startswith("/") for view in PAGES.values())
