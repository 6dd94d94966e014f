"""Telephones are read as libphonenumber reads them, and stored so that the search form is its E.164."""

from __future__ import annotations

from random import Random

import phonenumbers
import pytest

from benchmarks.accuracy import telephones as made
from tests.detect.columns_made import TODAY
from tutela.crypto.normalise import Transform, normalise
from tutela.detect.primitives import telephones
from tutela.detect.values import check, clean, mask

SAME = {
    "13800138000": ["+86 138 0013 8000", "0086-13800138000", "86138 0013 8000", "013800138000", "１３８-0013-8000"],
    "01062345678": ["+86 10 6234 5678", "+86 010-62345678", "+86 (0)10 62345678", "1062345678", "(010)6234-5678"],
    "02162345678-801": ["021-62345678转801", "+86 21 6234 5678 ext. 801", "021-62345678-801", "021-62345678 分机：801",
                        "tel:+86-21-6234-5678;ext=801", "(021)62345678x801"],
    "4008108888": ["400-810-8888", "+86 400 810 8888"],
    "+886223456789": ["00886 2-2345-6789", "+886 (0)2 2345 6789"],
    "+85298765432": ["+852 9876-5432", "00852-98765432", "(+852) 9876 5432"],
    "+442079460958": ["+44 (0)20 7946 0958", "+44 20 7946 0958", "0044 20 79460958"],
    "+390212345678": ["+39 02 1234 5678"],
    "62345678": ["6234-5678"],
    "62345678-801": ["6234 5678转801"],
    "95588": ["95588"],
}  # fmt: skip
REFUSED = [
    "", "12", "10086000000000000", "16112345678", "17412345678", "01234567", "0999-12345678", "+852 1234", "+999 12345678",
    "张三13800138000", "13800138000 李四", "1800FLOWERS", "13800138000/13900139000", "021-62345678,021-62345679", "+86", "转801", "021-62345678转1234567", "13800138000-13900139000",
]  # fmt: skip


@pytest.mark.parametrize(
    ("stored", "text"), [(one, text) for one, texts in SAME.items() for text in texts]
)
def test_one_number_has_one_text(stored, text):
    """The trunk zero is kept at home and dropped abroad; nothing of a number becomes its extension."""
    assert clean("phone", text) == stored
    assert clean("phone", stored) == stored
    assert check("phone", stored, today=TODAY) is None


@pytest.mark.parametrize("text", REFUSED)
def test_what_the_library_calls_no_number_is_refused(text):
    """Also what it would look into to find one: a value is a number, or it is not."""
    cleaned = clean("phone", text)
    assert not cleaned or check("phone", cleaned, today=TODAY)


@pytest.mark.slow
def test_numbers_of_thirty_regions_are_read_as_the_library_reads_them():
    """A sample of what `make accuracy` compares: country, digits and extension, from all forms."""
    assert len(made.REGIONS) == 30
    for case in made.cases(Random(20261129), 1_500):
        stored = clean("phone", case.text)
        assert check("phone", stored, today=TODAY) is None, case
        assert normalise(Transform.PHONE, stored) == case.e164, case
        assert stored.partition("-")[2] == case.extension, case


def test_the_fast_path_is_the_library():
    """Its patterns of mainland China decide as its parser does."""
    random = Random(7)
    for _ in range(3_000):
        text = random.choice(["1", "0", "010", "021", "0755", "400", "09", "03"]) + "".join(
            random.choices("0123456789", k=random.randint(6, 10))
        )
        if telephones.is_dialled(text):
            number = phonenumbers.parse(text, "CN")
            assert phonenumbers.is_valid_number(number), text
            assert normalise(Transform.PHONE, text) == f"+86{number.national_number}"


def test_a_masked_number_shows_its_area_and_two_digits():
    """Whatever the length of the extension."""
    assert mask("phone", "02162345678-123456") == "021-******78"
    assert mask("phone", "+442079460958") == "******"
