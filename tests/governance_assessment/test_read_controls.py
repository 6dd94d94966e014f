"""The control set: whole, in both languages, and mapped to what exists."""

import pytest

from tutela.governance.assessment import controls, live
from tutela.governance.assessment.controls import CONTROLS, MEASURES
from tutela.governance.promises import PROMISES

ROW = {"code": "X-01", "zh": ["名", "文"], "en": ["Name", "Text"], "measures": ["M1"]}


def test_every_measure_and_every_promise_has_its_control() -> None:
    """All seven measures, and each of the fourteen targets answers one control live."""
    assert {m for c in CONTROLS.values() for m in c.measures} == set(MEASURES)
    assert sorted(c.live for c in CONTROLS.values() if c.live) == sorted(p.target for p in PROMISES)


def test_every_control_speaks_both_languages() -> None:
    """Chinese letters in the Chinese, none in the English."""
    for control in CONTROLS.values():
        assert any("\u4e00" <= letter <= "\u9fff" for letter in control.name_zh + control.text_zh)
        english = control.name_en + control.text_en
        assert not any("\u4e00" <= letter <= "\u9fff" for letter in english), control.code


def test_no_text_stands_twice() -> None:
    """Two controls that say the same are one."""
    texts = [control.text_en for control in CONTROLS.values()]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    "wrong", [{"mlps": ["9.9"]}, {"iso": ["A.5.1"]}, {"measures": ["M8"]}, {"measures": []}]
)
def test_a_number_that_cannot_be_is_refused(wrong: dict[str, list[str]]) -> None:
    """The fault names the control, so that its editor finds it."""
    with pytest.raises(ValueError, match="X-01"):
        controls._control({**ROW, **wrong})


def test_the_year_is_asked_as_far_as_it_has_gone() -> None:
    """Today is included; a past year ends with its last day, a leap year with the 366th."""
    from datetime import date

    now = live.year_of("trainings", 2028, date(2028, 2, 29))
    past = live.year_of("trainings", 2028, date(2030, 1, 1))
    assert (now.ends, past.ends) == (date(2028, 3, 1), date(2029, 1, 1))
    assert (past.ends - past.begins).days == 366


# How many items each group has: GB/T 22239-2019 8.1.1 to 8.1.10, and ISO/IEC 27001:2022 Annex A 5 to 8.
MLPS_ITEMS = (10, 3, 6, 11, 4, 4, 5, 4, 10, 14)
ISO_ITEMS = {5: 37, 6: 8, 7: 14, 8: 34}


def test_every_number_exists_in_its_standard() -> None:
    """No item beyond the last of its group."""
    for control in CONTROLS.values():
        for number in control.mlps:
            group, item = (int(part) for part in number.split(".")[2:])
            assert item <= MLPS_ITEMS[group - 1], (control.code, number)
        for number in control.iso:
            theme, item = (int(part) for part in number.split("."))
            assert item <= ISO_ITEMS[theme], (control.code, number)


def test_what_no_source_vouches_for_is_told() -> None:
    """A chapter that is known vouches for none of its sections; a verified list for all its numbers."""
    control = CONTROLS["ENC-01"]
    assert control.unverified == ("JR/T 0171 6.1.3", "JR/T 0171 6.2.4")
    assert CONTROLS["ENC-02"].unverified == ("GB/T 22239 8.1.2.2", "JR/T 0171 6.1.2")
    assert all(len(row.source) > 40 for row in controls.CHECKED.values())
