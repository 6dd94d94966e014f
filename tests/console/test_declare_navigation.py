"""Rooms declare their lines of the navigation and the pages of subjects; the frame names none of them."""

from collections import defaultdict
from importlib import import_module
from itertools import pairwise

import pytest
from django.urls import resolve, reverse

from tests.walls.house import SOURCE, room_of
from tutela.access import navigation
from tutela.access.navigation import ENTRIES, HEADINGS, Entry, Section
from tutela.base.registry import DeclaredLateError
from tutela.notices import naming
from tutela.web.templatetags.web import icon


def _declared() -> dict[str, list[Entry]]:
    """The entries that stand in each room's register.py."""
    rooms = [room_of(path) for path in sorted(SOURCE.glob("*/register.py"))]
    modules = {room: import_module(f"tutela.{room}.register") for room in rooms}
    return {room: list(getattr(module, "ENTRIES", ())) for room, module in modules.items()}


def _room(view: str, *args: str) -> str:
    """The room whose function answers at the address of a view."""
    return str(resolve(reverse(view, args=args)).func.__module__).split(".")[1]


def test_every_entry_of_a_room_is_declared_and_opens_a_page_of_its_own() -> None:
    """A room that goes takes its lines along, and none leads into another room."""
    declared = _declared()
    assert sorted(one.view for its in declared.values() for one in its) == sorted(ENTRIES)
    wrong = [
        (room, one.view) for room, its in declared.items() for one in its if _room(one.view) != room
    ]
    assert not wrong


def test_the_frame_names_no_page_of_a_room() -> None:
    """What the console lists by hand would be forgotten with the next room."""
    text = (SOURCE / "console" / "context.py").read_text(encoding="utf-8")
    assert not [view for view in ENTRIES if view in text]


def test_each_place_of_a_section_is_taken_once_and_each_section_has_a_heading() -> None:
    """Two entries in one place would stand in the order in which the rooms happen to start."""
    taken = defaultdict(list)
    for one in navigation.entries():
        taken[one.section.name, one.order].append(one.view)
    assert not {place: views for place, views in taken.items() if len(views) > 1}, dict(taken)
    assert set(HEADINGS) == set(Section)


def test_sections_stand_together_in_their_order() -> None:
    """Whichever room declared first."""
    sections = list(Section)
    shown = [(sections.index(one.section), one.order) for one in navigation.entries()]
    assert all(before <= after for before, after in pairwise(shown))
    assert len(shown) == len(ENTRIES)


def test_every_entry_has_a_drawing() -> None:
    """A missing one would break every page."""
    assert all(icon(one.icon) for one in ENTRIES.values())


def test_a_subject_leads_to_the_page_that_has_its_names() -> None:
    """Entries of the access trail link to what they are about by name."""
    thing = "01890000-0000-7000-8000-000000000000"
    rooms = {kind: _room(view, thing) for kind, view in naming.SUBJECTS.items()}
    assert rooms == {
        "alert": "watch",
        "backup_drill": "backup",
        "backup_run": "backup",
        "feed": "feeds",
        "meeting": "committee",
        "risk": "assessment",
        "task": "programme",
        "watch_case": "watch",
    }


def test_no_entry_is_declared_after_the_start() -> None:
    """A navigation that was shown stays as it is until the next start."""
    late = Entry(
        view="console-me",
        label=next(iter(ENTRIES.values())).label,
        icon="user",
        section=Section.MINE,
        order=99,
    )
    with pytest.raises(DeclaredLateError):
        navigation.declare(late)
    assert "console-me" not in ENTRIES
