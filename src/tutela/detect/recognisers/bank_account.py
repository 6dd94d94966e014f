"""Bank account numbers that are not cards: a number under a header."""

import re

from tutela.detect.classes import DataClass
from tutela.detect.primitives.clean_forms import code
from tutela.detect.recogniser import Form, Problem, Recogniser, Today
from tutela.detect.recognisers import bank_card

FORM = re.compile(r"[A-Z]{0,4}\d[\d -]{6,34}\d")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)


def score(text: str) -> float:
    """0.4 for 8 to 36 digits, also with dashes or a country code; 0.9 for an IBAN."""
    if text[:1].isalpha() and is_iban(code(text)):
        return 0.9
    return 0.4 if FORM.fullmatch(text) else 0.0


def is_iban(text: str) -> bool:
    """Whether a text is an international account number, by its country's form and check digits (ISO 13616)."""
    if not _IBAN.fullmatch(text):
        return False
    from stdnum import iban

    try:
        return bool(iban.validate(text, check_country=False))
    except iban.ValidationError:
        return False


WRONG_FORM = Problem("account_form", "The value does not have the format of an account number.")
_CANONICAL = re.compile(r"[A-Z]{0,4}\d{5,36}", re.ASCII)


def check(text: str, _today: Today) -> Problem | None:
    if bank_card.is_mistyped(text):
        return bank_card.WRONG_CHECK
    return None if _CANONICAL.fullmatch(text) or is_iban(text) else WRONG_FORM


def is_ready(text: str, _today: Today) -> bool:
    return bank_card.DIGITS.fullmatch(text) is not None and not bank_card.is_mistyped(text)


RECOGNISER = Recogniser(
    id="bank_account",
    name="Bank account",
    data_class=DataClass.BANK,
    score=score,
    rank=60,
    needs_header=True,
    names_field=True,
    covers=("bank_card",),
    headers="""
        银行账号, 银行帐号, 账号, 帐号, 银行账户, 收款账号, 收款账户, 扣款账号, 划款账号,
        转账账号, 还款账号, 结算账号, 银行户号, yinhangzhanghao, zhanghao, yhzh, skzh, kkzh,
        bank account, bank account no, account no, account num, account number, acct no, acct num,
        acct, bank acct, bank no, acc no, bank acc no, iban, bank acct no, bank accnt no, acco no,
        payee account, payment account, receiving account, deposit account, debit account,
        credit account, fkzh, lkzh
    """,
    must_match=("4111111111111111", "1100-1234-5678-90", "１２３４５６７８９０"),
    must_not_match=("账号", "1234", "12.50"),
    form=Form(code, is_ready, check, (WRONG_FORM, bank_card.WRONG_CHECK), numeric=True),
    mask=bank_card.MASK,
    cleaned={
        "1100-1234-5678-90": "11001234567890",
        "GB29 NWBK 6016 1331 9268 19": "GB29NWBK60161331926819",
    },
    refused={
        "1234": "account_form",
        "6222020000000000011": "card_check",
        "GB28NWBK60161331926819": "account_form",
    },
    masked={"11001234567890": "**** **** 7890", "1234": "******"},
)
