"""Formulas of own measures: what they give, what they refuse, and that the outsider's reader agrees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tutela_verify
from tutela.scorecard import formula
from tutela.scorecard.errors import FormulaWrong

VALUES = {"tls-share": 97.0, "trainings": 2.0, "trainings.numerator": 2.0, "gone": None}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("tls-share - trainings", 95.0),
        ("-2 + 5", 3.0),
        ("8 / 2 / 2", 2.0),
        ("10 - 3 - 2", 5.0),
        ("trainings.numerator * 50", 100.0),
        ("1 / 0", None),
        ("gone + 1", None),
        ("nowhere * 0", None),
    ],
)
def test_a_formula_gives(text, value):
    """No data stays no data through any sum."""
    assert formula.read(text).work_out(VALUES) == value
    assert tutela_verify.evaluate(text, VALUES) == value


@pytest.mark.parametrize(
    "text",
    ["", " ", "1 +", "(1", "1)", "a b", "2x", "1 ** 2", "__import__", "a.b", "1..2", "A", "()"],
)
def test_what_is_no_formula_is_refused(text):
    """With the place, never a trace back."""
    with pytest.raises(FormulaWrong):
        formula.read(text)


def test_depth_and_length_have_limits():
    """A formula cannot exhaust the reader."""
    with pytest.raises(FormulaWrong):
        formula.read("(" * 100 + "1" + ")" * 100)
    with pytest.raises(FormulaWrong):
        formula.read("-" * 300 + "1")
    with pytest.raises(FormulaWrong):
        formula.read("1+" * 300 + "1")


@given(st.text(alphabet="abc-.0123456789+*/() ", max_size=40))
def test_any_text_is_read_or_refused(text):
    """And what is read, the outsider reads alike."""
    try:
        made = formula.read(text)
    except FormulaWrong:
        return
    assert made.work_out({}) == tutela_verify.evaluate(text, {})
