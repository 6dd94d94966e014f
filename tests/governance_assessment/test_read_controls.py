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
