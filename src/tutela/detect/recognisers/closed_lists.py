"""Kinds whose values come from a closed list of words."""

from __future__ import annotations

from collections.abc import Callable

from tutela.detect.classes import DataClass
from tutela.detect.recognisers.registry import Recogniser, register
from tutela.detect.tables import terms

GENDER_CODES = frozenset("MmFfUu0129")


def listed(words: frozenset[str], weak: frozenset[str] = frozenset()) -> Callable[[str], float]:
    """Score 0.85 for a word of the list; 0.4 for one that means other things elsewhere."""
    return lambda text: 0.0 if text not in words else 0.4 if text in weak else 0.85


def _ethnic(text: str) -> float:
    if text.endswith("族") and text[:-1] in terms.ETHNIC_GROUPS:
        return 0.9
    return 0.4 if text in terms.ETHNIC_GROUPS else 0.0


def _occupation(text: str) -> float:
    return 0.7 if text in terms.OCCUPATIONS else 0.35 if 2 <= len(text) <= 30 else 0.0


GENDER = register(
    Recogniser(
        id="gender",
        name_en="Gender",
        name_zh="性别",
        data_class=DataClass.PROFILE,
        score=listed(terms.MALE | terms.FEMALE | terms.UNKNOWN_SEX, GENDER_CODES),
        rank=25,
        must_match=("男", "女性", "M", "female", "1"),
        must_not_match=("人", "3", "man"),
    )
)
MARRIAGE = register(
    Recogniser(
        id="marriage",
        name_en="Marital status",
        name_zh="婚姻状况",
        data_class=DataClass.PROFILE,
        score=listed(terms.MARRIAGE),
        rank=26,
        must_match=("已婚", "未婚", "married"),
        must_not_match=("结", "1", "张伟"),
    )
)
ETHNICITY = register(
    Recogniser(
        id="ethnicity",
        name_en="Ethnic group",
        name_zh="民族",
        data_class=DataClass.PROFILE,
        score=_ethnic,
        rank=27,
        must_match=("汉族", "维吾尔族", "回"),
        must_not_match=("民族", "贵族", "12"),
    )
)
EDUCATION = register(
    Recogniser(
        id="education",
        name_en="Education",
        name_zh="学历",
        data_class=DataClass.PROFILE,
        score=listed(terms.EDUCATION, frozenset({"其他"})),
        rank=28,
        must_match=("本科", "高中", "博士"),
        must_not_match=("学", "张伟", "2"),
    )
)
RELATION = register(
    Recogniser(
        id="relation",
        name_en="Relation",
        name_zh="关系",
        data_class=DataClass.FAMILY,
        score=listed(terms.KINSHIP),
        rank=29,
        must_match=("配偶", "本人", "son"),
        must_not_match=("关系", "张伟", "1"),
    )
)
PAPER_KIND = register(
    Recogniser(
        id="certificate_type",
        name_en="Type of certificate",
        name_zh="证件类型",
        data_class=DataClass.PROFILE,
        score=listed(terms.PAPERS, frozenset({"其他", "其它"})),
        rank=24,
        must_match=("居民身份证", "护照", "其他"),
        must_not_match=("证", "110105194912310021", "张伟"),
    )
)
OCCUPATION = register(
    Recogniser(
        id="occupation",
        name_en="Occupation",
        name_zh="职业",
        data_class=DataClass.PROFILE,
        score=_occupation,
        rank=48,
        needs_header=True,
        must_match=("教师", "货车司机", "水电安装"),
        must_not_match=("", "师"),
    )
)
