"""A blank keeps what is stored, unless the mapping says that it clears; what was kept is counted."""

import pytest

from tests import imports
from tests.vault.factories import id_number
from tests.vault_importing import town as places
from tests.vault_importing.conftest import Insurer
from tutela.trail import queries as trail
from tutela.vault import events
from tutela.vault.importing import batches
from tutela.vault.importing.actions.imports import ImportResult
from tutela.vault.importing.actions.orders import save_mapping
from tutela.vault.importing.errors import ClearsUnmapped
from tutela.vault.importing.reading.sources import BytesSource
from tutela.vault.queries import fetch

HEADER = "客户号,姓名,证件号码,手机号码,联系地址\n"
SHORT = "客户号,姓名,手机号码\n"


def row(key: str, serial: int, **cells: str) -> str:
    texts = {
        "name": "欧阳测试",
        "number": id_number(serial),
        "phone": "13800138000",
        "address": "北京市路1号",
    }
    texts |= cells
    return ",".join((key, *texts.values())) + "\n"


def bring(insurer: Insurer, *rows: str, **asked: object) -> ImportResult:
    return insurer.bring_in((HEADER + "".join(rows)).encode(), **asked)


def counts(result: ImportResult) -> tuple[int, int, int, int, int]:
    """Created, changed, unchanged, rejected, kept."""
    return result.created, result.changed, result.unchanged, result.rejected, result.kept


def version(key_serial: int) -> int:
    """The version of the record of a customer with this id number."""
    customer, _branch = places.place(key_serial)
    rows = fetch("SELECT max(version) FROM vault.record WHERE customer_id = %s", (customer,))
    return int(rows[0][0])


def test_a_blank_keeps_the_stored_value_and_is_counted(insurer: Insurer):
    """An id number that a second file lacks is still there, and still finds its customer."""
    bring(insurer, row("K1", 101), row("K2", 102))
    blank = row("K1", 101, number=""), row("K2", 102, number="", phone="")
    assert counts(bring(insurer, *blank)) == (0, 0, 2, 0, 3)
    assert places.place(101) != places.place(102)
    assert counts(bring(insurer, row("K1", 101), row("K2", 102))) == (0, 0, 2, 0, 0)


def test_the_same_blanks_are_counted_each_time(insurer: Insurer):
    """Also where another cell of their row made a new version."""
    bring(insurer, row("L1", 111))
    changed = row("L1", 111, phone="", address="上海市路2号")
    assert counts(bring(insurer, changed)) == (0, 1, 0, 0, 1)
    assert counts(bring(insurer, changed)) == (0, 0, 1, 0, 1)
    assert version(111) == 2


def test_a_blank_clears_where_the_mapping_says_so(insurer: Insurer):
    """Of the fields that are named, no others; and the same file again changes nothing."""
    bring(insurer, row("M1", 121))
    gone = row("M1", 121, phone="", address="")
    assert counts(bring(insurer, gone, clears=["phone"])) == (0, 1, 0, 0, 1)
    assert counts(bring(insurer, gone, clears=["phone"])) == (0, 0, 1, 0, 1)
    assert counts(bring(insurer, gone)) == (0, 0, 1, 0, 1)
    assert counts(bring(insurer, gone, clears=["address", "phone"])) == (0, 1, 0, 0, 0)


def test_a_file_that_was_kept_clears_when_it_is_brought_again_to_clear(insurer: Insurer):
    """The same bytes, another intention: it is no repetition."""
    bring(insurer, row("N1", 131, phone=""))
    bring(insurer, row("N1", 131))
    assert counts(bring(insurer, row("N1", 131, phone=""))) == (0, 0, 1, 0, 1)
    assert counts(bring(insurer, row("N1", 131, phone=""), clears=["phone"])) == (0, 1, 0, 0, 0)


def test_a_row_without_a_key_is_the_same_whether_its_blanks_clear_or_not(insurer: Insurer):
    """It is known by its content, which an intention is no part of."""
    made = insurer.bring_in("姓名,手机号码,联系地址\n甲乙,13800138077,\n".encode())
    again = insurer.bring_in(
        "姓名,手机号码,联系地址\n甲乙,13800138077,\n".encode(), clears=["address"]
    )
    assert (made.created, again.created) == (1, 0)


@pytest.mark.parametrize("chunk_rows", [1, 10])
def test_a_later_row_of_the_same_file_keeps_too(insurer: Insurer, chunk_rows: int):
    """Of a new customer and of a known one, in one chunk or in two."""
    key, serial = f"P{chunk_rows}", 140 + chunk_rows
    twice = row(key, serial), row(key, serial, phone="")
    assert counts(bring(insurer, *twice, chunk_rows=chunk_rows)) == (1, 0, 1, 0, 1)
    other = row(key, serial, phone="13900139000"), row(key, serial, phone="", address="广州市路3号")
    assert counts(bring(insurer, *other, chunk_rows=chunk_rows)) == (0, 2, 0, 0, 1)
    last = row(key, serial, phone="13900139000", address="广州市路3号")
    assert counts(bring(insurer, last)) == (0, 0, 1, 0, 0)


def test_a_later_row_clears_where_the_mapping_says_so(insurer: Insurer):
    """Its version lacks the value that the row before brought."""
    twice = row("Q1", 151), row("Q1", 151, phone="")
    assert counts(bring(insurer, *twice, clears=["phone"])) == (1, 1, 0, 0, 0)


def test_a_dry_run_counts_as_the_import_does(insurer: Insurer):
    """What it would keep, and what it would clear."""
    bring(insurer, row("R1", 161), row("R2", 162))
    file = row("R1", 161, phone=""), row("R2", 162, phone="", address="上海市路2号"), row("R3", 163)
    for clears in ([], ["phone"]):
        rehearsed = counts(bring(insurer, *file, clears=clears, dry_run=True))
        assert counts(bring(insurer, *file, clears=clears)) == rehearsed
    assert insurer.count("vault.import_batch", "dry_run AND kept = 2 AND cleared = 0") == 1
    assert insurer.count("vault.import_batch", "dry_run AND kept = 0 AND cleared = 2") == 1


def test_an_id_number_that_is_cleared_is_free_for_another_customer(insurer: Insurer):
    """A wrong number that a blank takes away leads nobody to the customer who had it."""
    bring(insurer, row("R8", 168))
    gone = bring(insurer, row("R8", 168, number=""), clears=["id_number"])
    assert counts(gone) == (0, 1, 0, 0, 0)
    assert counts(bring(insurer, row("R9", 168, name="诸葛测试"))) == (1, 0, 0, 0, 0)
    assert counts(bring(insurer, row("R8", 169))) == (0, 1, 0, 0, 0)
    assert places.place(168) != places.place(169)


def test_the_leaves_say_what_was_kept_and_how_many_fields_clear(insurer: Insurer):
    """Of the chunk and of the whole; the leaf of the start names how many fields blanks take away."""
    bring(insurer, row("S2", 172), row("S3", 173))
    blank = row("S2", 172, phone=""), row("S3", 173, phone="", address="")
    result = bring(insurer, *blank, clears=["address"])
    said = {
        leaf.event: leaf.detail
        for leaf in trail.leaves(limit=60)
        if leaf.detail.get("batch") == result.batch
    }
    assert said[events.IMPORT_STARTED.name]["clears"] == 1
    for event in (events.IMPORT_COMMITTED, events.IMPORT_FINISHED):
        assert (said[event.name]["kept"], said[event.name]["cleared"]) == (2, 1)


def test_a_batch_says_what_it_kept(insurer: Insurer):
    """The list of imports and the finished row alike."""
    bring(insurer, row("S1", 171))
    result = bring(insurer, row("S1", 171, phone=""))
    (state,) = batches.recent(1)
    assert (str(state.id), state.tally.kept, state.as_row()["kept"]) == (result.batch, 1, 1)
    assert insurer.count("vault.import_batch", f"batch_id = '{result.batch}' AND kept = 1") == 1


def test_a_mandatory_field_is_never_blank(insurer: Insurer):
    """A row without a name is rejected, whatever is stored."""
    bring(insurer, row("T1", 181))
    assert counts(bring(insurer, row("T1", 181, name=""))) == (0, 0, 0, 1, 0)


def test_a_field_that_is_not_mapped_cannot_clear(insurer: Insurer):
    """It is refused by name, before a row is read."""
    with pytest.raises(ClearsUnmapped):
        insurer.bring_in((SHORT + "U1,欧阳测试,13800138000\n").encode(), clears=["address"])


def test_a_saved_mapping_clears_as_it_was_saved(insurer: Insurer):
    """By its name, by the file's columns; and not when something else is asked."""
    header = "客户号,姓名,移动电话\n"
    full = (header + "V1,欧阳测试,13800138000\n").encode()
    order = imports.prepare(insurer.operator, BytesSource("f", full), clears=["phone"])
    save_mapping(insurer.operator, "clearing", order)
    blank = (header + "V1,欧阳测试,\n").encode()
    for asked, kept in (({"clears": []}, 1), ({}, 0), ({"mapping": "clearing"}, 0)):
        insurer.bring_in(full)
        assert insurer.bring_in(blank, **asked).kept == kept


def test_a_blank_keeps_who_works_on_a_work_item_and_when_it_ended(insurer: Insurer):
    """Unless the mapping says that it clears: then the work item is open again."""
    bring(insurer, row("W1", 191))
    head = "kind,number,customer,assignee,opened,closed\n"
    closed = (head + "claim,WN1,W1,,2026-01-05,2026-02-01\n").encode()
    opened = (head + "claim,WN1,W1,,2026-01-05,\n").encode()
    asked = {"collection": "work_item"}
    assert counts(insurer.bring_in(closed, **asked))[:1] == (1,)
    assert counts(insurer.bring_in(opened, **asked)) == (0, 0, 1, 0, 1)
    assert counts(insurer.bring_in(opened, clears=["closed"], **asked)) == (0, 1, 0, 0, 0)
    later = (head + "claim,WN1,W1,,2026-03-05,\n").encode()
    insurer.bring_in(closed, **asked)
    assert counts(insurer.bring_in(later, **asked)) == (0, 0, 0, 1, 0)
