"""What a typed text is taken for, and in which ways it is then searched."""

import pytest

from tutela.vault import catalogue, recognise, words
from tutela.vault.find import LAST_FOUR_SUFFIX

TEXTS = {
    "13800138017": ("phone", "phone"),
    "138 0013-8017": ("phone", "phone"),
    "１３８００１３８０１７": ("phone", "phone"),
    "010-62345678": ("phone", "phone"),
    "+852 9123 4567": ("phone", "phone"),
    "11010519491231002X": ("id", "id_number"),
    "110105194912310021": ("id", "id_number"),
    "6222600260001072444": ("card", "bank_card"),
    "a@example.cn": ("email", "email"),
    "京A12345": ("plate", "plate"),
    "LSVAM4187C2184847": ("vin", "vin"),
    "PDAA202432010000012345": ("number", "customer_number"),
    "C000000001": ("number", "customer_number"),
    "张伟": ("name", "name"),
    "欧阳金丝雀": ("name", "name"),
    "Zhang San": ("name", "name"),
    "阿卜杜拉·买买提": ("name", "name"),
    "8017": ("last_four", "phone_last4"),
    "002x": ("last_four", "phone_last4"),
    "张伟 8017": ("name_and_four", "name"),
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_taken_for_what_it_is(text):
    """The first reading is the likeliest; its first way is the field that customers have."""
    first = recognise.readings(text)[0]
    assert (first.kind, first.ways[0]) == TEXTS[text]


def test_a_number_without_a_form_may_be_of_anything_that_is_numbered():
    """A policy's, a claim's, a customer's; and after what it looks like it is tried as such a number too."""
    (only,) = recognise.readings("P86440020260000010")
    assert {"customer_number", "policy_number", "claim_number", "contact_number"} <= {*only.ways}
    assert [one.kind for one in recognise.readings("13800138017")] == ["phone", "number"]


def test_marks_that_nobody_sees_are_not_searched():
    """Right-to-left marks and zero-width characters come along when somebody pastes."""
    (first, *_) = recognise.readings("\u202e13800138017\u202c\u200b")
    assert (first.kind, first.value) == ("phone", "13800138017")


def test_a_name_comes_with_its_second_hint():
    """Whatever stands between the two, and whichever width the digits have."""
    for text in ("张伟 8017", "张伟，8017", "张伟\u3000８０１７"):
        (one,) = recognise.readings(text)
        assert (one.value, one.hint) == ("张伟", "8017")


@pytest.mark.parametrize("junk", ["", "  ", "\u200b", "((((", "。", "x" * 201, "1" * 10_000])
def test_what_is_no_value_has_no_reading(junk):
    """Blank, punctuation, or far too long."""
    assert recognise.readings(junk) == []


def test_every_way_is_one_that_can_be_searched_and_every_kind_has_words():
    """A way that the catalogue does not know would refuse each search."""
    texts = [*TEXTS, "12345678", "E12345678"]
    found = [reading for text in texts for reading in recognise.readings(text)]
    assert {reading.kind for reading in found} <= words.READINGS.keys()
    for way in {way for reading in found for way in reading.ways}:
        field = catalogue.by_code(way.removesuffix(LAST_FOUR_SUFFIX))
        assert field.transforms, way
