"""Names of people: Chinese ones by surname and length, others by header."""

import re

from tutela.detect.classes import DataClass
from tutela.detect.primitives.characters import BLANKS, as_written, unwrapped, without_ignorable
from tutela.detect.recogniser import (
    HIDDEN,
    VALUE_MASKED,
    Form,
    Mask,
    Problem,
    Recogniser,
    Today,
    word_list,
)
from tutela.detect.recognisers import occupation, relation
from tutela.detect.tables.surnames import COMPOUND, SINGLE

HAN_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}")
DOTTED = re.compile(r"[\u3400-\u9fff]{1,10}(?:[·•・‧．.∙⋅･][\u3400-\u9fff]{1,10}){1,4}")
LATIN = re.compile(r"[A-Za-z][A-Za-z'’.-]{0,30}(?:[ ,·]{1,2}[A-Za-z][A-Za-z'’.-]{0,30}){1,4}")
_SPACED = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")


def score(text: str) -> float:
    """0.8 or 0.85 with a surname, 0.75 with a middle dot, 0.35 for other names by form."""
    if text.isascii():
        return 0.35 if LATIN.fullmatch(text) else 0.0
    if " " in text:
        text = _SPACED.sub("", text)
    if not HAN_NAME.fullmatch(text):
        return 0.75 if DOTTED.fullmatch(text) else 0.0
    if text.endswith(_NOT_NAME_ENDS) or text in relation.WORDS or text in occupation.WORDS:
        return 0.1 if len(text) < 4 else 0.0
    if text[:2] in COMPOUND and len(text) > 2:
        return 0.85
    if text[0] in SINGLE:
        return 0.8 if len(text) < 4 else 0.35
    return 0.35


_MASKED = re.compile(r"[*＊]")
NO_NAME = Problem("name_form", "The value does not have the format of a name.")
# Endings of words of two to four characters that begin like a surname but are not names.
_NOT_NAME_ENDS = tuple(
    word_list("""
    省 市 区 县 镇 乡 村 路 街 巷 号 店 厂 部 院 校 所 局 队 组 科 处 公司 银行 医院 学校 大学
    中学 险 保险 车 费 元 万 天 年 月 日 类 型 级 率 额 款 单 件 台 户 员 师 工 色 花 果 肉 鱼
    菜 茶 酒
""")
)

# E815 to E864: characters of GBK that a converter left in private use (`crypto/alike.py`).
_READABLE = re.compile(r"(?!.*\d{3})(?=.*(?:[^\W\d_]|[\ue815-\ue864])).{1,80}")
_CANONICAL = re.compile(r"[\u4e00-\u9fff]{1,10}")
_HAN = re.compile(r"[\u3400-\u9fff\ue815-\ue864\U00020000-\U0003ffff]+")


def clean(text: str) -> str:
    """No spaces between Han characters, one between Latin words. Dots, variants of a character and private-use
    code points stay as the source wrote them: the search form folds them."""
    return _SPACED.sub("", as_written(unwrapped(as_written(text))))


def check(text: str, _today: Today) -> Problem | None:
    if _MASKED.search(text):
        return VALUE_MASKED
    return None if _READABLE.fullmatch(without_ignorable(text)) else NO_NAME


def is_ready(text: str, _today: Today) -> bool:
    return _CANONICAL.fullmatch(text) is not None and text not in BLANKS


def hide(value: str) -> str:
    """Show the surname: 张*, 张**, 欧阳**; of other scripts one letter."""
    value = without_ignorable(value)
    if len(value) < 2:
        return HIDDEN
    if not _HAN.fullmatch(value):
        return value[0] + "***" if value[0].isalpha() else HIDDEN
    shown = 2 if value[:2] in COMPOUND and len(value) > 2 else 1
    return value[:shown] + "*" * min(max(len(value) - shown, 1), 3)


RECOGNISER = Recogniser(
    id="person_name",
    name="Person's name",
    data_class=DataClass.IDENTITY,
    score=score,
    rank=45,
    maps_by_values=False,
    headers="""
        姓名, 名字, 联系人, 联系人姓名, 中文姓名, 客户名, 户名, 开户名, 账户名, 持卡人, 车主,
        车主姓名, 驾驶员, 驾驶员姓名, 经办人, 领款人, 收款人, 投保人, 被保险人, 被保人, 受益人,
        出险人, 报案人, 申请人, =名称, =客户, =患者, 患者姓名, 真实姓名, 紧急联系人, xingming, xm,
        lianxiren, lxr, lxrxm, khmc, chezhu, chezhuxingming, czxm, =name, full name, real name,
        person name, chinese name, customer, client, policyholder, insured, beneficiary,
        applicant, holder, contact person, contact name, account name, acct name, owner name,
        payee, payee name, card holder, cardholder, driver name, patient name, surname,
        given name, first name, last name, family name, clnt nm, party name, pty name, acco name,
        acc name, contact nm, customer nm, bnf name, payee nm, khxm, kehuxingming, hzxm, cxrxm,
        tbrxm, bbxrxm, bbrxm, syrxm, skrxm, =hm, huming, frdb, 法定代表人, 法人代表,
        account holder, account holder name, holder name, named insured
    """,
    must_match=("张伟", "李 娜", "欧阳晓明", "阿卜杜拉·买买提", "Zhang San"),
    must_not_match=("张", "朝阳区", "中国人民财产保险", "12345", "Z", "医生"),
    form=Form(clean, is_ready, check, (NO_NAME, VALUE_MASKED)),
    mask=Mask("name", hide, shown=2, example="王某某"),
    cleaned={"李　娜": "李娜", "阿卜杜拉•买买提": "阿卜杜拉•买买提", "Zhang   San": "Zhang San"},
    refused={"12345": "name_form", "欧阳**": "value_masked", "张＊": "value_masked"},
    masked={"张伟": "张*", "张伟明": "张**", "欧阳晓明": "欧阳**", "Zhang San": "Z***"},
)
