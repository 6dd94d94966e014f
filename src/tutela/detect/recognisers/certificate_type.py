"""Types of identity documents."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser, listed, word_list

WORDS = word_list("""
    身份证 居民身份证 二代身份证 户口簿 户口本 护照 中国护照 外国护照 军官证 士兵证 警官证
    军人证 驾驶证 驾照 出生证 出生证明 出生医学证明 港澳通行证 港澳居民来往内地通行证
    台湾居民来往大陆通行证 台胞证 回乡证 港澳台居民居住证 港澳居民居住证 台湾居民居住证
    外国人永久居留身份证 外国人永久居留证 永久居留证 统一社会信用代码 组织机构代码
    组织机构代码证 营业执照 税务登记证 临时身份证 其他 其它
""")


RECOGNISER = Recogniser(
    id="certificate_type",
    name="Identity document type",
    data_class=DataClass.PROFILE,
    score=listed(WORDS, ("其他", "其它")),
    rank=24,
    names_field=True,
    headers="""
        证件类型, 证件类别, 证件种类, 证件名称, zhengjianleixing, zjlx, zjlb, zjzl, cert type,
        certi type, certificate type, id type, document type, id kind, identity type, card type,
        idtype, certi type code, paper type, idtype code, credential type, zjlxdm
    """,
    must_match=("居民身份证", "护照", "其他"),
    must_not_match=("证", "110105194912310021", "张伟"),
)
