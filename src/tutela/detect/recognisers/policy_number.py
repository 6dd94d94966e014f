"""Policy, proposal and endorsement numbers, known by their header because each insurer has its own pattern."""

import re
from collections.abc import Callable, Iterator

from tutela.detect.classes import DataClass
from tutela.detect.primitives.clean_forms import reference
from tutela.detect.primitives.dates import iso
from tutela.detect.primitives.typed_text import Context, Span, TypedText
from tutela.detect.recogniser import (
    HIDDEN,
    Form,
    Mask,
    Problem,
    Recogniser,
    TextSearch,
    Today,
    matching,
)

FORM = re.compile(r"(?=(?:.*\d){5})[A-Z0-9][A-Z0-9_/()-]{5,38}[A-Z0-9]")


def score(text: str) -> float:
    """0.4 for 7 to 40 letters, digits and dashes with at least five digits."""
    return 0.4 if 7 <= len(text) <= 40 and FORM.fullmatch(text.upper()) else 0.0


WRONG_FORM = Problem("number_form", "The value does not have the format of a number of this kind.")
# What may be between the word that names a number and the number.
GAP = r"(?:号码|编号|号)?[.:# 为是(\"“]{0,4}"
CONTEXT = Context(
    "保单, 保险单, 投保单, 批单, 保险合同, policy no, policy num, policy number, policy id, policyno, polno",
    GAP,
)
# At least one digit, as the check asks; letters come first in nearly all.
READY = matching(r"[A-Z]{0,12}[0-9][A-Z0-9]{5,39}")
_CANONICAL = re.compile(r"(?=.*\d)[\w./()#-]{3,64}")
_COUNTED = tuple("件份张单个人笔元万")
_IN_TEXT = re.compile(r"(?<![0-9A-Z])[A-Z0-9][A-Z0-9_/()-]{5,38}[A-Z0-9]", re.ASCII)
# A long number of an insurer: letters, year and serial number; or division, year and serial number.
_LONG = re.compile(
    r"(?<![0-9A-Z])(?:[A-Z]{1,6}(?=\d*?(?:19|20)\d\d)\d{15,26}|[1-6]\d{5}20[0-4]\d\d{5,14})(?![0-9A-Z])",
    re.ASCII,
)


def check(text: str, _today: Today) -> Problem | None:
    return None if _CANONICAL.fullmatch(text) else WRONG_FORM


def numbers_behind(context: Context) -> Callable[[TypedText], Iterator[Span]]:
    """A search for an insurer's number after a word that names it; dates and counts are excluded."""

    def find(searched: TypedText) -> Iterator[Span]:
        text = searched.upper
        for match in _IN_TEXT.finditer(text):
            digits = sum(map(str.isdigit, match[0]))
            few = (
                match[0].isdigit()
                and len(match[0]) < 10
                and text[match.end() : match.end() + 2].lstrip().startswith(_COUNTED)
            )
            day = iso(match[0]) or re.fullmatch(r"\d{4}[-/]\d{1,2}", match[0])
            if digits >= 6 and not few and not day and context.stands_before(text, match.start()):
                yield match.span()

    return find


_behind_its_word = numbers_behind(CONTEXT)


def find(searched: TypedText) -> Iterator[Span]:
    yield from _behind_its_word(searched)
    yield from (match.span() for match in _LONG.finditer(searched.upper))


def hide(value: str) -> str:
    """Show the first four and last three of 12 or more characters, or the last two of 8 or more."""
    if len(value) >= 12:
        return value[:4] + "*****" + value[-3:]
    return "*****" + value[-2:] if len(value) >= 8 else HIDDEN


MASK = Mask("number", hide, shown=7, example="P000000000000001")


RECOGNISER = Recogniser(
    id="policy_number",
    name="Policy number",
    data_class=DataClass.POLICY,
    score=score,
    rank=70,
    needs_header=True,
    headers="""
        保单号, 保单号码, 保险单号, 保险单号码, 保单编号, 投保单号, 投保单号码, 合同号,
        保险合同号, 批单号, 批单号码, 批改单号, 个单号, 团单号, baodanhao, baodanhaoma,
        baodanbianhao, bdh, bdhm, bdbh, tbdh, toubaodanhao, hth, policy, policy no, policy num,
        policy number, policy id, policy code, pol no, pol num, proposal no, proposal number,
        contract no, contract number, endorsement no, endorse no, ply no, cont no, prt no,
        grp cont no, prpl no, certificate of insurance no, quote no, main pol no, 保单流水号
    """,
    must_match=(
        "PDAA202432010000012345",
        "3201012024000012",
        "P2024-0000123",
        "Ｐ２０２４００００１２３",
    ),
    must_not_match=("保单", "12345", "POLICY", "A 123 456 789"),
    form=Form(reference, READY, check, (WRONG_FORM,), numeric=True),
    mask=MASK,
    in_text=TextSearch(
        noun="a policy number",
        order=130,
        find=find,
        examples=("保单 P2024-0000123", "3201012024000012"),
        counter_examples=("保单2026-11-28到期，保单 1234567 件",),
    ),
    cleaned={" PD 2024-001 ": "PD2024-001"},
    refused={"PD": "number_form", "3.2E+15": "number_lossy"},
    masked={"PDAA202432010000012345": "PDAA*****345", "P2024001": "*****01", "P1": "******"},
)
