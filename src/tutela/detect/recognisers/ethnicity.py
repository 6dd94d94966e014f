"""Ethnic groups of China."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser, word_list

WORDS = word_list("""
    汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山
    拉祜 水 东乡 纳西 景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克
    怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺
""")


def score(text: str) -> float:
    """0.9 with 族, 0.4 for the bare name, which may be a surname or another word."""
    if text.endswith("族") and text[:-1] in WORDS:
        return 0.9
    return 0.4 if text in WORDS else 0.0


RECOGNISER = Recogniser(
    id="ethnicity",
    name="Ethnic group",
    data_class=DataClass.PROFILE,
    score=score,
    rank=27,
    names_field=True,
    headers="""
        民族, minzu, mz, ethnicity, ethnic group, nation, ethnic, nation code, ethnic code, mzdm
    """,
    must_match=("汉族", "维吾尔族", "回"),
    must_not_match=("民族", "贵族", "12"),
)
