"""A sentence that somebody typed: customers' values are found with their place, other numbers are not."""

from __future__ import annotations

import random

import pytest

from tests.invented_values import bare, invented
from tutela.detect.free_text import SEARCHES, find_values, place_of

VALUES = [
    ("resident_id18", "客户身份证11010519491231002X，请核"),
    ("resident_id18", "１１０１０５１９４９１２３１００２ｘ"),
    ("resident_id18", "1. 440524198001010013 2026"),
    ("resident_id18", "4405-2419-8001-0100-13"),
    ("resident_id18", "身份证号 110105194912310021"),
    ("bank_card", "6228-4801-2345-6789"),
    ("bank_card", "4111 1111 1111 1111"),
    ("mobile", "电话13800138000"),
    ("mobile", "tel13800138000"),
    ("mobile", "张_13800138000.csv"),
    ("mobile", "+86 138 0013 8000"),
    ("mobile", "138.0013.8000"),
    ("mobile", "1 3 8 0 0 1 3 8 0 0 0"),
    ("mobile", "一三八〇〇一三八〇〇〇"),
    ("mobile", "13\u200b800\u2060138000"),
    ("mobile", "1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣"),
    ("mobile", "２０２６-11-28 13800138000打来"),
    ("landline", "(021)62345678 转 12"),
    ("phone", "+1 (415) 555-2671"),
    ("email", "ｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ"),
    ("policy_number", "保单 P2024-0000123"),
    ("policy_number", "3201012024000012"),
    ("plate", "粤Ｂ·１２３４５"),
]
NONE = [
    "2026年11月28日 10:20:30.123456",
    "控制点8.1.4.2和8.1.4.10，GB/T 22239-2019、JR/T 0171—2020",
    "550e8400-e29b-41d4-a716-446655440000",
    "550e8400-1380-4138-8000-013800138000",
    "a1b2c3d4" * 8,
    "1" * 64,
    "共1,234,567.89元，12345678901件",
    "批次 20261128102030123，1700000000000",
    "客服95588、400-820-8820、4008208820",
    "任务T-2026-0012，1999-12-31 200条，150 20261128",
    "15.10.2026 100 %，2025 2026 2027 2028",
    "0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1.0 1.1",
    "15 20 25 30 35 40 45 1 2 3 4 5 6 7 8 9 10 11 12",
    "云AES256加密，新GB35273标准",
    "保单2026-11-28到期，保单 1234567 件",
    "二〇二六年十一月二十八日，第十三届",
    "192.168.100.200 端口 8443，v18.0.13-8000",
    "911100006000073597",
    "@ 会议室 3@5",
    "",
]


@pytest.mark.parametrize(("kind", "text"), VALUES)
def test_a_value_is_found_however_it_is_written(kind: str, text: str) -> None:
    """Full width, blanks, dashes, dots, signs that cannot be seen, numbers in words."""
    assert [one.kind for one in find_values(text)] == [kind]


@pytest.mark.parametrize("text", NONE)
def test_other_numbers_are_let_through(text: str) -> None:
    """Days, amounts, numbers of standards, ids, hashes, service numbers, versions."""
    assert find_values(text) == []


def test_one_of_each_kind_is_found_inside_a_sentence() -> None:
    """Made anew at each run; the place is where it stands."""
    for _ in range(200):
        made = invented(random.Random())
        assert made.keys() <= SEARCHES.keys()
        for kind, value in made.items():
            text = f"请先核对：{value}，明天回电"
            found = [one for one in find_values(text) if one.kind == kind]
            assert found, (kind, value)
            assert text[found[0].start : found[0].end].endswith(bare(value).removeprefix("+"))


def test_several_values_stand_in_their_order() -> None:
    """And none is told twice under two kinds."""
    text = "13800138000 / li.na@example.com / 11010519491231002X"
    assert [one.kind for one in find_values(text)] == ["mobile", "email", "resident_id18"]
    assert find_values("没有") == []


def test_a_place_is_counted_as_a_person_counts() -> None:
    """Lines and characters from 1, whatever ends a line."""
    text = "一\r\n二\n三：13800138000"
    (finding,) = find_values(text)
    place = place_of(text, finding.start)
    assert (place.line, place.character) == (3, 3)


@pytest.mark.parametrize(
    "part", ["1 2 3 4 ", "a@", "1380013 ", "一三八", "1-", "保单号A1", "京A", "+1"]
)
def test_a_long_text_of_almost_values_is_read_in_one_pass(part: str) -> None:
    """Ten times the text, ten times the steps: none is quadratic (seconds would be minutes)."""
    assert len(find_values(part * 20_000)) < 10
