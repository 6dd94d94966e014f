"""Gender as a word or a code of GB/T 2261.1."""

from tutela.detect.classes import DataClass
from tutela.detect.primitives.characters import half_width
from tutela.detect.recogniser import Form, Problem, Recogniser, Today, listed, passing, word_list

MALE = word_list("""
    男 男性 男士 先生 M m Male male MALE 1
""")
FEMALE = word_list("""
    女 女性 女士 小姐 F f Female female FEMALE 2
""")
UNKNOWN = word_list("""
    未知 不详 未说明 未说明的性别 未知的性别 U u Unknown unknown UNKNOWN 0 9
""")
WORDS = MALE | FEMALE | UNKNOWN
CODES = frozenset("MmFfUu0129")
NO_GENDER = Problem("gender_form", "The value is not a valid gender.")


def clean(text: str) -> str:
    """男, 女 or 未知, also from words and codes."""
    text = half_width(text).removesuffix(".0")
    for canonical, words in (("男", MALE), ("女", FEMALE), ("未知", UNKNOWN)):
        if text in words:
            return canonical
    return text


def check(text: str, _today: Today) -> Problem | None:
    return None if text in ("男", "女", "未知") else NO_GENDER


RECOGNISER = Recogniser(
    id="gender",
    name="Gender",
    data_class=DataClass.PROFILE,
    score=listed(WORDS, CODES),
    rank=25,
    names_field=True,
    headers="""
        性别, xingbie, xb, gender, sex, gender code, sex code, sex cd, gender cd, gender type,
        xbdm
    """,
    must_match=("男", "女性", "M", "female", "1"),
    must_not_match=("人", "3", "man"),
    form=Form(clean, passing(check), check, (NO_GENDER,), keeps_marks=True),
    cleaned={"F": "女", "1": "男", "不详": "未知"},
    refused={"x": "gender_form"},
)
