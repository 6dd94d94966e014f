"""Resident identity number with 18 characters (GB 11643)."""

from tutela.detect.classes import DataClass
from tutela.detect.primitives.check_digits import FOUR, HEAD, TAIL, mod_11_2
from tutela.detect.primitives.clean_forms import code
from tutela.detect.primitives.dates import DAYS, is_calendar
from tutela.detect.primitives.typed_text import Context, numbers_of_18
from tutela.detect.recogniser import (
    HIDDEN,
    NUMBER_LOSSY,
    Form,
    Mask,
    Problem,
    Recogniser,
    TextSearch,
    Today,
    ends,
)
from tutela.detect.tables.places import PROVINCE_CODES


def score(text: str) -> float:
    """1 with valid province, date and check digit; 0.1 if only the check digit is wrong."""
    if len(text) < 18:
        return 0.0
    if len(text) > 18:
        text = text.replace(" ", "").replace("-", "")
    problem = number_problem(text.upper(), "")
    return 1.0 if problem is None else 0.1 if problem is WRONG_CHECK_DIGIT else 0.0


WRONG_FORM = Problem("id_form", "The value does not have the format of an identity number.")
NO_PROVINCE = Problem(
    "id_province", "The first two digits of the identity number are not a province code."
)
NO_DATE = Problem("id_date", "The date in the identity number does not exist or is in the future.")
WRONG_CHECK_DIGIT = Problem("id_check_digit", "The check digit of the identity number is wrong.")
DATED_PROBLEMS = (NO_DATE, WRONG_CHECK_DIGIT, NUMBER_LOSSY)
PROBLEMS = (WRONG_FORM, NO_PROVINCE, *DATED_PROBLEMS)
CONTEXT = Context(
    "身份证, 证件, 居民证, 居住证, 永居, 永久居留, sfz, shenfenzheng, id card, id no, id number, identity"
)
_PROVINCE_HEAD = {province: HEAD[province] for province in PROVINCE_CODES}


def number_problem(text: str, today: str) -> Problem | None:
    """The problem of a number with 18 characters; `today` is yyyymmdd, "" for no limit."""
    right = mod_11_2(text)
    if right is None:
        return WRONG_FORM
    if text[:2] not in PROVINCE_CODES:
        return NO_PROVINCE
    return _dated_problem(text, today, right)


def is_ready(text: str, today: Today) -> bool:
    """Whether there is no `number_problem`, in one step: the path of nearly every row."""
    try:
        total = (
            _PROVINCE_HEAD[text[:2]]
            + 4 * FOUR[text[2:6]]
            + 3 * FOUR[text[6:10]]
            + 5 * FOUR[text[10:14]]
            + TAIL[text[14:]]
        )
    except KeyError:
        return False
    born = text[6:14]
    return total % 11 == 1 and text[10:14] in DAYS and "19000101" <= born <= today.basic


def dated_number_problem(text: str, today: str) -> Problem | None:
    """`number_problem` for permits with 18 characters, which have no province."""
    right = mod_11_2(text)
    return WRONG_FORM if right is None else _dated_problem(text, today, right)


def _dated_problem(text: str, today: str, right: bool) -> Problem | None:
    born = text[6:14]
    if born < "19000101" or (today and born > today) or not is_calendar(born):
        return NO_DATE
    if right:
        return None
    # A spreadsheet keeps 15 significant digits and replaces the others by zeros.
    return NUMBER_LOSSY if text.endswith("000") else WRONG_CHECK_DIGIT


def old_number_problem(text: str) -> Problem | None:
    """The problem of a number with 15 digits, issued until 1999."""
    if len(text) != 15 or not (text.isdigit() and text.isascii()):
        return WRONG_FORM
    if text[:2] not in PROVINCE_CODES:
        return NO_PROVINCE
    return None if is_calendar("19" + text[6:12]) else NO_DATE


def check(text: str, today: Today) -> Problem | None:
    return old_number_problem(text) if len(text) == 15 else number_problem(text, today.basic)


def is_found(number: str, text: str, start: int) -> bool:
    problem = number_problem(number, "")
    return problem is None or (problem is WRONG_CHECK_DIGIT and CONTEXT.stands_before(text, start))


def hide(value: str) -> str:
    """Show 110***********1234; of 8 to 14 characters the first and the last two."""
    if not value.isalnum() or not 8 <= len(value) <= 20:
        return HIDDEN
    return ends(value, 3, 4) if len(value) >= 15 else ends(value, 1, 2)


MASK = Mask("id", hide, shown=7, example="110101190001011234")


RECOGNISER = Recogniser(
    id="resident_id18",
    name="Resident ID number",
    data_class=DataClass.IDENTITY,
    score=score,
    rank=10,
    names_field=True,
    headers="""
        身份证, 身份证号, 身份证号码, 身份证件号, 居民身份证, 居民身份证号, 公民身份号码,
        身份号码, 二代证号, shenfenzheng, shenfenzhenghao, shenfenzhenghaoma, shenfenhaoma, sfz,
        sfzh, sfzhm, gmsfhm, id card, id card no, id card number, idcard num, identity card,
        resident id, resident identity, citizen id, national id, ssn cn, khsfzh, khsfz, sfzhma,
        citizen no, prc id
    """,
    must_match=(
        "11010519491231002X",
        "11010519491231002x",
        "440524198001010013",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
    ),
    must_not_match=(
        "110105194912310021",
        "20240305101112345X",
        "81000019900101001X",
        "110105194902300025",
        "11010519491231002",
        "1101051949123100211",
    ),
    form=Form(code, is_ready, check, PROBLEMS, numeric=True),
    mask=MASK,
    in_text=TextSearch(
        noun="an identity number",
        order=10,
        find=numbers_of_18(is_found),
        examples=("客户身份证11010519491231002X，请核", "4405-2419-8001-0100-13"),
        counter_examples=("任务110105194912310021", "20240305101112345X"),
    ),
    cleaned={"１１０１０５ 19491231-002Ｘ": "11010519491231002X"},
    refused={
        "110105194912310021": "id_check_digit",
        "110105194912310000": "number_lossy",
        "990105194912310026": "id_province",
        "110105194902300020": "id_date",
        "1101051949": "id_form",
    },
    masked={"11010519491231002X": "110***********002X"},
)
