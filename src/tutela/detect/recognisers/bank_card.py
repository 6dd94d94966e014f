"""Bank cards: prefix and length of an issuer with or without Luhn, or a card scheme with Luhn."""

import re
from collections.abc import Iterator

from tutela.detect.classes import DataClass
from tutela.detect.primitives.check_digits import luhn
from tutela.detect.primitives.clean_forms import code
from tutela.detect.primitives.typed_text import Context, Span, TypedText, layout
from tutela.detect.recogniser import (
    HIDDEN,
    NUMBER_LOSSY,
    Form,
    Mask,
    Problem,
    Recogniser,
    TextSearch,
    Today,
)
from tutela.detect.tables.banks import ISSUERS, SCHEMES

SCHEME = re.compile(SCHEMES)


def score(text: str) -> float:
    """1 issuer and Luhn; 0.8 scheme and Luhn; 0.4 issuer alone; 0.3 scheme alone.

    Mistyped cards are cards, so issuer and length suffice under a header; their check digit refuses them.
    """
    if not text.isdigit():
        text = text.replace(" ", "").replace("-", "")
    if not (13 <= len(text) <= 19 and text.isdigit() and text.isascii()):
        return 0.0
    known = (text[:6], len(text)) in ISSUERS
    if not known and not SCHEME.fullmatch(text):
        return 0.0
    if luhn(text):
        return 1.0 if known else 0.8
    return 0.4 if known else 0.3


WRONG_LENGTH = Problem("card_length", "A bank card number has 13 to 19 digits.")
WRONG_CHECK = Problem("card_check", "The check digit of the bank card is wrong.")
DIGITS = re.compile(r"\d{13,19}", re.ASCII)
CONTEXT = Context(
    "银行卡, 卡号, 账号, 帐号, 账户, 储蓄卡, 信用卡, bank card, card no, card number, account"
)
_GROUPS = frozenset({(4, 6, 5), (4, 6, 4), (6, 13), (6, 10)})


def check(text: str, _today: Today) -> Problem | None:
    if not (13 <= len(text) <= 19 and text.isdigit() and text.isascii()):
        return WRONG_LENGTH
    if luhn(text):
        return None
    if len(text) == 19 and text.endswith("0000"):
        return NUMBER_LOSSY
    return WRONG_CHECK


def is_mistyped(text: str) -> bool:
    """Whether a number is a card by the prefix and length of a known issuer, with a wrong check digit."""
    return (text[:6], len(text)) in ISSUERS and not luhn(text)


def is_ready(text: str, _today: Today) -> bool:
    return DIGITS.fullmatch(text) is not None and luhn(text)


def find(searched: TypedText) -> Iterator[Span]:
    text = searched.upper
    for number, (start, end) in searched.numbers:
        if not (14 <= len(number) <= 19 and number.isdigit()):
            continue
        if not _is_card_layout(layout(text[start:end])):
            continue
        known = (number[:6], len(number)) in ISSUERS
        if (luhn(number) and (known or SCHEME.fullmatch(number))) or (
            known and CONTEXT.stands_before(text, start)
        ):
            yield start, end


def _is_card_layout(groups: tuple[int, ...] | None) -> bool:
    if not groups:
        return False
    return len(groups) == 1 or set(groups[:-1]) in ({4}, {1}) or groups in _GROUPS


def hide(value: str) -> str:
    long = value.isdigit() and 12 <= len(value) <= 24
    return "**** **** " + value[-4:] if long else HIDDEN


MASK = Mask("card", hide, shown=4, example="6200000000000000000")


RECOGNISER = Recogniser(
    id="bank_card",
    name="Bank card",
    data_class=DataClass.BANK,
    score=score,
    rank=30,
    names_field=True,
    headers="""
        银行卡, 银行卡号, 卡号, 借记卡号, 信用卡号, 储蓄卡号, 扣款卡号, 还款卡号, yinhangka,
        yinhangkahao, kahao, yhk, yhkh, bank card, bank card no, bank card number, card no,
        card num, card number, debit card, credit card, pan, card nbr, bank card num,
        debit card no, credit card no, khkh, yhkhm
    """,
    must_match=(
        "6228480123456789015",
        "4111111111111111",
        "4111-1111 1111-1111",
        "６２２２０２０００００００００００１８",
    ),
    must_not_match=("20240305101112345", "1700000000000", "9999888877776666", "411111111111"),
    form=Form(code, is_ready, check, (WRONG_LENGTH, WRONG_CHECK, NUMBER_LOSSY), numeric=True),
    mask=MASK,
    in_text=TextSearch(
        noun="a bank card number",
        order=70,
        find=find,
        examples=("6228-4801-2345-6789", "4111 1111 1111 1111", "卡号6222020000000000011"),
        counter_examples=("1700000000000", "20261128102030123", "任务6222020000000000011"),
    ),
    cleaned={"6222 0200 0000 0000 018": "6222020000000000018"},
    refused={
        "9999000000000000001": "card_check",
        "6222020000000000011": "card_check",
        "62220200": "card_length",
    },
    masked={"6222020000000000018": "**** **** 0018"},
)
