"""A person's file changes only who is within the person's reach, and tells nothing of anybody else."""

import pytest

from tests import imports, source_feeds
from tests.access import cast
from tests.vault.factories import id_number
from tests.vault_importing import town as places
from tests.vault_importing.town import HEADER, POLICY, Town, codes, counts, line
from tutela.access.actions.people import disable_staff
from tutela.base.actor import SYSTEM
from tutela.trail import queries as trail
from tutela.vault import events
from tutela.vault.actions import sources
from tutela.vault.errors import ClassNotWritable, CustomerNotFound, SourceNotRegistered
from tutela.vault.importing.actions.orders import save_mapping
from tutela.vault.importing.errors import ImportStopped, MappingMissing, MappingTaken
from tutela.vault.importing.reading.sources import BytesSource
from tutela.vault.queries import fetch
from tutela.vault.reveal import Justification, reveal

HELD = [(2, "", "row_held")]


@pytest.fixture(scope="module")
def town(database: str) -> Town:
    return places.settle()


def test_a_manager_cannot_take_over_a_customer_of_another_branch(town: Town):
    """One row with the id number and the own branch: it is held, the customer stays, nothing is found."""
    town.customer(1, "EAST")
    customer, _ = places.place(1)
    result = town.bring(town.west, HEADER + line(1, "WEST", key="MINE"))
    assert (counts(result), codes(town.west, result)) == ((0, 0, 0, 1), HELD)
    assert places.place(1) == (customer, "EAST")
    assert places.found_by(town.west, 1) == 0
    with pytest.raises(CustomerNotFound):
        reveal(town.west, customer, ["phone"], Justification("complaint", "Because I want to"))


def test_the_auditor_sees_who_tried_and_on_whom(town: Town):
    """The leaf of the queue names the customer; whoever imported never learns it."""
    customer, _ = places.place(1)
    (leaf,) = trail.leaves(
        trail.LeafFilter(event=events.HELD_ROW_QUEUED.name, actor_id=town.west.id)
    )
    assert [subject for _kind, subject in leaf.subjects] == [customer]


@pytest.mark.parametrize(
    ("known", "unknown"),
    [
        (line(2, "WEST"), line(902, "WEST")),
        (line(2, "EAST"), line(902, "EAST")),
        (line(2, "WEST", number=""), line(902, "WEST", number="")),
        (line(2, "WEST", key=""), line(902, "WEST", key="")),
        (line(2, ""), line(902, "")),
    ],
    ids=["both", "their branch", "by key", "by id number", "no branch"],
)
def test_a_customer_elsewhere_and_none_at_all_are_held_alike(town: Town, known: str, unknown: str):
    """By key and by id number, whatever branch the row names."""
    if not fetch(
        "SELECT 1 FROM vault.customer WHERE branch_id = %s OFFSET 1", (town.branches["EAST"],)
    ):
        town.customer(2, "EAST")
    answers = [town.bring(town.west, HEADER + row) for row in (known, unknown)]
    assert [(counts(one), codes(town.west, one)) for one in answers] == [((0, 0, 0, 1), HELD)] * 2


def test_own_customers_are_changed_by_key_or_by_id_number(town: Town):
    """Within reach a row does what it always did."""
    town.customer(3, "WEST")
    assert counts(town.bring(town.west, HEADER + line(3, "WEST"))) == (0, 0, 1, 0)
    assert counts(town.bring(town.west, HEADER + line(3, "WEST", name="王五"))) == (0, 1, 0, 0)
    by_number = line(3, "WEST", key="", name="赵六")
    assert counts(town.bring(town.west, HEADER + by_number)) == (0, 1, 0, 0)
    assert counts(town.bring(town.west, HEADER + by_number)) == (0, 0, 1, 0)


@pytest.mark.parametrize("serial", [1, 903], ids=["of another", "of nobody"])
def test_another_id_number_of_an_own_customer_is_held(town: Town, serial: int):
    """Whether a customer elsewhere has the number must not show."""
    town.customer(4, "WEST")
    result = town.bring(town.west, HEADER + line(4, "WEST", number=id_number(serial)))
    assert (counts(result), codes(town.west, result)) == ((0, 0, 0, 1), HELD)


@pytest.mark.parametrize("key", ["K1", "K904"], ids=["of another", "of nobody"])
def test_a_key_used_elsewhere_does_not_show(town: Town, key: str):
    """An own customer found by the id number is changed, and the unknown key left out of account."""
    name = "周" + key[1]
    result = town.bring(town.west, HEADER + line(3, "WEST", key=key, name=name))
    assert counts(result) == (0, 1, 0, 0)


def test_a_person_moves_nobody(town: Town):
    """Even between branches that are both the manager's: a move takes two people."""
    above = cast.hire("branch_manager", "HQ").actor
    town.customer(5, "EAST1")
    result = town.bring(above, HEADER + line(5, "WEST"))
    assert codes(above, result) == HELD
    assert places.place(5)[1] == "EAST1"


def test_whoever_reaches_every_customer_makes_new_ones_at_once(town: Town):
    """There is nobody beyond reach, so nothing can be told of anybody."""
    above = cast.hire("branch_manager", "HQ").actor
    assert counts(town.bring(above, HEADER + line(6, "WEST"))) == (1, 0, 0, 0)
    assert places.place(6)[1] == "WEST"


@pytest.mark.parametrize("owner", ["K2", "K905"], ids=["elsewhere", "nobody"])
def test_a_policy_of_a_customer_out_of_reach_is_held(town: Town, owner: str):
    """Today's `customer_unknown` and another branch's customer are one answer."""
    result = town.bring(town.west, POLICY + f"PL20240001,{owner},,寿险\n", "policy")
    assert (counts(result), codes(town.west, result)) == ((0, 0, 0, 1), HELD)


def test_a_policy_of_an_own_customer_is_added_whoever_uses_its_number(town: Town):
    """A number that a policy elsewhere has, and one that none has, are written alike, and found again."""
    town.bring(town.feed, POLICY + "PL20240007,K1,,寿险\n", "policy")
    for number in ("PL20240007", "PL20240008"):
        row = POLICY + f"{number},K3,,寿险\n"
        assert counts(town.bring(town.west, row, "policy")) == (1, 0, 0, 0)
        assert counts(town.bring(town.west, row, "policy")) == (0, 0, 1, 0)
        changed = POLICY + f"{number},K3,,年金\n"
        assert counts(town.bring(town.west, changed, "policy")) == (0, 1, 0, 0)


def test_classes_that_the_post_does_not_write_are_refused_by_name(town: Town):
    """Before a row is read, so the refusal hangs on post and mapping alone; a proposal leaves them out."""
    text = HEADER.replace("手机号码", "银行卡号") + line(3, "WEST")
    with pytest.raises(ClassNotWritable) as refused:
        town.bring(town.west, text, mapping={"姓名": "name", "银行卡号": "bank_card"})
    assert refused.value.params == {"field": "bank_card"}
    result = town.bring(town.west, text, dry_run=True)
    assert [one["field"] for one in result.mapping if one["column"] == "银行卡号"] == [""]


def test_a_machine_that_is_not_registered_feeds_nothing(town: Town):
    """Neither another machine under the source's name, nor the source's machine under another name."""
    other = cast.hire("machine", "HQ").actor
    with pytest.raises(SourceNotRegistered):
        town.bring(other, HEADER + line(7, "EAST"))
    with pytest.raises(SourceNotRegistered):
        town.bring(town.feed, HEADER + line(7, "EAST"), source_name="crm")


def test_a_feed_moves_what_its_source_made_and_nobody_else_does(town: Town):
    """Another source's feed adds its own record and leaves branch and record of the first as they are."""
    other = cast.hire("machine", "HQ").actor
    source_feeds.register(other, "crm")
    town.customer(8, "EAST")
    for name in ("欧阳测试", "王五"):
        row = HEADER + line(8, "WEST", key="CRM8", name=name)
        assert counts(town.bring(other, row, source_name="crm")) == (0, 1, 0, 0)
    assert places.place(8)[1] == "EAST"
    assert counts(town.bring(town.feed, HEADER + line(8, "WEST"))) == (0, 1, 0, 0)
    assert places.place(8)[1] == "WEST"


def test_a_source_that_is_closed_meanwhile_stops_its_feed(town: Town):
    """What was committed stays; the next chunk is refused."""
    other = cast.hire("machine", "HQ")
    source_feeds.register(other.actor, "life")
    first, second = cast.hire("data_steward"), cast.hire("security_admin")
    rows = "".join(line(serial, "EAST", key=f"L{serial}") for serial in (20, 21))

    def close(done: int, _total: int) -> None:
        if done == 1:
            closing = sources.propose_source(
                first.actor, "life", other.staff.login, ["customer"], is_open=False
            )
            sources.approve_source(second.actor, closing)

    with pytest.raises(ImportStopped, match="source_not_registered"):
        town.bring(other.actor, HEADER + rows, source_name="life", chunk_rows=1, progress=close)
    assert places.place(20)[1] == "EAST"


def count_of(brings: str) -> int:
    """How many of them the vault holds."""
    return int(fetch(f"SELECT count(*) FROM vault.{brings}", ())[0][0])


@pytest.mark.parametrize("brings", ["customer", "work_item"])
def test_an_account_that_is_closed_meanwhile_writes_no_further_chunk(town: Town, brings: str):
    """New customers and work items too, which need no right to change what is there."""
    other, source = cast.hire("machine", "HQ"), f"late-{brings[:4]}"
    source_feeds.register(other.actor, source)
    serials = (40, 41) if brings == "customer" else (42, 43)
    text = HEADER + "".join(line(serial, "EAST", key=f"M{serial}") for serial in serials)
    if brings == "work_item":
        town.bring(other.actor, text, source_name=source)
        items = "".join(f"case,LATE{serial},M{serial},,2026-01-01,\n" for serial in serials)
        text = "kind,number,customer,assignee,opened,closed\n" + items

    def close(done: int, _total: int) -> None:
        if done == 1:
            disable_staff(SYSTEM, other.staff)

    before = count_of(brings)
    with pytest.raises(ImportStopped, match="account_disabled"):
        town.bring(other.actor, text, brings, source_name=source, chunk_rows=1, progress=close)
    assert count_of(brings) == before + 1


def test_an_unfinished_import_of_somebody_else_is_not_taken_up(town: Town):
    """The same file by another person is that person's own: no count of the first shows."""
    text = HEADER + line(30, "EAST") + line(31, "EAST")

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        town.bring(town.feed, text, chunk_rows=1, progress=stop)
    result = town.bring(town.west, text)
    assert (result.resumed, counts(result)) == (False, (0, 0, 0, 2))
    assert town.bring(town.feed, text, chunk_rows=1).resumed


def test_nobody_else_decides_how_a_file_is_read(town: Town):
    """A person's mapping is the person's own: it is recalled for no feed and no colleague, by its columns
    or by its name, and it takes no other account's name."""
    crafted = {"客户编号": "customer_number", "姓名": "name", "证件号码": "vip_level"}
    file = BytesSource("f", (HEADER + line(90, "EAST")).encode())
    order = imports.prepare(town.east, file, collection="customer", mapping=crafted)
    save_mapping(town.east, "mine", order)
    assert imports.look(town.east, file).mapping_name == "mine"
    for other in (town.feed, town.west):
        assert imports.look(other, file).mapping()["证件号码"] == "id_number"
        with pytest.raises(MappingMissing):
            imports.prepare(other, file, collection="customer", mapping="mine")
        with pytest.raises(MappingTaken):
            save_mapping(other, "mine", order)
    order = imports.prepare(town.feed, file, collection="customer", mapping=crafted)
    save_mapping(town.feed, "of the feed", order)
    assert imports.look(town.west, file).mapping_name == "of the feed"
