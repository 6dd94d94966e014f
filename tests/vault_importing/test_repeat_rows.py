"""Many rows of one record in one file: each is a version, and they cost no more than other rows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from tests.vault_importing.conftest import Insurer
from tutela.crypto.normalise import id_card_18
from tutela.vault.queries import fetch

HEADER = "客户号,姓名,证件号码,手机号码\n"
NUMBER = id_card_18("11010119850307123")


def rows(key: str, count: int, *, identity: str = "") -> bytes:
    """`count` rows with one key, each with another phone number."""
    lines = [f"{key},重复,{identity},138{n:08d}\n" for n in range(count)]
    return (HEADER + "".join(lines)).encode()


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements that are sent meanwhile through Django's connection; a pipeline is one."""
    sent: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        sent.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield sent


def versions(record: UUID) -> list[int]:
    """All versions of a record, with those of its history."""
    found = fetch(
        "SELECT version FROM vault.record WHERE record_id = %s UNION ALL"
        " SELECT version FROM vault.record_history WHERE record_id = %s ORDER BY 1",
        [record, record],
    )
    return [row[0] for row in found]


def newest_record() -> UUID:
    found: UUID = fetch("SELECT record_id FROM vault.record ORDER BY record_id DESC LIMIT 1", [])[
        0
    ][0]
    return found


@pytest.mark.parametrize("key", ["R1", ""])
def test_400_rows_of_one_record_cost_as_few_statements_as_4(insurer: Insurer, key: str):
    """By their key or, without one, by their id number."""
    identity = "" if key else NUMBER
    with statements() as few:
        insurer.bring_in(
            rows(f"{key}" and f"{key}a", 4, identity=identity and id_card_18("11010119850307456"))
        )
    with statements() as many:
        result = insurer.bring_in(rows(key, 400, identity=identity))
    assert (result.created, result.changed, result.unchanged) == (1, 399, 0)
    assert len(many) <= len(few) + 5
    assert versions(newest_record()) == list(range(1, 401))


def test_rows_that_follow_a_known_record_become_its_next_versions(insurer: Insurer):
    """And the same file again changes it anew, because its first row differs from what is stored."""
    file = rows("R2", 5)
    insurer.bring_in(file[: file.rindex(b"R2")])
    record = newest_record()
    result = insurer.bring_in(rows("R2", 7))
    assert (result.created, result.changed, result.unchanged) == (0, 7, 0)
    assert versions(record) == list(range(1, 12))


def test_a_row_that_says_the_same_again_is_unchanged(insurer: Insurer):
    """Between two that differ."""
    file = HEADER + "R3,甲,,13800138001\n" * 3 + "R3,乙,,13800138001\n" * 2
    result = insurer.bring_in(file.encode())
    assert (result.created, result.changed, result.unchanged) == (1, 1, 3)
    assert versions(newest_record()) == [1, 2]


def test_every_version_of_a_repeated_record_opens(insurer: Insurer):
    """The history is sealed as any other."""
    from tutela.vault.view import history

    insurer.bring_in(rows("R4", 3))
    record = newest_record()
    ((customer,),) = fetch("SELECT customer_id FROM vault.record WHERE record_id = %s", [record])
    found = history(insurer.operator, customer, record, "service")
    assert [(one.version, one.changed) for one in found] == [
        (3, ("phone",)),
        (2, ("phone",)),
        (1, ("customer_number", "name", "phone")),
    ]


def test_the_last_row_that_names_a_branch_says_where_the_customer_belongs(insurer: Insurer):
    """A new customer, and one that is known."""
    codes = [row[0] for row in fetch("SELECT code FROM access_branch ORDER BY id LIMIT 3", [])]
    for turn in (codes[1:], codes[:2]):
        lines = [f"R5,丙,{n},{code}\n" for n, code in enumerate([*turn, ""])]
        insurer.bring_in(("客户号,姓名,职业,所属机构\n" + "".join(lines)).encode())
        ((code,),) = fetch(
            "SELECT b.code FROM vault.customer c JOIN access_branch b ON b.id = c.branch_id"
            " JOIN vault.record r USING (customer_id) WHERE r.record_id = %s",
            [newest_record()],
        )
        assert code == turn[-1]
