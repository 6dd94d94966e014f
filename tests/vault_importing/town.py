"""Two branches, their managers, a steward above both, and customers that the source's feed has brought."""

from dataclasses import dataclass
from uuid import UUID

from tests import imports
from tests.access import cast
from tests.vault.factories import id_number
from tutela.access import queries as people
from tutela.access.models import Branch
from tutela.base.actor import Actor, Channel
from tutela.keys import custody
from tutela.vault import rows
from tutela.vault.find import find
from tutela.vault.importing import rejected_rows
from tutela.vault.importing.actions.imports import ImportResult
from tutela.vault.importing.reading.sources import BytesSource
from tutela.vault.queries import fetch

HEADER = "客户编号,姓名,证件号码,手机号码,所属机构\n"
POLICY = "保单号,客户编号,投保人证件号,险种名称\n"


@dataclass(frozen=True)
class Town:
    """Who acts. `feed` is the machine that is registered for the source `core`."""

    branches: dict[str, int]
    feed: Actor
    east: Actor
    west: Actor
    steward: Actor

    def bring(
        self, actor: Actor, text: str, collection: str = "customer", **options: object
    ) -> ImportResult:
        """Import a text as a file, in this process."""
        source = BytesSource("f", text.encode())
        asked = {"collection": collection, "workers": 1, **options}
        return imports.bring_in(actor, source, **asked)

    def customer(self, serial: int, branch: str) -> str:
        """Let the feed bring a customer; the row that did."""
        row = line(serial, branch)
        self.bring(self.feed, HEADER + row)
        return row


def settle() -> Town:
    """Made by the real verbs, in the module's own database."""
    branches = cast.plant_branches()
    operator = people.staff_by_login(people.LOCAL_OPERATOR)
    return Town(
        branches=branches,
        feed=Actor(kind="machine", id=str(operator.id), channel=Channel.SHELL),
        east=cast.hire("branch_manager", "EAST").actor,
        west=cast.hire("branch_manager", "WEST").actor,
        steward=cast.hire("data_steward", "HQ").actor,
    )


def line(
    serial: int,
    branch: str,
    *,
    key: str | None = None,
    number: str | None = None,
    name: str = "欧阳测试",
) -> str:
    """A customer's row."""
    shown = id_number(serial) if number is None else number
    return f"{f'K{serial}' if key is None else key},{name},{shown},138{serial:08d},{branch}\n"


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    """Created, changed, unchanged, rejected."""
    return result.created, result.changed, result.unchanged, result.rejected


def codes(actor: Actor, result: ImportResult) -> list[tuple[object, ...]]:
    """What whoever imported is told of the rows that were not written."""
    listed = rejected_rows.rejects_of(actor, UUID(result.batch))
    return [(one["row"], one["field"], one["code"]) for one in listed]


def place(serial: int) -> tuple[str, str]:
    """The id of the customer with this id number, and the code of its branch, as they are stored."""
    tag = rows.identity_tag(custody.index_keys(), id_number(serial))
    found = fetch(
        "SELECT customer_id, branch_id FROM vault.customer WHERE identity_tag = %s", (tag,)
    )
    assert len(found) == 1, found
    return str(found[0][0]), Branch.objects.get(id=found[0][1]).code


def found_by(actor: Actor, serial: int) -> int:
    """How many customers the actor finds by the id number."""
    return len(find(actor, "id_number", id_number(serial), "service"))
