"""Transforms: one spelling for values that mean the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.crypto.vectors import load
from tutela.crypto.errors import BadValue
from tutela.crypto.normalise import Transform, id_card_18, normalise, normalise_all

SAME = load("normalise.json", "must_pass")
REFUSED = load("normalise.json", "must_fail")


@pytest.mark.parametrize("vector", SAME, ids=lambda vector: vector["transform_name"])
def test_the_table_holds(vector):
    """Every spelling on the left gives the one on the right."""
    assert Transform[vector["transform_name"]] == vector["transform"]
    for spelling in vector["spellings"]:
        assert normalise(vector["transform"], spelling) == vector["normalised"], spelling


@pytest.mark.parametrize("vector", REFUSED, ids=lambda vector: vector["transform_name"])
def test_what_cannot_be_searched_is_refused_by_code(vector):
    """The error carries the code and nothing of the value."""
    for spelling in vector["spellings"]:
        with pytest.raises(BadValue) as refusal:
            normalise(vector["transform"], spelling)
        assert str(refusal.value) == vector["code"], spelling


@given(st.sampled_from(list(Transform)), st.text())
def test_a_normalised_value_is_its_own_spelling(transform, text):
    """Normalising again changes nothing, whatever was typed."""
    try:
        once = normalise(transform, text)
    except BadValue:
        return
    assert normalise(transform, once) == once


@given(st.text(st.sampled_from("０１２３４５６７８９0123456789-+()（）转 86X"), max_size=24))
def test_a_normalised_number_is_its_own_spelling(text):
    """The same, among texts that look like numbers."""
    for transform in Transform:
        try:
            once = normalise(transform, text)
        except BadValue:
            continue
        assert normalise(transform, once) == once


def test_an_unknown_transform_is_refused():
    """Numbers are stored, so an unknown one is a fault to name."""
    with pytest.raises(BadValue):
        normalise(99, "x")


def test_the_check_character_follows_the_standard():
    """GB 11643: the example of the standard ends in X."""
    assert id_card_18("11010519491231002") == "11010519491231002X"


USUAL = {
    Transform.EXACT_COMPACT: "c000000017x",
    Transform.ID_CARD: "11010519491231002x",
    Transform.PHONE: "13800138000",
    Transform.EMAIL: "Some.One+tag@Mail.Example.com",
    Transform.CARD: "6222021234567890123",
    Transform.NAME: "欧阳测试",
    Transform.LAST4: "11010519491231002x",
}


@pytest.mark.parametrize("transform", USUAL)
def test_the_short_way_of_usual_values_is_the_long_way(transform):
    """A blank that means nothing sends the same value round the long way."""
    text = USUAL[transform]
    assert normalise(transform, text) == normalise(transform, f"\u3000{text}\u200b ")
    assert normalise_all(transform, [text, ""]) == [normalise(transform, text), ""]


ODD = [
    "",
    " ",
    "ab",
    "１３８",
    "13800138000",
    "1380013800",
    "110105194912310021",
    "欧阳",
    "欧·阳",
    "a b",
    "x" * 18,
    "\ud800",
]


@given(
    st.sampled_from(list(Transform)),
    st.lists(st.sampled_from([*USUAL.values(), *ODD]) | st.text(max_size=18), max_size=4),
)
def test_a_column_is_normalised_as_each_of_its_values(transform, texts):
    """Whether all of it is in the usual form or one value is not."""

    def alone(text: str) -> str:
        try:
            return normalise(transform, text)
        except BadValue:
            return ""

    for column in (texts, [text for text in texts if text in USUAL.values()], texts[:1] * 3):
        assert normalise_all(transform, column) == list(map(alone, column))
