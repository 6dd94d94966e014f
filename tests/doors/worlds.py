"""One installation in three copies: they differ only in one customer of another branch.

In `absent` that customer is not there, in `there` it is, in `other` it has other values. All ids of everything
else are the same, because each is a copy of the same database.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.core.cache import cache

from tests.access import cast
from tests.conftest import _point_at, close_all
from tests.vault.factories import id_number, operator
from tutela.access import usage
from tutela.access.models import Branch
from tutela.access.posts import POSTS
from tutela.base import clock
from tutela.cli.running.cluster import Cluster
from tutela.vault import pace, work_items
from tutela.vault.actions.records import NewRecord, RecordEdit, change_record, create_record
from tutela.vault.actions.work_items import WorkItemRow, import_work_items

ABSENT, THERE, OTHER = "absent", "there", "other"
WORLDS = (ABSENT, THERE, OTHER)


@dataclass(frozen=True)
class Known:
    """A customer with a record and a policy, and the values by which somebody may ask for them."""

    customer: UUID
    record: UUID
    policy: UUID
    work_item: UUID
    work_number: str
    texts: dict[str, str]


@dataclass
class Ground:
    """What is the same in every world, and the customer that is not."""

    people: dict[str, cast.Member]
    own: list[Known] = field(default_factory=list)
    foreign: list[Known] = field(default_factory=list)
    """The one customer; twice, with the values of `there` and of `other`."""


def texts(number: int) -> dict[str, str]:
    """Values of a made-up customer."""
    return {
        "customer_number": f"C{number:08d}",
        "name": ("欧阳", "司马", "诸葛", "上官")[number % 4] + "测试",
        "id_number": id_number(500_000 + number),
        "phone": f"139{number:08d}",
        "email": f"c{number}@example.com",
    }


def known(number: int, branch: int, assignee: cast.Member) -> Known:
    """Make a customer of a branch, with a policy and an open work item."""
    host, given = operator(), texts(number)
    made = create_record(host, NewRecord("customer", given, branch_id=branch), "administration")
    policy_number = {"policy_number": f"P{number:08d}"}
    paper = NewRecord("policy", policy_number, customer_id=made.customer_id)
    policy = create_record(host, paper, "administration")
    row = WorkItemRow(
        number=f"W{number:08d}", kind="case", customer=str(made.customer_id), by="",
        assignee=assignee.staff.login, opened=clock.today() - timedelta(days=3),
    )  # fmt: skip
    import_work_items(host, [row])
    (item,) = work_items.of_customer(made.customer_id)
    return Known(
        made.customer_id, made.record_id, policy.record_id, item.work_item_id, row.number, given
    )


def build() -> Ground:
    """Branches, one person of each post in the east, and the east's customers."""
    cast.plant_branches()
    staff = [code for code, post in POSTS.items() if post.kind == "staff"]
    people = {code: cast.hire(code, "EAST") for code in staff}
    people["west"] = cast.hire("branch_manager", "WEST")
    ground = Ground(people)
    east = Branch.objects.get(code="EAST").id
    holders = ("service_agent", "claims_adjuster", "underwriter", "sales_agent", "branch_manager")
    ground.own = [known(n, east, people[post]) for n, post in enumerate(holders, start=1)]
    return ground


def _copy(cluster: Cluster, source: str, name: str) -> None:
    close_all()
    with cluster.connect() as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}" STRATEGY FILE_COPY')


@dataclass
class Worlds:
    """The copies, kept as they were made; `fresh` plays in a copy of a copy."""

    cluster: Cluster
    name: str
    ground: Ground

    @contextmanager
    def fresh(self, world: str) -> Iterator[None]:
        """A new copy of one world, gone at the end; every other test goes on in its own database."""
        stood = os.environ["TUTELA_DATABASE_NAME"]
        played = f"{self.name}_play"
        _copy(self.cluster, f"{self.name}_{world}", played)
        _point_at(played)
        forget()
        try:
            yield
        finally:
            close_all()
            _point_at(stood)
            with self.cluster.connect() as server:
                server.execute(f'DROP DATABASE IF EXISTS "{played}" WITH (FORCE)')

    def drop(self) -> None:
        """Remove the copies."""
        with self.cluster.connect() as server:
            for world in WORLDS:
                server.execute(f'DROP DATABASE IF EXISTS "{self.name}_{world}" WITH (FORCE)')


def make(cluster: Cluster, database: str) -> Worlds:
    """Build in the module's database and copy it at three moments."""
    ground = build()
    worlds = Worlds(cluster, database[:40], ground)
    _copy(cluster, database, f"{worlds.name}_{ABSENT}")
    west = Branch.objects.get(code="WEST").id
    first = known(99, west, ground.people["west"])
    _copy(cluster, database, f"{worlds.name}_{THERE}")
    changed = {name: text for name, text in texts(98).items() if name != "customer_number"}
    change_record(
        operator(), RecordEdit(first.customer, first.record, changed, version=1), "administration"
    )
    _copy(cluster, database, f"{worlds.name}_{OTHER}")
    ground.foreign = [first, Known(**{**vars(first), "texts": {**first.texts, **changed}})]
    return worlds


def forget() -> None:
    """What this process remembers of the world before."""
    cache.clear()
    usage._known.clear()
    pace._blocks.clear()


def scopes_everything(person: cast.Member) -> bool:
    """Whether no customer is outside this person's scope: then there is nothing to hide."""
    from tutela.access import gate
    from tutela.access.purposes import Purpose
    from tutela.trail.leaves import Exposure
    from tutela.vault.looks import ALL_CLASSES

    return any(
        gate.plan(person.actor, ALL_CLASSES, purpose, exposure).scope.everything
        for purpose in Purpose
        for exposure in (Exposure.DETAIL_MASKED, Exposure.LIST_MASKED)
    )


def posts(ground: Ground) -> Sequence[str]:
    """The posts with something beyond their scope."""
    return [
        code for code, one in ground.people.items() if code != "west" and not scopes_everything(one)
    ]
