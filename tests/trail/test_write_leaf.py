"""A leaf's exact bytes, and what may not enter."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trail.conftest import make_leaf
from tutela.base.actor import Actor, Channel
from tutela.trail.errors import LeafRefused, LeafTooLarge
from tutela.trail.event_specs import EVENTS
from tutela.trail.leaves import LEAF_LIMIT, Exposure, Leaf, chained, draft
from tutela.trail.rows import Chain
from tutela.vault import events

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "trail" / "leaf.json").read_text())
ID = UUID("0192f0c1-7a54-7c33-9d1e-2f6f5c1a4b99")


def from_vector(told):
    """A Leaf from a vector's plain description."""
    return Leaf(
        event=EVENTS[told["event"]],
        actor=Actor(**{**told["actor"], "channel": Channel(told["actor"]["channel"])}),
        subjects=tuple(map(tuple, told["subjects"])),
        classes=tuple(told["classes"]),
        fields=tuple(told["fields"]),
        exposure=Exposure(told["exposure"]),
        purpose=told["purpose"],
        work_item=told["work_item"],
        note=told["note"],
        decision=told["decision"],
        detail=told["detail"],
    )


@pytest.mark.parametrize("vector", VECTORS["leaves"], ids=lambda v: v["name"])
def test_golden_leaves_keep_their_bytes_and_hashes(vector):
    """A change here breaks every proof ever given."""
    body = draft(from_vector(vector["leaf"]), UUID(vector["id"])).body
    chain = vector["chain"]
    text = chained(body, chain["writer"], chain["seq"], chain["previous"])
    assert text.decode() == vector["json"]
    salted = bytes.fromhex(vector["salt"]) + text
    assert sha256(b"\0" + salted).hexdigest() == vector["leaf_hash"]


def test_the_text_is_canonical_json():
    """Sorted keys, no spaces, ASCII: what any other program would write."""
    leaf = make_leaf(detail={"rows": 3, "hits": 2}, decision={"cell": "a", "code": "b"})
    (one,) = Chain(ID).stamp([draft(leaf, ID)])
    told = json.loads(one.leaf[16:])
    plain = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    assert one.leaf[16:] == plain.encode("ascii")
    assert told["t_ms"] == ID.int >> 80


def test_words_in_chinese_stay_ascii_on_paper():
    """A source's name may be Chinese; the bytes are not."""
    leaf = make_leaf(event=events.IMPORT_STARTED, detail={"source": "核心系统"})
    body = draft(leaf, ID).body
    assert body.isascii()
    assert json.loads(body)["detail"] == {"source": "核心系统"}


def test_the_session_is_told_apart_but_not_told():
    """A log reader cannot take over a session."""
    body = draft(make_leaf(), ID).body
    assert "s3ss10n-key" not in body
    assert len(json.loads(body)["actor"]["session"]) == 16


def test_every_salt_is_new():
    """The same leaf twice has two hashes."""
    chain = Chain(ID)
    one, two = chain.stamp([draft(make_leaf(), ID)] * 2)
    assert one.leaf[:16] != two.leaf[:16]
    assert two.previous == one.leaf_hash


REFUSED = {
    "a detail key that the event does not know": {"detail": {"name": "x"}},
    "a detail key of another event": {"detail": {"file_hash": "ab" * 32}},
    "a number where a word belongs": {"detail": {"code": 5}},
    "a word where a number belongs": {"detail": {"rows": "5"}},
    "a negative count": {"detail": {"rows": -1}},
    "a telephone number as a code": {"detail": {"field": "13800138000"}},
    "a full-width telephone number": {"detail": {"field": "138001"}},
    "a person's name as a code": {"detail": {"field": "王小明"}},
    "a list as a detail": {"detail": {"field": ["x"]}},
    "a decision word not in the list": {"decision": {"reason": "x"}},
    "a clear note": {"note": "customer called"},
    "a clear note in Chinese": {"note": "客户来电"},
    "an identity number as a subject": {"subjects": (("customer", "110101199003070000"),)},
    "a subject without a kind": {"subjects": (("", "x"),)},
    "a work item by its number": {"work_item": "P2024000123"},
    "a purpose in words": {"purpose": "because I want"},
    "a class that is no number": {"classes": ("1",)},
    "a quote in a subject": {"subjects": (("customer", 'x","y'),)},
    "too many subjects": {"subjects": (("customer", "x"),) * 1001},
}


@pytest.mark.parametrize("changes", REFUSED.values(), ids=REFUSED.keys())
def test_what_could_be_a_value_is_refused(changes):
    """The leaf names the part, never what stood there."""
    with pytest.raises(LeafRefused) as refused:
        draft(make_leaf(**changes), ID)
    for value in ("13800138000", "王小明", "110101199003070000", "客户来电", "P2024000123"):
        assert value not in str(refused.value) + refused.value.text()


def test_a_strange_actor_is_refused():
    """Ids and addresses only."""
    actor = replace(make_leaf().actor, source="王小明的电脑")
    with pytest.raises(LeafRefused):
        draft(make_leaf(actor=actor), ID)


def test_a_thousand_subjects_fit():
    """The largest list page is one leaf."""
    subjects = tuple(("customer", str(UUID(int=n))) for n in range(1000))
    (one,) = Chain(ID).stamp([draft(make_leaf(subjects=subjects), ID)])
    assert len(one.leaf) <= LEAF_LIMIT


@given(note=st.integers(0, 16384), subjects=st.integers(0, 1000), kind=st.integers(1, 32))
def test_no_leaf_is_ever_larger_than_its_limit(note, subjects, kind):
    """Either the whole leaf fits the 16-bit length of a bundle, or it is refused."""
    pair = ("k" * kind, str(ID))
    try:
        made = draft(make_leaf(note="n" * note, subjects=(pair,) * subjects), ID)
    except LeafTooLarge:
        return
    chain = Chain(ID)
    chain.seq = 2**63 - 2
    assert len(chain.stamp([made])[0].leaf) <= LEAF_LIMIT
