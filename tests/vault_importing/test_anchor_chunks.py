"""Each chunk's leaf holds one root over the rows that it wrote; the list behind it is kept."""

from tests.vault_importing.conftest import Insurer
from tests.vault_importing.test_run_import import HEADER, counts, line
from tutela.trail import queries as trail
from tutela.vault import anchors
from tutela.vault.queries import fetch

WITH_BRANCH = "客户号,姓名,证件号码,所属机构\n"


def _anchored(batch) -> list[list[anchors.Entry]]:
    """The entries of a batch, by chunk."""
    leaves = [
        leaf.detail
        for leaf in trail.leaves(trail.LeafFilter(event="vault.import.committed"), limit=100)
    ]
    roots = {d["chunk"]: d.get("root", "") for d in leaves if d["batch"] == str(batch)}
    lists = []
    for _chunk, root in sorted(roots.items()):
        found = fetch("SELECT entries FROM vault.anchor WHERE root = %s", [bytes.fromhex(root)])
        lists.append([])
        for (body,) in found:
            assert anchors.fits(bytes.fromhex(root), bytes(body))
            lists[-1] += anchors.unpack(bytes(body))
    return lists


def _stored(table: str, version: int) -> set[tuple[bytes, int, bytes]]:
    rows = fetch(f"SELECT record_id, version, manifest FROM {table} WHERE version = %s", [version])
    return {(row[0].bytes, row[1], bytes(row[2])) for row in rows}


def test_new_rows_changed_rows_and_unchanged_rows(insurer: Insurer):
    """New and changed rows are anchored, a row that changes nothing is not."""
    first = insurer.bring_in((HEADER + line("A1", 21) + line("A2", 22)).encode(), chunk_rows=1)
    lists = _anchored(first.batch)
    assert [len(entries) for entries in lists] == [1, 1]
    assert {entry[1:3] + entry[5:] for entries in lists for entry in entries} == _stored(
        "vault.record", 1
    )
    assert all(entry.customer_version == 1 for entries in lists for entry in entries)
    again = insurer.bring_in(
        (HEADER + line("A1", 21) + line("A2", 22, phone="13900139001")).encode()
    )
    ((entry,),) = _anchored(again.batch)
    assert {(entry.record, entry.version, entry.manifest)} == _stored("vault.record", 2)
    assert entry.customer_version == 0


def test_a_file_that_changes_nothing_anchors_nothing(insurer: Insurer):
    """Its leaf holds no root."""
    data = (HEADER + line("B1", 23)).encode()
    insurer.bring_in(data)
    assert _anchored(insurer.bring_in(data + b"\n").batch) == [[]]


def test_two_rows_that_move_one_customer_are_two_moves(insurer: Insurer):
    """Two records of one customer in one chunk: each move has its version, the last stands."""
    codes = [row[0] for row in fetch("SELECT code FROM access_branch ORDER BY id LIMIT 3", [])]
    who = line("D1", 24).split(",")[2]

    def rows(one: str, two: str) -> bytes:
        return f"{WITH_BRANCH}D1,欧阳测试,{who},{one}\nD2,欧阳测试,{who},{two}\n".encode()

    insurer.bring_in(rows(codes[0], codes[0]))
    moved = insurer.bring_in(rows(codes[1], codes[2]).replace("欧阳".encode(), "上官".encode()))
    assert counts(moved) == (0, 2, 0, 0)
    (entries,) = _anchored(moved.batch)
    assert sorted(entry.customer_version for entry in entries) == [2, 3]
    assert insurer.count("vault.customer", "version = 3") == 1
