"""Each room declares its events; together they are the closed list of what a leaf may say."""

import ast
import re
from importlib import import_module
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps

from tests.trail.conftest import make_leaf
from tests.walls.house import SOURCE, place, room_of, sources
from tutela.access.permission_specs import PERMISSIONS
from tutela.base.registry import DeclaredLateError, DeclaredTwiceError, ReadEarlyError
from tutela.trail import details, event_specs, leaves
from tutela.trail.details import COUNT, Detail
from tutela.trail.errors import LeafRefused
from tutela.trail.event_specs import EVENTS, KEYS, EventSpec, event_words, key_words
from tutela.vault.events import CUSTOMER_VIEWED

ID = UUID("0192f0c1-7a54-7c33-9d1e-2f6f5c1a4b99")
DECLARING = "events.py"
USE = re.compile(r"\b(?:(\w+)_)?events\.([A-Z_]+)\b")
# Their events were stored before the five were rooms.
GOVERNANCE = {"programme", "proof", "documents", "committee", "assessment"}


def _written() -> dict[str, tuple[str, EventSpec]]:
    """Every event that stands in a room's file, by its name: the room and the event."""
    found = {}
    for path in sorted(SOURCE.glob(f"*/{DECLARING}")):
        room = room_of(path)
        for constant, value in vars(import_module(f"tutela.{room}.events")).items():
            if isinstance(value, EventSpec):
                first, rest = value.name.split(".", 1)
                owner = "governance" if room in GOVERNANCE else room
                place_of_it = f"{place(path)}: {constant} is the event {value.name}"
                assert constant == rest.upper().replace(".", "_"), place_of_it
                assert first == owner, f"{place_of_it}; its first word must be {owner}"
                found[value.name] = (room, value)
    return found


def test_every_event_of_a_room_is_declared_and_written_by_somebody() -> None:
    """One that is missing in the registry breaks the act that leaves it; one that nobody leaves is a lie in the
    filter of the trail's page."""
    assert {name: event for name, (_room, event) in _written().items()} == dict(EVENTS)
    used = {
        (room or room_of(path), constant)
        for path in sources()
        if path.name != DECLARING
        for room, constant in USE.findall(path.read_text(encoding="utf-8"))
    }
    unused = [
        name
        for name, (room, _event) in _written().items()
        if (room, name.split(".", 1)[1].upper().replace(".", "_")) not in used
    ]
    assert not unused, f"no action records these events: {unused}"


def test_events_are_made_where_rooms_declare_them_and_nowhere_else() -> None:
    """Neither are the keys of their details, but for those that rooms share."""
    wrong = [
        f"{place(path)}:{node.lineno}"
        for path, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] in {"EventSpec", "Detail"}
        and path.name != DECLARING
        and path != SOURCE / "trail" / "details.py"
    ]
    assert not wrong, "\n".join(wrong)


def test_no_name_of_an_event_is_typed_elsewhere() -> None:
    """A string is as good a knot as an import, and nobody finds it. One is a permission's name too."""
    names = set(EVENTS) - set(PERMISSIONS)
    wrong = [
        f"{place(path)}:{node.lineno} {node.value}"
        for path, tree in sources().items()
        if path.name != DECLARING
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in names
    ]
    assert not wrong, "\n".join(wrong)


def test_the_list_is_closed_once_the_product_has_started() -> None:
    """Neither a new event nor an old one again."""
    from tutela.keys import events

    with pytest.raises(DeclaredTwiceError):
        event_specs.declare(events)
    with pytest.raises(DeclaredLateError):
        EVENTS.declare("keys.kek.lost", EventSpec("keys.kek.lost", "Lost"))
    assert "keys.kek.lost" not in EVENTS


def test_a_key_has_one_meaning_in_all_rooms() -> None:
    """A reader of the trail sees the key's words, whatever the event; the same words again do no harm."""
    event_specs.declare_keys((Detail("version", COUNT, details.VERSION.words),))
    with pytest.raises(DeclaredTwiceError):
        event_specs.declare_keys((Detail("version", COUNT, "Version of the pump"),))


def test_a_key_has_one_shape_but_for_target() -> None:
    """`target` was stored for a person's id by some rooms and for a target's code by another."""
    shapes: dict[str, set[str]] = {}
    for event in EVENTS.values():
        for key, shape in event.shapes.items():
            shapes.setdefault(key, set()).add(shape)
    assert {key for key, seen in shapes.items() if len(seen) > 1} == {"target"}


def test_every_key_of_a_leaf_has_words() -> None:
    """Whoever opens an entry of the trail meets no raw code, whatever event it tells of."""
    keys = {key for event in EVENTS.values() for key in event.shapes} | set(details.DECISION_SHAPES)
    assert keys == set(KEYS)


@pytest.mark.parametrize("name", ["vault", "Vault.customer.viewed", "a.b", "a.b.c.d", "a.b.C"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    """room.noun.verbed: what is stored must look the same for ever."""
    with pytest.raises(ValueError, match="no name"):
        EventSpec(name, "Something")


def test_an_event_that_no_room_has_declared_is_not_written() -> None:
    """Not even under the name of one that is."""
    twin = EventSpec(CUSTOMER_VIEWED.name, CUSTOMER_VIEWED.words, CUSTOMER_VIEWED.details)
    for event in (twin, EventSpec("keys.kek.lost", "Lost")):
        with pytest.raises(LeafRefused):
            leaves.draft(make_leaf(event=event, detail={}), ID)


def test_no_leaf_is_written_before_all_rooms_have_declared(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A migration or a command runs after `apps.ready`; what a module did while it was imported would not."""
    leaves._event.cache_clear()
    monkeypatch.setattr(apps, "ready", False)
    with pytest.raises(ReadEarlyError):
        leaves.draft(make_leaf(detail={}), ID)


def test_what_no_room_knows_any_more_is_answered_by_its_name() -> None:
    """Old leaves outlive the rooms that left them."""
    assert event_words("training.course.taken") == "training.course.taken"
    assert key_words("course") == "course"
    assert event_words(CUSTOMER_VIEWED.name) != CUSTOMER_VIEWED.name


def test_every_declaring_file_is_a_room_s() -> None:
    """A walk that found no file would find no fault either."""
    files: list[Path] = sorted(SOURCE.rglob(DECLARING))
    assert len(files) > 9
    assert all(len(path.relative_to(SOURCE).parts) == 2 for path in files)
