"""Transforms: one spelling for values that mean the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.crypto.vectors import load
from tutela.crypto.errors import BadValue
from tutela.crypto.normalise import Transform, id_card_18, normalise

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
