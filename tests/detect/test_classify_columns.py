"""Columns are called what they hold, and traps are not called personal numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.detect.columns_made import TODAY, TRAPS, TRUE_COLUMNS, N, R, column, mobile, resident_id
from tutela.detect.columns import classify_column
from tutela.detect.recognisers import REGISTRY
from tutela.detect.values import clean_column

PERSONAL = {"resident_id18", "bank_card", "mobile", "landline", "uscc", "vin"}


@pytest.mark.parametrize("kind", TRUE_COLUMNS)
def test_a_true_column_is_found_without_a_header(kind):
    """Values alone prove the kinds that need no header."""
    verdict = classify_column("col_7", column(TRUE_COLUMNS[kind]), today=TODAY)
    assert (verdict.recogniser, verdict.verdict) == (kind, "type")


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_is_not_called_a_personal_number(trap):
    """Chance hits on a column of other numbers are no finding."""
    verdict = classify_column("col_7", column(TRAPS[trap]), today=TODAY)
    assert verdict.recogniser not in PERSONAL
    assert verdict.verdict == "none"


@pytest.mark.parametrize("header", ["订单号", "流水号", "保单号", "order_no", "created_ms"])
@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_under_its_own_header_is_not_a_personal_number(header, trap):
    """The header of a business number does not make it personal either."""
    verdict = classify_column(header, column(TRAPS[trap], 100), today=TODAY)
    assert verdict.recogniser not in PERSONAL


def test_a_serial_of_eleven_digits_is_not_a_mobile():
    """13800000000 and on: every value has the form, but they count up."""
    serial = [str(13_800_000_000 + step) for step in range(N)]
    assert classify_column("no", serial, today=TODAY).verdict == "none"


def test_identity_numbers_under_an_order_header_are_found():
    """Values that prove themselves win over a header that says something else."""
    verdict = classify_column("订单号", column(resident_id), today=TODAY)
    assert verdict.recogniser == "resident_id18"


def test_a_mixed_contact_column_is_a_telephone():
    """Mobile and fixed numbers together under a contact header."""
    values = column(mobile, 60) + column(TRUE_COLUMNS["landline"], 60)
    verdict = classify_column("联系电话", values, today=TODAY)
    assert (verdict.recogniser, verdict.verdict) == ("phone", "type")
    assert {name for name, _ in verdict.also} == {"mobile", "landline"}


def test_certificates_of_several_kinds_are_an_identity_document():
    """Most certificate columns hold resident ids and some passports."""
    values = column(resident_id, 150) + [f"E{step:08d}" for step in range(20)]
    assert classify_column("证件号码", values, today=TODAY).recogniser == "id_document"


def test_a_header_decides_when_there_are_few_values():
    """Below ten different values the share says little."""
    verdict = classify_column("手机号", [mobile()] * 500, today=TODAY)
    assert (verdict.recogniser, verdict.verdict, verdict.distinct) == ("mobile", "likely", 1)


def test_few_values_without_a_header_are_nothing():
    """A pair of look-alikes in an unnamed column is no finding."""
    assert classify_column("c1", [mobile(), mobile()], today=TODAY).verdict == "none"


def test_a_customer_column_holds_names_or_numbers():
    """The one word "customer" heads both: the values tell which."""
    names = classify_column("customer", column(TRUE_COLUMNS["person_name"]), today=TODAY)
    numbers = classify_column("customer", [f"C{step:07d}" for step in range(90)], today=TODAY)
    assert (names.recogniser, numbers.recogniser) == ("person_name", "customer_number")


def test_an_empty_column_is_known_by_its_header():
    """A template without rows can be mapped."""
    verdict = classify_column("投保人姓名", [None, "", "NULL"], today=TODAY)
    assert (verdict.recogniser, verdict.verdict) == ("person_name", "header")
    assert "no_values" in [reason.code for reason in verdict.reasons]


def test_a_header_that_the_values_deny_is_said_so():
    """A column of hashes under 身份证号 is proposed, with the doubt in the reasons."""
    hashes = [f"{R.getrandbits(128):032x}" for _ in range(50)]
    verdict = classify_column("身份证号", hashes, today=TODAY)
    assert (verdict.recogniser, verdict.verdict) == ("resident_id18", "header")
    assert "values_disagree" in [reason.code for reason in verdict.reasons]


def test_one_repeated_value_does_not_tag_a_column():
    """Different values count, not rows."""
    values = [resident_id()] * 900 + [f"无{step}" for step in range(100)]
    assert classify_column("c1", values, today=TODAY).verdict == "none"


def test_nobody_is_born_after_today():
    """Future dates under a birthday header are not birth dates."""
    values = [f"2031-01-{step:02d}" for step in range(1, 29)]
    verdict = classify_column("生日", values, today=TODAY)
    assert verdict.recogniser == "date"


def test_full_width_and_spaced_values_are_recognised():
    """Real files hold full-width digits and grouped numbers."""
    wide = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
    values = [value.translate(wide) for value in column(resident_id, 60)]
    assert classify_column("c1", values, today=TODAY).recogniser == "resident_id18"


def test_reasons_hold_no_value():
    """A reason may be logged and shown: figures and names of kinds only."""
    values = column(resident_id, 50)
    verdict = classify_column("身份证号", values, today=TODAY)
    told = " ".join(reason.sentence for reason in verdict.reasons)
    assert told
    assert not any(value in told for value in values)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "sign", [" ", "a", "1", "(", "号", "-", "a@", "1:", "a.", "１", "路1", "\u200b", "省"]
)
def test_a_huge_cell_costs_little(sign):
    """One cell of a million signs neither hangs a pattern nor raises."""
    cell = "1:" + sign * 500_000 + "x"
    assert classify_column(cell, [cell, "b" + cell] * 6, today=TODAY).distinct == 2
    for kind in REGISTRY:
        clean_column(kind, [cell], TODAY)


@given(st.text(max_size=30), st.lists(st.none() | st.text(max_size=30), max_size=40))
def test_odd_columns_never_raise(header, values):
    """Whatever a file holds, the verdict is one of five and its figures are shares."""
    verdict = classify_column(header, values, today=TODAY)
    assert 0 <= verdict.share <= 1
    assert (verdict.recogniser is None) == (verdict.verdict == "none")


def test_half_a_column_is_likely_and_a_tenth_is_mixed():
    """The thresholds of the column rule: 0.5 and 0.05, when the shape is not chance."""
    words = [f"备注内容{step}" for step in range(300)]
    half = classify_column("c1", column(mobile, 120) + words[:100], today=TODAY)
    tenth = classify_column("c1", column(mobile, 30) + words[:170], today=TODAY)
    assert (half.verdict, tenth.verdict) == ("likely", "mixed")
