"""Marital status."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser, listed, word_list

WORDS = word_list("""
    未婚 已婚 离异 离婚 丧偶 再婚 初婚 复婚 单身 未说明 未说明的婚姻状况 single married divorced
    widowed
""")


RECOGNISER = Recogniser(
    id="marriage",
    name="Marital status",
    data_class=DataClass.PROFILE,
    score=listed(WORDS),
    rank=26,
    names_field=True,
    headers="""
        婚姻, 婚姻状况, 婚姻状态, 婚否, hunyin, hunyinzhuangkuang, hyzk, marriage, marital,
        marital status, marriage status, marriage id, marital code, marriage code
    """,
    must_match=("已婚", "未婚", "married"),
    must_not_match=("结", "1", "张伟"),
)
