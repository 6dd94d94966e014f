"""The fixed cast of the access tests: one person a post, made by the real verbs in a real database."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from tutela.access import gate
from tutela.access.actions.imports import import_branches
from tutela.access.actions.people import NewStaff, create_staff
from tutela.access.levels import Level
from tutela.access.models import Branch, Staff
from tutela.access.purposes import Purpose
from tutela.base import ids
from tutela.base.actor import SYSTEM, Actor, Channel
from tutela.trail.leaves import Exposure

_numbers = count(1)
TREE = (
    {"code": "HQ", "parent": "", "name_zh": "总公司", "name_en": "Head office"},
    {"code": "EAST", "parent": "HQ", "name_zh": "东区", "name_en": "East"},
    {"code": "EAST1", "parent": "EAST", "name_zh": "东一", "name_en": "East one"},
    {"code": "WEST", "parent": "HQ", "name_zh": "西区", "name_en": "West"},
)
PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Member:
    """A member of the cast: the account and the actor it makes at the console."""

    staff: Staff
    actor: Actor

    def with_second_factor(self) -> Actor:
        return replace(self.actor, second_factor=True)


def enrol(staff: Staff) -> Iterator[str]:
    """Give the account a second factor; its recovery codes, each good once and at any time."""
    TOTP.activate(staff, generate_totp_secret())
    return iter(RecoveryCodes.activate(staff).get_unused_codes())


def plant_branches() -> dict[str, int]:
    import_branches(SYSTEM, TREE)
    return dict(Branch.objects.values_list("code", "id"))


def hire(post: str, branch: str = "", **facts: object) -> Member:
    """A new account with one post; machines get a machine account."""
    number = next(_numbers)
    kind = "machine" if post in {"machine", "partner_service"} else "staff"
    staff = create_staff(
        SYSTEM,
        NewStaff(
            staff_no=f"T{number}",
            login=f"{post.replace('_', '-')}-{number}",
            name="Test",
            post=post,
            branch=branch,
            kind=kind,
            **facts,
        ),
    )
    return Member(staff, Actor(kind=kind, id=str(staff.id), channel=Channel.PAGE))


def ask(branch: int, purpose: str, *classes: int, **facts: object) -> gate.Ask:
    """An ask for clear values with everything in order, unless `facts` say else."""
    asked = gate.Ask(
        customer_id=str(ids.uuid7()),
        branch_id=branch,
        classes=frozenset(classes),
        purpose=Purpose(purpose),
        level=Level.CLEAR,
        assigned=False,
        work_item_linked=True,
        exposure=Exposure.CLEAR,
    )
    return replace(asked, **facts)
