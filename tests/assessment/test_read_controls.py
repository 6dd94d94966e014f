"""The control set: whole, in both languages, and mapped to what exists."""

import re

import pytest

from tutela.assessment import controls, live
from tutela.assessment.controls import CONTROLS, MEASURES, STANDARDS, Backing
from tutela.programme.promises import PROMISES

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
    "wrong",
    [
        {"mlps": ["8.1.9.11"]},
        {"jrt": ["7.2"]},
        {"iso": ["A.5.1"]},
        {"measures": ["M8"]},
        {"measures": []},
    ],
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
# The sections of JR/T 0171-2020 that have none below them, as far as our sources tell.
JRT_ENDS = {
    "4.1", "4.2", "4.3", "6.1.1", "6.1.2", "6.1.3", "6.1.4.1", "6.1.4.2", "6.1.4.3", "6.1.4.4", "6.1.4.5",
    "6.1.4.6", "6.1.4.7", "6.1.5", "6.1.6", "6.2.1", "6.2.2", "6.2.3", "6.2.4", "7.1.1", "7.1.2", "7.1.3",
    "7.2.1", "7.2.2", "7.2.3", "7.3", "7.4.1", "7.4.2", "7.5",
}  # fmt: skip


def test_every_number_exists_in_its_standard() -> None:
    """No item beyond the last of its group, no chapter where a section is meant, all of level 3."""
    for control in CONTROLS.values():
        for number in control.mlps:
            level, general, group, item = (int(part) for part in number.split("."))
            assert (level, general) == (8, 1), (control.code, number)
            assert 1 <= item <= MLPS_ITEMS[group - 1], (control.code, number)
        for number in control.iso:
            theme, item = (int(part) for part in number.split("."))
            assert 1 <= item <= ISO_ITEMS[theme], (control.code, number)
        assert set(control.jrt) <= JRT_ENDS, control.code


def test_no_control_names_a_number_twice_or_out_of_order() -> None:
    """As a standard counts: 8.1.4.10 after 8.1.4.9."""
    for control in CONTROLS.values():
        for given in (control.mlps, control.jrt):
            counted = [[int(part) for part in number.split(".")] for number in given]
            assert counted == sorted(counted), control.code
            assert len(set(given)) == len(given), control.code


def test_every_number_was_checked_once() -> None:
    """Each number used stands in one group and each in a group is used; Annex A stands there whole."""
    groups = controls._CONTENT["checked"]["groups"]
    listed = [(group["standard"], one) for group in groups for one in controls._numbers(group)]
    assert len(set(listed)) == len(listed)
    used = {(s, one) for c in CONTROLS.values() for s in STANDARDS for one in getattr(c, s)}
    assert {pair for pair in listed if pair[0] != "iso"} == {p for p in used if p[0] != "iso"}
    assert len([pair for pair in listed if pair[0] == "iso"]) == sum(ISO_ITEMS.values())


def test_every_source_is_named_so_that_it_can_be_found() -> None:
    """A place or a file's number; none is described and then not used."""
    checked = controls._CONTENT["checked"]
    used = {name for group in checked["groups"] for name in group["sources"]}
    assert used == set(checked["sources"])
    for source in checked["sources"].values():
        assert re.search(r"[a-z]\.[a-z]{2,3}/|file \d{6,}", source["what"]), source


@pytest.mark.parametrize(
    ("sources", "backing"),
    [
        ([True, True], Backing.AGREED),
        ([True, False], Backing.AGREED),
        ([True], Backing.SINGLE),
        ([False, False], Backing.OPEN),
        ([], Backing.OPEN),
    ],
)
def test_a_list_without_numbers_vouches_for_none_alone(
    sources: list[bool], backing: Backing
) -> None:
    """Beside a source with numbers it counts, since both say the same."""
    assert controls._of(sources) == backing


def test_what_the_sources_leave_open_is_told() -> None:
    """What no source numbers, and what one alone gives; what two agree on is not."""
    control = CONTROLS["ENC-01"]
    assert (control.single, control.unverified) == ((), ("JR/T 0171 6.2.4",))
    assert CONTROLS["ACC-08"].single == ("JR/T 0171 6.1.4.1",)
    assert CONTROLS["ENC-02"].single == CONTROLS["ENC-02"].unverified == ()


def test_what_level_three_does_not_ask_is_not_claimed() -> None:
    """One clock and a procedure for keys are of level 4; requests of customers are no item at all."""
    assert not any(CONTROLS[code].mlps for code in ("ACC-12", "ENC-03", "SRV-03"))


def test_the_level_test_stands_before_the_choice_of_suppliers() -> None:
    """8.1.9.9 is the test of the level, 8.1.9.10 the supplier."""
    assert "8.1.9.9" in CONTROLS["CMP-04"].mlps
    assert "8.1.9.10" in CONTROLS["ISMS-10"].mlps
