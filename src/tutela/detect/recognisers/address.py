"""Postal addresses, by words for divisions and by road with number."""

import re

from tutela.detect.classes import DataClass
from tutela.detect.primitives.characters import prose
from tutela.detect.recogniser import (
    HIDDEN,
    VALUE_MASKED,
    Form,
    Mask,
    Problem,
    Recogniser,
    Today,
    matching,
)
from tutela.detect.tables.places import PROVINCES

_HAN = r"[\u4e00-\u9fff]"
ROAD = re.compile(
    rf"{_HAN}(?:大道|大街|路|街|巷|弄|胡同|道|里|村|屯|庄|镇|乡|小区|花园|新村|社区|苑|园|公寓|大厦|广场|城)"
    r".{0,14}?[0-9〇一二三四五六七八九十百]+\s?-?\s?[0-9]*\s?(?:号|弄|幢|栋|座|楼|单元|室|组|队|层|户)"
)
DIVISION = re.compile(rf"{_HAN}{{2,8}}(?:省|自治区|市|自治州|盟|地区|区|县|旗){_HAN}")
PART = re.compile(r"(?:省|市|区|县|镇|乡|村|路|街|道|巷|号|栋|幢|室|单元|小区)")
_PROVINCE_NAMES = tuple(PROVINCES.values())


def score(text: str) -> float:
    """0.9 with road and number, 0.6 or 0.4 with a division, 0.35 with one place word."""
    if text.isascii() or not 5 <= len(text) <= 200:
        return 0.0
    if ROAD.search(text):
        return 0.9
    division = DIVISION.search(text)
    if division and len(text) >= 8:
        return 0.6 if text.startswith(_PROVINCE_NAMES) else 0.4
    return 0.35 if PART.search(text) else 0.0


NO_WORDS = Problem("address_form", "An address must contain words, not only digits.")
_MASKED = re.compile(r"[*＊]{2}")
_DISTRICT = re.compile(
    r"(?=.{6})((?:.{2,7}?(?:省|自治区|特别行政区))?(?:.{2,8}?(?:市|自治州|地区|盟))?(?:.{1,7}?(?:区|县|旗|市))?)"
)
_MOST_SHOWN = 20


def check(text: str, _today: Today) -> Problem | None:
    if _MASKED.search(text):
        return VALUE_MASKED
    return NO_WORDS if text.isascii() and not any(map(str.isalpha, text)) else None


def hide(value: str) -> str:
    """Show province, city and district; the rest has the same mask at any length."""
    match = _DISTRICT.match(value)
    shown = match[1] if match else ""
    if not shown or len(shown) > _MOST_SHOWN or len(value) - len(shown) < 3:
        return HIDDEN
    return shown + "****"


RECOGNISER = Recogniser(
    id="address",
    name="Address",
    data_class=DataClass.CONTACT,
    score=score,
    rank=35,
    maps_by_values=False,
    headers="""
        地址, 住址, 家庭住址, 家庭地址, 联系地址, 通讯地址, 通信地址, 户籍地址, 居住地址, 现住址,
        常住地址, 单位地址, 详细地址, 身份证地址, 证件地址, 邮寄地址, 收件地址, 住所, 户口所在地,
        出险地点, 事故地点, 出险地址, dizhi, zhuzhi, jiatingdizhi, jiatingzhuzhi, lianxidizhi,
        tongxundizhi, dz, jtzz, jtdz, lxdz, txdz, hjdz, address, addr, home address,
        contact address, mailing address, mail addr, street, street address, residence, home addr,
        contact addr, postal address, residential address, addr line, address line, address line1,
        addr ln, addr line1, addr1, addr2, address1, address2, address 1, address 2,
        home address line, permanent address, registered address, loss location, loss loc,
        accident site, place of loss, risk address, zcdz, =zz, khdz
    """,
    must_match=(
        "北京市朝阳区建国路88号",
        "广东省深圳市南山区科技园南区５栋３０２室",
        "江苏省苏州市吴中区",
        "李家村三组12号",
    ),
    must_not_match=("张伟", "高血压", "Beijing", "12345", "北京市"),
    form=Form(
        clean=prose,
        ready=matching(r"[\u4e00-\u9fff][!-)+-~\u4e00-\u9fff]{5,200}"),
        check=check,
        problems=(NO_WORDS, VALUE_MASKED),
    ),
    mask=Mask("address", hide, shown=_MOST_SHOWN, example="北京市海淀区某某路1号"),
    cleaned={" 北京市朝阳区建国路８８号 ": "北京市朝阳区建国路88号"},
    refused={"12345": "address_form", "广东省广州市天河区****": "value_masked"},
    masked={"北京市朝阳区建国路88号": "北京市朝阳区****", "建国路88号": "******"},
)
