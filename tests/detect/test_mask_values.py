"""A mask hides: it never equals the value and shows at most what its kind allows."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutela.detect.recogniser import HIDDEN
from tutela.detect.recognisers import MASKS
from tutela.detect.values import mask

VECTORS = Path(__file__).parents[1] / "vectors" / "detect" / "mask.json"
CASES = json.loads(VECTORS.read_text(encoding="utf-8"))["cases"]
ANY_VALUE = st.one_of(
    st.text(min_size=1, max_size=60),
    st.text(alphabet="*-0123456789", min_size=1, max_size=24),
    st.text(alphabet="省市区县路号北京张欧阳*1@.a", min_size=1, max_size=24),
    st.from_regex(
        r"1[3-9][0-9]{9}|[1-6][0-9]{16}[0-9X]|[a-z]{1,9}@[a-z]{1,9}\.com", fullmatch=True
    ),
)
NAME = st.sampled_from(sorted(MASKS))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['kind']}-{c['value']}")
def test_a_value_is_masked_as_the_vectors_say(case):
    """The vectors are the contract."""
    assert mask(case["kind"], case["value"]) == case["masked"]


@given(NAME, ANY_VALUE)
def test_a_mask_never_equals_its_value(kind, value):
    """Also for values of one sign, or made of stars."""
    assert mask(kind, value) not in {value, ""}


@given(NAME, ANY_VALUE)
def test_a_mask_shows_no_more_than_its_kind_allows(kind, value):
    """Everything that is not a star or our own sign counts as shown."""
    shown = mask(kind, value)
    if kind == "email":
        shown = shown.partition("@")[0]
    kept = [sign for sign in shown if sign not in "*- "]
    assert len(kept) <= MASKS[kind].shown
    assert len(kept) < len(value)


@given(ANY_VALUE)
def test_a_fully_hidden_value_does_not_tell_its_length(value):
    """The generic mask is the same for all but its own text."""
    assert mask("generic", value) in {HIDDEN, HIDDEN + "*"}


@given(st.text(max_size=10), ANY_VALUE)
def test_an_unknown_kind_hides_everything(kind, value):
    """A slip in the catalogue must not show a value."""
    if kind not in MASKS:
        assert mask(kind, value) in {HIDDEN, HIDDEN + "*"}


def test_nothing_is_masked_as_nothing():
    """An empty field stays empty."""
    assert all(mask(kind, "") == "" for kind in MASKS)
