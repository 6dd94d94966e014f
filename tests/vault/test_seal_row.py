"""Records as sealed cells: pure arithmetic, no database."""

from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from tutela.access.errors import GrantRefused
from tutela.access.grants import Grant
from tutela.base.actor import SYSTEM
from tutela.crypto.blind import IndexKeys
from tutela.crypto.digest import random_bytes
from tutela.crypto.sealing import BUNDLE_FIELD, CustomerKeys
from tutela.crypto.suites import Suite
from tutela.vault import catalogue, permissions, rows
from tutela.vault.errors import RecordBroken

INDEX = IndexKeys(random_bytes(32), 1, Suite.AES)
CUSTOMER = uuid4()
KEYS = CustomerKeys(random_bytes(32), Suite.AES, 1, CUSTOMER.bytes, random_bytes(16))
VALUES = {
    catalogue.by_code(code).id: value
    for code, value in {
        "name": "东方不败",
        "id_number": "11010519491231002X",
        "birth_date": date(1949, 12, 31),
        "annual_income": Decimal("120000.50"),
        "occupation": "教主",
        "education": "本科",
    }.items()
}


def test_cold_fields_of_a_class_share_a_bundle():
    """Six values, five cells: occupation and education lie together."""
    sealed = rows.seal_row(KEYS, 1, uuid4(), 1, VALUES)
    assert len(sealed.cells) == len(sealed.fields) == 5
    assert sorted(sealed.fields) == [-12, -8, 101, 102, 107]


def test_the_length_of_a_short_name_does_not_show():
    """Padded fields of one bucket are equally long."""
    one = rows.seal_row(KEYS, 1, uuid4(), 1, {101: "王"})
    two = rows.seal_row(KEYS, 1, uuid4(), 1, {101: "欧阳修竹"})
    assert len(one.cells[0]) == len(two.cells[0])


def test_equal_values_give_unequal_cells():
    """A fresh nonce each time."""
    record = uuid4()
    assert rows.seal_row(KEYS, 1, record, 1, VALUES) != rows.seal_row(KEYS, 1, record, 1, VALUES)


def stored(sealed: rows.SealedRow, record: UUID) -> rows.StoredRow:
    """The row as the database has it."""
    return rows.StoredRow(CUSTOMER, record, 1, 1, 1, *sealed, newest=True)


def sealed_before(record: UUID) -> rows.SealedRow:
    """A record as versions before sealed it: each cell under the key of its class."""
    row = KEYS.row(1, record.bytes)
    places = {
        101: row.seal(1, 101, VALUES[101], pad_to=32),
        102: row.seal(1, 102, VALUES[102]),
        107: row.seal(1, 107, VALUES[107]),
        BUNDLE_FIELD | 8: row.seal_bundle(8, {113: VALUES[113]}),
        BUNDLE_FIELD | 12: row.seal_bundle(12, {111: VALUES[111], 114: VALUES[114]}),
    }
    fields = [101, 102, 107, -8, -12]
    return rows.SealedRow(fields, list(places.values()), row.manifest(1, places))


@pytest.mark.parametrize("seal", ["whole", "before"])
def test_records_of_this_version_and_of_those_before_open(seal):
    """What e40e9a1 stored is read as what is stored today, and both are bound by their manifest."""
    record = uuid4()
    sealed = rows.seal_row(KEYS, 1, record, 1, VALUES) if seal == "whole" else sealed_before(record)
    sealer, cells = rows.checked_cells(KEYS, stored(sealed, record))
    assert sealer.open(1, 101, cells[101]) == VALUES[101]
    assert sealer.open_bundle(12, cells[-12]) == {111: VALUES[111], 114: VALUES[114]}
    fewer = rows.SealedRow(sealed.fields[1:], sealed.cells[1:], sealed.manifest)
    with pytest.raises(RecordBroken):
        rows.checked_cells(KEYS, stored(fewer, record))


def test_a_cell_of_before_does_not_stand_in_a_record_of_today():
    """A record is of one version: nobody puts an older cell back into it."""
    record = uuid4()
    whole, before = rows.seal_row(KEYS, 1, record, 1, VALUES), sealed_before(record)
    mixed = [before.cells[0], *whole.cells[1:]]
    for manifest in (whole.manifest, before.manifest):
        with pytest.raises(RecordBroken):
            rows.checked_cells(KEYS, stored(rows.SealedRow(whole.fields, mixed, manifest), record))


def test_many_records_are_encoded_as_each_alone():
    """Column by column, also where some have other fields, or fields of another type, or none."""
    many = [
        VALUES,
        {101: "王", 113: Decimal(1)},
        dict(reversed(VALUES.items())),
        {},
        VALUES | {107: "text"},
    ]
    for values, (shape, plains) in zip(many, rows.plains_of(many), strict=True):
        assert (shape, list(plains)) == next(
            (alone, list(cells)) for alone, cells in rows.plains_of([values])
        )
        record = uuid4()
        sealed = rows.seal_row(KEYS, 1, record, 1, values)
        sealer, cells = rows.checked_cells(KEYS, stored(sealed, record))
        assert sealed.fields == shape.fields
        if 101 in values:
            assert sealer.open(1, 101, cells[101]) == values[101]


def test_tags_are_those_of_the_catalogue():
    """Name by name, id number whole and by its last four."""
    made = [(field, transform) for _, field, transform, _ in rows.tags_of(INDEX, 1, VALUES)]
    assert made == [(101, 9), (102, 2), (102, 7)]


def test_a_value_without_a_searchable_form_has_no_tag():
    """It is kept and sealed all the same."""
    assert rows.tags_of(INDEX, 1, {catalogue.by_code("email").id: "no address"}) == []


def test_the_row_mac_is_the_same_only_for_the_same_values():
    """Whatever the order they came in."""
    same = rows.row_mac(INDEX, 1, dict(reversed(VALUES.items())))
    assert rows.row_mac(INDEX, 1, VALUES) == same
    assert rows.row_mac(INDEX, 1, {**VALUES, 101: "东方求败"}) != same
    assert rows.row_mac(INDEX, 1, {101: "1", 102: "23"}) != rows.row_mac(
        INDEX, 1, {101: "12", 102: "3"}
    )


def test_the_identity_tag_is_one_for_all_spellings():
    """Old and new form of an id number, full width and lower case."""
    old = rows.identity_tag(INDEX, "110105491231002")
    assert rows.identity_tag(INDEX, "11010519491231002x") == old
    assert rows.identity_tag(INDEX, "１１０１０５１９４９１２３１００２Ｘ") == old


def test_a_source_key_counts_within_its_source_and_collection():
    """The same number in two systems is two records."""
    tag = rows.source_tag(INDEX, 1, "core", "C 001")
    assert rows.source_tag(INDEX, 1, "core", "c001") == tag
    assert (
        len(
            {
                tag,
                rows.source_tag(INDEX, 1, "crm", "C001"),
                rows.source_tag(INDEX, 2, "core", "C001"),
            }
        )
        == 3
    )


def test_a_grant_made_by_hand_opens_nothing():
    """Only the gate makes grants."""
    with pytest.raises(GrantRefused):
        Grant(actor=SYSTEM, permission=permissions.RECORD_CHANGE, issued=0.0, proof=b"x" * 32)
