"""Relation between two people."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser, listed, word_list

WORDS = word_list("""
    本人 配偶 丈夫 妻子 夫妻 父亲 母亲 父母 儿子 女儿 子女 父子 父女 母子 母女 祖父 祖母 外祖父
    外祖母 孙子 孙女 外孙 外孙女 兄弟 姐妹 哥哥 弟弟 姐姐 妹妹 监护人 法定 法定继承人 雇主 雇员
    其他亲属 亲属 朋友 同事 self spouse father mother son daughter child parent brother sister
""")


RECOGNISER = Recogniser(
    id="relation",
    name="Relationship",
    data_class=DataClass.FAMILY,
    score=listed(WORDS),
    rank=29,
    headers="""
        关系, 与投保人关系, 与被保险人关系, 与被保人关系, 与主被保险人关系, 亲属关系, 与客户关系,
        与户主关系, guanxi, gx, ytbrgx, ybbrgx, relation, relationship, relation to applicant,
        relation to insured, kinship, relation to appnt, relation to holder,
        relation to main insured, relationship code
    """,
    must_match=("配偶", "本人", "son"),
    must_not_match=("关系", "张伟", "1"),
)
