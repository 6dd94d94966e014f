"""Sealing and opening single fields and bundles."""

import os
import pickle
import threading
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.crypto.conftest import CUSTOMER, INSTALLATION, RECORD, ROOT
from tutela.crypto.envelope import WHOLE, is_envelope, parse
from tutela.crypto.errors import BadValue, ClassClosed, DecryptFailed
from tutela.crypto.sealing import (
    BUNDLE_FIELD,
    CustomerKeys,
    Places,
    bundle_place,
    field_place,
)
from tutela.crypto.suites import Suite
from tutela.crypto.values import encode

AES_ROW = CustomerKeys(ROOT, Suite.AES, 1, CUSTOMER, INSTALLATION).row(1, RECORD)
OTHER = bytes(16)

texts = st.text(st.characters(exclude_categories=["Cs"]))
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
)
values = (
    texts
    | st.integers()
    | st.dates()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.binary()
    | json_values
)


@given(values, st.sampled_from([0, 16, 32, 64]))
def test_what_is_sealed_opens_to_the_same_value(value, pad_to):
    """Value and type come back, padded or not."""
    again = AES_ROW.open(1, 2, AES_ROW.seal(1, 2, value, pad_to=pad_to))
    assert (again, type(again), encode(again)) == (value, type(value), encode(value))


@given(st.dictionaries(st.integers(0, 0x7FFF), values, max_size=6))
def test_a_bundle_opens_to_the_same_fields(fields):
    """Dates and decimals keep their type inside a bundle."""
    again = AES_ROW.open_bundle(1, AES_ROW.seal_bundle(1, fields))
    assert again == fields
    assert {field: type(value) for field, value in again.items()} == {
        field: type(value) for field, value in fields.items()
    }


def test_every_changed_byte_is_refused(row):
    """Each byte of the envelope, each of several changes."""
    blob = row.seal(1, 2, "张三", pad_to=16)
    for at in range(len(blob)):
        for change in (1, 0x80, 0xFF):
            bent = blob[:at] + bytes([blob[at] ^ change]) + blob[at + 1 :]
            with pytest.raises(DecryptFailed):
                row.open(1, 2, bent)


def test_every_changed_byte_of_a_bundle_is_refused(row):
    """Bundles are as strict as single fields."""
    blob = row.seal_bundle(1, {3: date(2020, 2, 29), 4: Decimal("1.10")})
    for at in range(len(blob)):
        with pytest.raises(DecryptFailed):
            row.open_bundle(1, blob[:at] + bytes([blob[at] ^ 1]) + blob[at + 1 :])


def test_every_shorter_or_longer_envelope_is_refused(row):
    """Exact lengths only."""
    blob = row.seal(1, 2, "value")
    for bent in [blob[:size] for size in range(len(blob))] + [blob + b"\0"]:
        with pytest.raises(DecryptFailed):
            row.open(1, 2, bent)


@pytest.mark.parametrize(
    "moved",
    [
        CustomerKeys(bytes(32), Suite.AES, 1, CUSTOMER, INSTALLATION).row(1, RECORD),
        CustomerKeys(ROOT, Suite.AES, 2, CUSTOMER, INSTALLATION).row(1, RECORD),
        CustomerKeys(ROOT, Suite.SM4, 1, CUSTOMER, INSTALLATION).row(1, RECORD),
        CustomerKeys(ROOT, Suite.AES, 1, OTHER, INSTALLATION).row(1, RECORD),
        CustomerKeys(ROOT, Suite.AES, 1, CUSTOMER, OTHER).row(1, RECORD),
        CustomerKeys(ROOT, Suite.AES, 1, CUSTOMER, INSTALLATION).row(2, RECORD),
        CustomerKeys(ROOT, Suite.AES, 1, CUSTOMER, INSTALLATION).row(1, OTHER),
    ],
    ids=["root", "generation", "suite", "customer", "installation", "collection", "record"],
)
def test_a_cell_moved_elsewhere_does_not_open(moved):
    """Neither a field, nor a bundle, nor a manifest."""
    blob, pack = AES_ROW.seal(1, 2, "value"), AES_ROW.seal_bundle(1, {3: "x"})
    with pytest.raises(DecryptFailed):
        moved.open(1, 2, blob)
    with pytest.raises(DecryptFailed):
        moved.open_bundle(1, pack)


def test_a_cell_moved_to_another_field_or_class_does_not_open(row):
    """Columns cannot be swapped."""
    blob, pack = row.seal(1, 2, "value"), row.seal_bundle(1, {3: "x"})
    for data_class, field in ((1, 3), (2, 2)):
        with pytest.raises(DecryptFailed):
            row.open(data_class, field, blob)
    with pytest.raises(DecryptFailed):
        row.open_bundle(2, pack)


def test_a_field_is_no_bundle_and_a_bundle_no_field(row):
    """The flag in the header is bound."""
    with pytest.raises(DecryptFailed):
        row.open_bundle(1, row.seal(1, 2, b""))
    with pytest.raises(DecryptFailed):
        row.open(1, 0x8001, row.seal_bundle(1, {}))


def test_the_overhead_is_36_bytes_and_a_type_byte(row, suite):
    """And the header says what it is."""
    blob = row.seal(1, 2, "x" * 40)
    assert len(blob) == 40 + 1 + 36
    assert is_envelope(blob)
    assert parse(blob).suite is suite


PLACES = Places([field_place(5, 41, padded=False), bundle_place(6)])
PLAINS = [encode("张三"), b""]


def test_a_whole_record_opens_cell_by_cell(row):
    """A field and an empty bundle, under the one key of the customer's records."""
    cells, _body, manifest = row.seal_record(7, PLACES, PLAINS)
    assert [parse(cell).version for cell in cells] == [WHOLE, WHOLE]
    assert row.open(5, 41, cells[0]) == "张三"
    assert row.open_bundle(6, cells[1]) == {}
    row.check_manifest(7, {41: cells[0], BUNDLE_FIELD | 6: cells[1]}, manifest)


def test_a_cell_of_a_record_opens_only_where_it_is(keys):
    """Not as another class, field or record, and not where one that is sealed alone would be."""
    row = keys.row(1, RECORD)
    (cell, bundle), _body, _manifest = row.seal_record(7, PLACES, PLAINS)
    for sealer, data_class, field in [
        (row, 6, 41),
        (row, 5, 42),
        (keys.row(2, RECORD), 5, 41),
        (keys.row(1, OTHER), 5, 41),
    ]:
        with pytest.raises(DecryptFailed):
            sealer.open(data_class, field, cell)
    for wrong in (lambda: row.open_bundle(5, bundle), lambda: row.open(6, 41, bundle)):
        with pytest.raises(DecryptFailed):
            wrong()
    alone = row.seal(5, 41, "张三")
    for blob in (alone[:1] + b"\2" + alone[2:], cell[:1] + b"\1" + cell[2:]):
        with pytest.raises(DecryptFailed):
            row.open(5, 41, blob)


def test_no_two_cells_have_one_nonce(keys):
    """All cells of a customer's records are under one key."""
    rows = [keys.row(1, bytes([n]) * 16) for n in range(200)]
    cells = [cell for row in rows for cell in row.seal_record(1, PLACES, PLAINS)[0]]
    assert len({cell[8:20] for cell in cells}) == len(cells) == 400


def test_keys_for_one_class_do_not_open_another(keys):
    """Whoever may open class 5 has no key that opens class 6: of a whole record, of a cell alone, or to seal."""
    row, limited = keys.row(1, RECORD), keys.limited(frozenset({5})).row(1, RECORD)
    (cell, bundle), _body, _manifest = row.seal_record(7, PLACES, PLAINS)
    assert limited.open(5, 41, cell) == limited.open(5, 41, row.seal(5, 41, "张三")) == "张三"
    for closed in (
        lambda: limited.open_bundle(6, bundle),
        lambda: limited.open(6, 41, row.seal(6, 41, "x")),
        lambda: limited.seal(6, 41, "x"),
        lambda: limited.seal_bundle(6, {}),
        lambda: limited.seal_record(7, PLACES, PLAINS),
    ):
        with pytest.raises(ClassClosed):
            closed()


def test_the_fields_of_a_record_ascend():
    """The manifest takes them in their order, so none may stand twice or before another."""
    place = field_place(5, 41, padded=False)
    for places in ([place, place], [bundle_place(6), place]):
        with pytest.raises(BadValue, match="field-order"):
            Places(places)


def test_padding_hides_the_length(row):
    """Short values of one bucket look alike."""
    sizes = {len(row.seal(1, 2, "x" * size, pad_to=16)) for size in range(15)}
    assert sizes == {36 + 16}


@pytest.mark.parametrize("text", ["", "张三", "110101199003077897", "\u00c1", "[redacted]"])
def test_clear_text_is_never_taken_for_an_envelope(row, text):
    """A stored value that is not an envelope is an error, not a value."""
    assert not is_envelope(text.encode())
    with pytest.raises(DecryptFailed):
        row.open(1, 2, text.encode())


@pytest.mark.parametrize(
    "value",
    [datetime(2020, 1, 1, tzinfo=UTC), Decimal("NaN"), float("inf"), object(), {1: "x"}, (1,), {"a": {"b": (1,)}}, "\ud800", 10**5000],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_a_value_without_a_canonical_form_is_refused(row, value):
    """Nothing is sealed that would come back as something else, and the error shows nothing."""
    with pytest.raises(BadValue) as refusal:
        row.seal(1, 2, value)
    assert str(refusal.value).startswith("value-")


@pytest.mark.parametrize("field", [-1, 0x8000, 1 << 20])
def test_field_ids_stay_below_those_of_bundles(row, field):
    """So that no field can pass for a bundle."""
    with pytest.raises(BadValue):
        row.seal(1, field, "x")
    with pytest.raises(BadValue):
        row.seal_bundle(1, {field: "x"})


def test_a_manifest_sees_a_cell_put_back(row):
    """An older envelope of the same field opens, but the manifest does not fit."""
    old, new = row.seal(1, 2, "old"), row.seal(1, 2, "new")
    proof = row.manifest(2, {2: new})
    row.check_manifest(2, {2: new}, proof)
    with pytest.raises(DecryptFailed):
        row.check_manifest(2, {2: old}, proof)


def test_keys_are_neither_pickled_nor_printed(keys, row):
    """Key material stays out of caches, logs and tracebacks."""
    for holder in (keys, row):
        with pytest.raises(TypeError):
            pickle.dumps(holder)
        assert repr(holder) == f"<{type(holder).__name__}>"


def test_a_forked_child_repeats_no_nonce(row):
    """The child drops what it inherited of the nonce buffer."""
    row.seal(1, 2, "fills the buffer")
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, b"".join(row.seal(1, 2, "x")[8:20] for _ in range(100)))
        os._exit(0)
    os.close(writer)
    ours = {row.seal(1, 2, "x")[8:20] for _ in range(100)}
    theirs = os.read(reader, 1200)
    os.close(reader)
    os.waitpid(child, 0)
    assert len(ours | {theirs[at : at + 12] for at in range(0, 1200, 12)}) == 200


def test_threads_share_no_nonce_and_open_each_others_cells(row):
    """One row sealed and opened by eight threads at once."""
    sealed: list[bytes] = []

    def work():
        for number in range(400):
            blob = row.seal(1, 2, number)
            assert row.open(1, 2, blob) == number
            sealed.append(blob)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({blob[8:20] for blob in sealed}) == 8 * 400


def test_blobs_from_the_database_may_be_memory_views(row):
    """Some drivers give views instead of bytes."""
    assert row.open(1, 2, memoryview(row.seal(1, 2, "x", pad_to=16))) == "x"
    assert row.open_bundle(1, memoryview(row.seal_bundle(1, {3: "x"}))) == {3: "x"}
