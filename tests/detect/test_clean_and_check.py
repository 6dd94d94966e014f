"""Values become canonical text, and what is wrong is said by code, never by value."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.detect.columns_made import TODAY, TRUE_COLUMNS, column
from tutela.detect.primitives.characters import BLANKS
from tutela.detect.primitives.check_digits import mod_11_2
from tutela.detect.primitives.dates import iso
from tutela.detect.recogniser import Today
from tutela.detect.recognisers import PROBLEMS, REGISTRY
from tutela.detect.recognisers.resident_id18 import is_ready, number_problem
from tutela.detect.values import check, clean, clean_column

VECTORS = Path(__file__).parents[1] / "vectors" / "detect"
KIND_IDS = st.sampled_from(sorted(REGISTRY))


def cases(file):
    return json.loads((VECTORS / file).read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", cases("clean.json"), ids=lambda c: f"{c['kind']}-{c['text']}")
def test_a_value_is_cleaned_and_checked_as_the_vectors_say(case):
    """The vectors are the contract; another implementation can read them."""
    cleaned = clean(case["kind"], case["text"])
    problem = check(case["kind"], cleaned, today=TODAY)
    assert cleaned == case["cleaned"]
    assert (problem.code if problem else None) == case["problem"]


@pytest.mark.parametrize("case", cases("clean.json"), ids=lambda c: f"{c['kind']}-{c['text']}")
def test_a_column_gives_what_single_values_give(case):
    """The fast path of a column never changes an answer."""
    cleaned, problems = clean_column(case["kind"], [case["text"], ""], TODAY)
    assert cleaned == [case["cleaned"], ""]
    assert [(i, p.code) for i, p in problems] == [(0, case["problem"])] * bool(case["problem"])


def test_recognisers_agree_with_the_vectors():
    """The examples of the code and the vectors cannot drift apart."""
    found = [
        (c["kind"], REGISTRY[c["kind"]].validate(c["value"]) >= 0.3)
        for c in cases("recognise.json")
    ]
    assert found == [(c["kind"], c["match"]) for c in cases("recognise.json")]


@pytest.mark.parametrize("kind", sorted(REGISTRY))
def test_a_mark_for_nothing_is_a_blank_in_both_forms(kind):
    """NULL, 无 and their like are no values; gender keeps 未知, which is one."""
    marks = sorted(BLANKS)
    cleaned, problems = clean_column(kind, marks, TODAY)
    assert cleaned == [clean(kind, mark) for mark in marks]
    assert REGISTRY[kind].form.keeps_marks or (set(cleaned), problems) == ({""}, [])


@given(KIND_IDS, st.text(max_size=40))
def test_cleaning_twice_changes_nothing(kind, text):
    """Canonical text is canonical, whatever came in."""
    once = clean(kind, text)
    assert clean(kind, once) == once


@given(KIND_IDS, st.text(alphabet="0123456789Xx.-/ eE+年月日１２㋿", max_size=24))
def test_odd_text_never_raises_and_columns_agree(kind, text):
    """Junk gets a code, and the column form gives the same as the single form."""
    cleaned, problems = clean_column(kind, [text], TODAY)
    single = check(kind, clean(kind, text), today=TODAY)
    assert cleaned == [clean(kind, text)]
    assert [problem for _, problem in problems] == ([single] if single else [])


@pytest.mark.parametrize("kind", sorted(TRUE_COLUMNS))
def test_made_columns_have_no_problem(kind):
    """Right values pass whole."""
    values = column(TRUE_COLUMNS[kind], 200)
    _, problems = clean_column(kind, values, TODAY)
    assert problems == []


def test_county_codes_never_refuse_a_person():
    """Every area within a province passes; old and merged counties are real."""
    for area in ("110199", "320999", "620201", "659999"):
        number = next(
            f"{area}19800101001{x}" for x in "0123456789X" if mod_11_2(f"{area}19800101001{x}")
        )
        assert check("resident_id18", number, today=TODAY) is None


def test_one_wrong_digit_is_always_found():
    """GB 11643 finds every single wrong digit."""
    for place in range(6, 17):
        wrong = list("11010519491231002X")
        wrong[place] = str((int(wrong[place]) + 1) % 10)
        assert check("resident_id18", "".join(wrong), today=TODAY)


@given(st.from_regex(r"[1-6][0-5][0-9]{15}[0-9X]", fullmatch=True))
def test_the_fast_path_accepts_nothing_that_the_rule_refuses(number):
    """Two ways to the same answer, but for 29 February, which takes the slow one."""
    if is_ready(number, Today.of(TODAY)):
        assert number_problem(number, "20260601") is None


def test_the_answer_depends_on_today_alone():
    """A birth date is refused on the eve and taken on the day."""
    born = date(2026, 6, 2)
    assert (
        check("birth_date", born.isoformat(), today=born - timedelta(days=1)).code == "date_range"
    )
    assert check("birth_date", born.isoformat(), today=born) is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)))
def test_every_day_is_read_in_every_shape(day):
    """Six shapes, one day."""
    shapes = (
        "%Y-%m-%d",
        "%Y/%m/%d",
        "%Y.%m.%d",
        "%Y%m%d",
        "%Y年%m月%d日",
        "%d-%b-%Y",
        "%Y-%m-%d 08:15:00",
    )
    assert {iso(day.strftime(shape)) for shape in shapes} == {day.isoformat()}


def test_a_problem_has_a_sentence_and_no_value():
    """Codes are stable, sentences are fixed text."""
    assert all(problem.sentence.endswith(".") for problem in PROBLEMS.values())
    assert "{" not in "".join(problem.sentence for problem in PROBLEMS.values())


def test_an_unknown_kind_is_plain_text():
    """A catalogue field without recogniser is only trimmed and made half width."""
    assert clean("", "　ＡＢ１ ，好 ") == "AB1 ，好"
    assert check("", "anything", today=TODAY) is None


def test_a_mistyped_resident_id_does_not_pass_as_a_company():
    """One wrong check digit in 31 makes a right social credit code; a date inside says otherwise."""
    passing = [
        text
        for serial in range(1000)
        for text in [f"11010519491231{serial:03d}{digit}" for digit in "0123456789X"]
        if clean_column("id_document", [text], TODAY)[1] == []
    ]
    assert len(passing) == 1000
