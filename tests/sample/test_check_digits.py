"""Numbers are right by an independent library and by their own tables."""

from datetime import date

from stdnum import luhn
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from sample.areas import areas
from sample.identity import Identities

IDS = Identities(7)
MANY = range(3000)


def bad_rows(spoilt, *kinds):
    """Rows of customers.csv (from 0) that carry one of these faults."""
    return {s["row"] - 1 for s in spoilt if s["file"] == "customers.csv" and s["kind"] in kinds}


def test_resident_ids_have_the_right_check_character():
    """ISO 7064 mod 11-2, by another's code."""
    assert all(mod_11_2.is_valid(IDS.resident(n).number) for n in MANY)


def test_the_area_of_an_id_was_in_use_when_it_was_given_out():
    """Codes are dated: nobody born in 1999 carries a code of 2011, unless it was there already."""
    by_code = {area.code: area for area in areas()}
    for n in MANY:
        number = IDS.resident(n).number
        assert by_code[number[:6]].valid_in(int(number[6:10]))


def test_an_id_says_the_birth_date_and_sex_that_stand_beside_it():
    """Digits 7 to 14 and the parity of the 17th."""
    for n in MANY:
        one = IDS.resident(n)
        assert date.fromisoformat(one.born).strftime("%Y%m%d") == one.number[6:14]
        assert one.male == (int(one.number[16]) % 2 == 1)


def test_cards_pass_luhn_in_each_length():
    """16, 18 and 19 digits."""
    cards = [IDS.card(n).number for n in MANY]
    assert all(map(luhn.is_valid, cards))
    assert {len(card) for card in cards} == {16, 18, 19}


def test_ids_mobiles_and_cards_never_repeat():
    """One customer, one number."""
    count = 50_000
    for make in (lambda n: IDS.resident(n).number, IDS.mobile, lambda n: IDS.card(n).number):
        assert len({make(n) for n in range(count)}) == count


def test_firms_carry_a_right_social_credit_code(customers, spoilt):
    """GB 32100 with the organisation code inside."""
    bad = bad_rows(spoilt, "swapped_columns", "lost_digits")
    firms = [
        row["证件号码"]
        for n, row in enumerate(customers)
        if row["证件类型"] == "统一社会信用代码" and n not in bad
    ]
    assert len(firms) > 40
    assert all(map(uscc.is_valid, firms))


def test_only_the_listed_rows_have_a_wrong_resident_id(customers, spoilt):
    """The list of faults is whole: nothing else in the column is wrong."""
    wrong = {
        n
        for n, row in enumerate(customers)
        if row["证件类型"] == "居民身份证"
        and len(row["证件号码"]) != 15
        and not mod_11_2_valid(row["证件号码"])
    }
    assert wrong == bad_rows(spoilt, "wrong_check_digit", "swapped_columns", "lost_digits")


def mod_11_2_valid(number):
    """As a resident id: eighteen characters, the last in either case."""
    return len(number) == 18 and mod_11_2.is_valid(number.upper())
