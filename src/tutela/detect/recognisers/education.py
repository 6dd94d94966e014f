"""Level of education."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser, listed, word_list

WORDS = word_list("""
    博士 硕士 研究生 本科 大学 大学本科 大专 专科 大学专科 中专 职高 技校 高中 初中 小学 文盲
    博士研究生 硕士研究生 高职 学士 中技 其他
""")


RECOGNISER = Recogniser(
    id="education",
    name="Education",
    data_class=DataClass.PROFILE,
    score=listed(WORDS, ("其他",)),
    rank=28,
    names_field=True,
    headers="""
        学历, 文化程度, 教育程度, 最高学历, xueli, xl, whcd, education, degree, education level,
        degree code, edu level, education code, xldm
    """,
    must_match=("本科", "高中", "博士"),
    must_not_match=("学", "张伟", "2"),
)
