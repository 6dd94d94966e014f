"""The quick look at many leaves at once passes what is right, and nothing that could be read in two ways."""

import json
from struct import Struct

import pytest

from tests.trail.conftest import make_leaf, query
from tutela.base import ids
from tutela.crypto import merkle
from tutela.trail import reading
from tutela.trail.leaves import draft
from tutela.trail.naming import key_of, subject_text
from tutela.trail.rows import Chain
from tutela.trail.sweep import Sweep, subjects_in
from tutela.trail.walk import EPOCH_MS, Link
from tutela.vault import events

pytestmark = pytest.mark.usefixtures("database")
PLACE = Struct(">16sqqi")
CUSTOMERS = tuple(("customer", str(ids.uuid7())) for _ in range(3))


class Row:
    """A row of the log; its leaf may be changed, with a hash that fits."""

    def __init__(self, stamped):
        self.key, self.writer, self.seq = stamped.draft.id, stamped.writer, stamped.seq
        self.previous, self.leaf, self.hash = stamped.previous, stamped.leaf, stamped.leaf_hash
        event, kind, actor, purpose, outcome = reading.columns_of(reading.document_of(self.leaf))
        self.text = f"{event}\n{kind}\n{actor}\n{outcome}\n{purpose}".encode()
        self.at = ((self.key.int >> 80) - EPOCH_MS) * 1000

    def rewritten(self, leaf):
        self.leaf, self.hash = leaf, merkle.leaf_hash(leaf)
        return self


def rows(*leaves, writer=None):
    chain = Chain(writer or ids.uuid7())
    return [Row(one) for one in chain.stamp([draft(leaf, ids.uuid7()) for leaf in leaves])]


def part(listed, *, wide=b"\x01"):
    places = [PLACE.pack(one.writer.bytes, one.seq, one.at, len(one.leaf)) for one in listed]
    return (
        b"".join([b"\0" + one.leaf for one in listed]), b"".join([one.key.bytes for one in listed]),
        b"".join([one.hash for one in listed]), b"".join([one.previous for one in listed]),
        b"".join(places), b"\x01".join([one.text for one in listed]), wide,
    )  # fmt: skip


def stored(listed):
    """The sum over the table of subjects as the appending function would fill it."""
    digits = []
    for one in listed:
        for kind, key in {tuple(pair) for pair in reading.document_of(one.leaf)["subjects"]}:
            (named,) = query("SELECT to_hex(trail.subject_key(%s, %s))", kind, key)[0]
            digits.append(f"{named:0>16}{one.key.int >> 80:012x}".encode())
    return subjects_in([(b"".join(digits), b"\x01")] if digits else [])


def some():
    return rows(
        make_leaf(),
        make_leaf(subjects=CUSTOMERS),
        make_leaf(subjects=()),
        make_leaf(note="abc"),
        make_leaf(work_item=str(ids.uuid7()), purpose="service"),
    )


def test_leaves_as_they_are_written_pass():
    """With and without subjects, note and work item; their subjects are those of the table."""
    listed = some()
    sweep = Sweep()
    assert sweep.take(part(listed))
    assert (sweep.leaves, sweep.subjects) == (5, stored(listed))
    assert sweep.joined({}) == {
        listed[0].writer.bytes: Link(5, listed[4].hash, listed[4].key.int >> 80)
    }


def test_chains_that_lie_mixed_and_out_of_order_are_joined():
    """Several processes write at once, and a page takes what fits into it."""
    one, other = some(), some()
    mixed = [
        other[3],
        other[4],
        *(row for pair in zip(one, other[:3], strict=False) for row in pair),
    ]
    sweep = Sweep()
    assert sweep.take(part(mixed))
    assert sweep.take(part(one[3:]))
    assert {writer: link.seq for writer, link in sweep.joined({}).items()} == {
        one[0].writer.bytes: 5, other[0].writer.bytes: 5,
    }  # fmt: skip


@pytest.mark.parametrize("gone", [0, 1, 4])
def test_a_missing_link_is_not_joined(gone):
    """At the begin and in the middle; the end is missed by the chain's head."""
    listed = some()
    del listed[gone]
    sweep = Sweep()
    assert sweep.take(part(listed))
    assert (sweep.joined({}) is None) == (gone < 4)


@pytest.mark.parametrize("place", [0, 1, 4])
def test_no_byte_of_a_leaf_can_be_another_one(place):
    """Each byte after the salt becomes a quote, a backslash or a digit, and the hash is made to fit: either
    the leaf does not pass, or it names subjects that the table does not have, or it is JSON in one reading."""
    row = some()[place]
    right, whole = stored([row]), row.leaf
    passed = 0
    for number in range(16, len(whole)):
        for byte in b'"', b"\\", b"7":
            changed = whole[:number] + byte + whole[number + 1 :]
            sweep = Sweep()
            if sweep.take(part([row.rewritten(changed)])) and sweep.subjects == right:
                said = json.dumps(json.loads(changed[16:]), separators=(",", ":"))
                assert said.encode() == changed[16:]
                passed += 1
    assert 0 < passed < len(whole)


@pytest.mark.parametrize("column", ["key", "writer", "seq", "previous", "hash", "text", "at"])
def test_a_row_that_says_another_thing_does_not_pass(column):
    """Each column in turn takes the value of another row."""
    listed = some()
    other = rows(make_leaf(event=events.CUSTOMER_VIEWED, detail={}), make_leaf())[
        1 if column == "previous" else 0
    ]
    other.seq, other.at = 77, listed[2].at + 1
    setattr(listed[2], column, getattr(other, column))
    assert not Sweep().take(part(listed))


def test_columns_of_odd_widths_do_not_pass():
    """A hash of 31 bytes before one of 33, a NULL among the texts, an empty leaf."""
    listed = some()
    assert not Sweep().take(part(listed, wide=b"\0"))
    *columns, texts, wide = part(listed)
    assert not Sweep().take((*columns, texts.rpartition(b"\x01")[0], wide))
    assert not Sweep().take(part([*listed, listed[0].rewritten(b"")]))


@pytest.mark.parametrize(
    "subject",
    [
        b'["customer","a"],["b","c"]',
        b'["customer","a\\"]',
        b'["customer","\x02"]',
        b'["customer","\xff"]',
        b'["customer","0192f0c1-7a54-7c33-9d1e-2f6f5c1a4b01\n"]',
        b'["cust"mer","a"]',
    ],
)
def test_a_subject_in_which_something_could_hide_has_no_key(subject):
    """So the month is looked at leaf by leaf."""
    assert key_of(subject) is None


def test_a_moment_that_is_none_of_a_leaf_is_not_counted():
    """Of a leaf's id only milliseconds are known."""
    assert subjects_in([(b"0" * 28, b"\0")]) is None


@pytest.mark.parametrize(
    "subject",
    [
        ("customer", "0192f0c1-7a54-7c33-9d1e-2f6f5c1a4b01"),
        ("customer", "0192F0C1-7A54-7C33-9D1E-2F6F5C1A4B01"),
        ("policy", "2026.v1"),
        ("policy", ""),
        ("policy", "0192f0c1-7a54-7c33-9d1e-2f6f5c1a4b011"),
    ],
)
def test_keys_are_those_of_the_database(subject):
    """Of ids and of codes."""
    (named,) = query("SELECT to_hex(trail.subject_key(%s, %s))", *subject)[0]
    assert key_of(subject_text(*subject)) == f"{named:0>16}".encode()
