"""A row is created, found unchanged, or becomes a new version; never doubled, never lost."""

from dataclasses import replace

import pytest

from tests.vault_importing.conftest import Insurer
from tutela.access.errors import AccountDisabled
from tutela.base.actor import Actor, Channel
from tutela.crypto.normalise import id_card_18
from tutela.vault.importing.actions.imports import ImportResult

HEADER = "客户号,姓名,证件号码,手机号码,联系地址\n"


def number(serial: int) -> str:
    return id_card_18(f"11010119900307{serial:03d}")


def line(key: str, serial: int, *, phone: str = "13800138000", address: str = "北京市路1号") -> str:
    return f"{key},欧阳测试,{number(serial)},{phone},{address}\n"


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    return result.created, result.changed, result.unchanged, result.rejected


def test_a_dry_run_writes_nothing(insurer: Insurer):
    """It tells what would be, and leaves its leaves and its counts."""
    result = insurer.bring_in((HEADER + line("D1", 1)).encode(), dry_run=True)
    assert counts(result) == (1, 0, 0, 0)
    tables = ("customer", "record", "tag", "work_item")
    assert [insurer.count(f"vault.{table}") for table in tables] == [0] * 4
    assert insurer.count("vault.import_batch", "dry_run AND state = 'finished'") == 1


def test_the_same_file_twice_changes_nothing(insurer: Insurer):
    """However it is written: full width, another encoding."""
    text = HEADER + line("A1", 2) + line("A2", 3)
    assert counts(insurer.bring_in(text.encode())) == (2, 0, 0, 0)
    wide = text.replace("13800138000", "１３８ 0013 8000").encode("gb18030")
    assert counts(insurer.bring_in(wide)) == (0, 0, 2, 0)


def test_a_changed_row_makes_a_new_version(insurer: Insurer):
    """The old version goes to the history, the old tags go away."""
    insurer.bring_in((HEADER + line("B1", 4)).encode())
    before = insurer.count("vault.tag")
    result = insurer.bring_in((HEADER + line("B1", 4, phone="13900139000")).encode())
    assert counts(result) == (0, 1, 0, 0)
    assert insurer.count("vault.record", "version = 2") == 1
    assert insurer.count("vault.record_history") == 1
    assert insurer.count("vault.tag") == before


def test_of_two_rows_for_one_record_the_later_wins(insurer: Insurer):
    """Within a chunk and across chunks, whatever the number of rows in one."""
    first, last = line("C1", 5), line("C1", 5, address="上海市路2号")
    data = (HEADER + first + line("C2", 6) + last).encode()
    assert counts(insurer.bring_in(data, chunk_rows=1)) == (2, 1, 0, 0)
    assert counts(insurer.bring_in((HEADER + last).encode())) == (0, 0, 1, 0)


def test_a_field_that_is_not_mapped_stays(insurer: Insurer):
    """A short file about phones must not take addresses away."""
    insurer.bring_in((HEADER + line("E1", 7)).encode())
    short = "客户号,姓名,手机号码\nE1,欧阳测试,13700137000\n".encode()
    assert counts(insurer.bring_in(short)) == (0, 1, 0, 0)
    assert counts(insurer.bring_in(short)) == (0, 0, 1, 0)
    assert counts(insurer.bring_in((HEADER + line("E1", 7, phone="13700137000")).encode()))[:2] == (
        0,
        0,
    )


def test_a_customer_of_another_system_is_found_by_the_id_number(insurer: Insurer):
    """One customer, with one record for each system; nothing is overwritten."""
    customers = insurer.count("vault.customer")
    insurer.bring_in((HEADER + line("G1", 9)).encode())
    result = insurer.bring_in((HEADER + line("X9", 9)).encode(), source_name="crm")
    assert counts(result) == (0, 1, 0, 0)
    assert insurer.count("vault.customer") == customers + 1
    again = insurer.bring_in((HEADER + line("X9", 9)).encode(), source_name="crm")
    assert counts(again) == (0, 0, 1, 0)


def test_a_file_without_keys_finds_customers_by_the_id_number(insurer: Insurer):
    """A list of names and id numbers is enough."""
    insurer.bring_in((HEADER + line("H1", 10)).encode())
    plain = f"姓名,证件号码,手机号码\n欧阳测试,{number(10)},13600136000\n".encode()
    assert counts(insurer.bring_in(plain)) == (0, 1, 0, 0)
    assert counts(insurer.bring_in(plain)) == (0, 0, 1, 0)


def test_an_id_number_that_another_customer_has_is_refused(insurer: Insurer):
    """Merging two people is a decision for a person."""
    insurer.bring_in((HEADER + line("I1", 11) + line("I2", 12)).encode())
    result = insurer.bring_in((HEADER + line("I1", 12)).encode())
    assert counts(result) == (0, 0, 0, 1)


def test_policies_need_a_customer(insurer: Insurer):
    """Found by the customer's number or id number; else the row is rejected."""
    insurer.bring_in((HEADER + line("J1", 13)).encode())
    text = f"保单号,客户号,身份证号\nP001,J1,\nP002,,{number(13)}\nP003,nobody,\n"
    data = text.encode()
    assert counts(insurer.bring_in(data, collection="policy")) == (2, 0, 0, 1)
    assert counts(insurer.bring_in(data, collection="policy")) == (0, 0, 2, 1)


def test_two_workers_give_what_one_gives(insurer: Insurer):
    """Separate processes on the same tables, chunks of a few rows, the same key in several."""
    rows = [line(f"W{n % 60}", 100 + n % 60, address=f"路{n}号") for n in range(150)]
    data = (HEADER + "".join(rows)).encode()
    result = insurer.bring_in(data, workers=2, chunk_rows=7)
    assert counts(result) == (60, 90, 0, 0)
    last = HEADER + "".join(rows[90:])
    assert counts(insurer.bring_in(last.encode()))[2] == 60


def test_a_server_s_import_starts_fresh_workers(insurer: Insurer):
    """A process with many threads is not forked; its workers open keys and tables on their own."""
    worker = Insurer(replace(insurer.operator, channel=Channel.JOB), insurer.files)
    rows = [line(f"V{n}", 200 + n) for n in range(40)]
    result = worker.bring_in((HEADER + "".join(rows)).encode(), workers=2, chunk_rows=10)
    assert counts(result) == (40, 0, 0, 0)


def test_an_unknown_branch_rejects_the_row(insurer: Insurer):
    """A customer of no branch could be seen by nobody, or by all."""
    data = f"客户号,姓名,证件号码,归属机构\nL1,欧阳测试,{number(20)},9999\n".encode()
    assert counts(insurer.bring_in(data)) == (0, 0, 0, 1)


def test_a_stranger_may_not_import(insurer: Insurer):
    """The verb asks the gate, whoever calls it."""
    stranger = Actor(kind="staff", id="019a0000-0000-7000-8000-000000000000", channel=Channel.PAGE)
    with pytest.raises(AccountDisabled):
        Insurer(stranger, insurer.files).bring_in(b"x")
