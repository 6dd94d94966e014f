"""Each room declares its permissions; together they are the closed list of what posts may do."""

import ast
import re
from importlib import import_module

import pytest

from tests.walls.house import LEVEL, SOURCE, place, room_of, sources
from tutela.access import errors, gate, permission_specs
from tutela.access.permission_specs import PERMISSIONS, Permission, of_posts
from tutela.access.posts import POSTS, STAFF
from tutela.base.actor import SYSTEM
from tutela.base.registry import DeclaredLateError, DeclaredTwiceError

DECLARING = "permissions.py"
USE = re.compile(r"\b(?:(\w+)_)?permissions\.([A-Z_]+)\b")
# Their permissions were stored before the four were rooms.
GOVERNANCE = {"programme", "documents", "committee", "assessment"}
# Named after the room that is asked, declared by the lowest that asks.
ELSEWHERE = {
    "scorecard.evidence.add": "programme",
    "system.health.read": "access",
    "trail.cosignature.record": "access",
    "trail.fault.acknowledge": "access",
    "trail.leaves.search": "access",
    "trail.segment.hold": "access",
    "trail.segment.lift": "access",
    "trail.segment.purge": "access",
    "trail.segment.read": "access",
    "trail.segment.seal": "access",
    "trail.tree.read": "access",
}


def _written() -> dict[str, tuple[str, str, Permission]]:
    """Every permission that stands in a room's file, by its name: the room, the constant, the permission."""
    found = {}
    for path in sorted(SOURCE.rglob(DECLARING)):
        room = room_of(path)
        for constant, value in vars(import_module(f"tutela.{room}.permissions")).items():
            if isinstance(value, Permission):
                first, rest = value.name.split(".", 1)
                owner = "governance" if room in GOVERNANCE else room
                if value.name in ELSEWHERE:
                    assert room == ELSEWHERE[value.name]
                else:
                    place_of_it = f"{place(path)}: {constant} is the permission {value.name}"
                    assert first == owner, f"{place_of_it}; its first word must be {owner}"
                    assert rest.upper().replace(".", "_") == constant, place_of_it
                found[value.name] = (room, constant, value)
    return found


def test_every_permission_of_a_room_is_declared_and_asked_for() -> None:
    """One that is missing in the registry is held by nobody; one that nothing asks for is an empty promise."""
    written = _written()
    assert {name: right for name, (_room, _constant, right) in written.items()} == dict(PERMISSIONS)
    used = {
        (room or room_of(path), constant)
        for path in sources()
        if path.name != DECLARING
        for room, constant in USE.findall(path.read_text(encoding="utf-8"))
    }
    unasked = [
        name for name, (room, constant, _r) in written.items() if (room, constant) not in used
    ]
    assert not unasked, f"no code asks for these permissions: {unasked}"
    assert {room for room, _constant, _right in written.values()} <= LEVEL.keys()


def test_permissions_are_made_where_rooms_declare_them_and_nowhere_else() -> None:
    """One made elsewhere would stand in no list that a reviewer reads."""
    wrong = [
        f"{place(path)}:{node.lineno}"
        for path, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] == "Permission"
        and path.name != DECLARING
    ]
    assert not wrong, "\n".join(wrong)


def test_the_list_is_closed_once_the_product_has_started() -> None:
    """Neither a new permission nor an old one again."""
    from tutela.access import permissions

    with pytest.raises(DeclaredTwiceError):
        permission_specs.declare(permissions)
    with pytest.raises(DeclaredLateError):
        PERMISSIONS.declare("access.house.sell", Permission("access.house.sell", "Sell the house"))


@pytest.mark.parametrize("fault", [{"name": "sell"}, {"name": "a.B.c"}, {"posts": {"janitor"}}])
def test_what_fits_nothing_is_refused(fault: dict[str, object]) -> None:
    """Neither a name that is none nor a post that the company has not."""
    with pytest.raises(ValueError, match=r"no name|do not exist"):
        Permission(**{"name": "access.house.sell", "words": "Sell", **fault})  # type: ignore[arg-type]


def test_what_no_room_has_declared_is_given_to_nobody() -> None:
    """Neither to posts nor to the installation, whatever it says of itself, and not under another's name."""
    twin = Permission("access.staff.manage", "Manage", posts=set(POSTS), system=True)
    assert twin not in of_posts(frozenset(POSTS))
    with pytest.raises(errors.PermissionMissing):
        gate.require(SYSTEM, twin)


def test_what_the_installation_may_do_without_a_person() -> None:
    """Set itself up, and its nightly work: no data, no log."""
    assert {name for name, right in PERMISSIONS.items() if right.system} == {
        "access.account.manage",
        "access.api_key.manage",
        "access.api_key.revoke",
        "access.branch.manage",
        "access.matrix.propose",
        "access.staff.manage",
        "backup.drill",
        "backup.run",
        "governance.duty.make",
        "governance.programme.set",
        "governance.task.work",
        "system.health.read",
        "trail.segment.seal",
        "vault.content.anchor",
        "vault.content.verify",
        "watch.setting.change",
    }


def test_administrators_see_no_data_and_share_nothing_that_must_be_apart() -> None:
    """Whoever keeps rights, whoever runs machines and whoever reads the trail are three."""
    apart = ("access.staff.manage", "notices.channel.manage", "trail.leaves.search")
    for name in apart:
        others = set(apart) - {name}
        for post in PERMISSIONS[name].posts & STAFF:
            assert not any(post in PERMISSIONS[other].posts for other in others)
    for post in (code for code, spec in POSTS.items() if spec.administrator):
        assert post not in PERMISSIONS["vault.customer.view"].posts
        assert post not in PERMISSIONS["vault.field.reveal"].posts


def test_who_decides_on_another_s_proposal_reads_its_reason() -> None:
    """The reason is sealed; nobody else but whoever searches the trail opens it."""
    assert {name for name, right in PERMISSIONS.items() if right.decides} == {
        "access.break_glass.review",
        "access.temporary_access.approve",
        "vault.customer.destroy",
        "vault.customer.move",
        "vault.import.undo",
        "vault.work_item.assign",
        "watch.case.handle",
    }
