"""Headers in Chinese, pinyin and English name the kind of their column."""

import pytest

from tutela.detect.columns import header_index, header_matches
from tutela.detect.primitives.header_words import header_score
from tutela.detect.recognisers import REGISTRY

NAMED = {
    "身份证号": "resident_id18", "SFZH": "resident_id18", "shenfenzheng": "resident_id18",
    "证件号码": "id_document", "certNo": "id_document", "CERT_NO": "id_document", "id_no": "id_document",
    "投保人姓名": "person_name", "xm": "person_name", "custName": "person_name", "tbrxm": "person_name",
    "手机号码（必填）": "mobile", "sjh": "mobile", "mobile_phone": "mobile", "被保险人手机": "mobile",
    "联系电话": "phone", "TEL": "phone", "邮箱*": "email", "eMail": "email",
    "银行卡号": "bank_card", "开户行": "bank_name", "保费(元)": "amount", "保单号": "policy_number",
    "PolicyNo": "policy_number", "赔案号": "claim_number", "1.出生日期": "birth_date", "csrq": "birth_date",
    "DOB": "birth_date", "家庭住址": "address", "home_addr": "address", "诊断结果": "health",
    "icd10": "health", "车牌号": "plate", "车架号": "vin", "VIN码": "vin", "性别": "gender",
    "处理人": "agent", "订单号": "record_number", "客户号": "customer_number", "险种名称": "product", "　姓　名　": "person_name",
    "身份证有效期": "date", "手机号归属地": "region", "证件类型": "certificate_type",
    "product_name": "product", "branch name": "branch", "投保人与被保险人关系": "relation",
}  # fmt: skip


@pytest.mark.parametrize(("header", "kind"), NAMED.items())
def test_a_header_names_its_kind(header, kind):
    """The best match is the kind that a reader would say."""
    assert header_matches(header)[0][0] == kind


CAPITALS = "AppntIDNo AppntSex AppntIDType AppntBirthday InsuredIDNo InsuredSex InsuredMobile BnfIDNo BankAccNo CustomerIDNo"


@pytest.mark.parametrize("header", CAPITALS.split())
def test_a_header_in_capitals_names_what_it_names_in_camel_case(header):
    """A database's own export writes all names in capitals, without a sign between the words."""
    assert header_matches(header.upper())[0][0] == header_matches(header)[0][0]


@pytest.mark.parametrize("header", ["acid", "code", "value", "列1", "abc123", "", "***", "unnamed"])
def test_a_word_inside_another_word_names_nothing(header):
    """ "cid" in "acid" is no customer id: Latin words match whole."""
    assert header_matches(header) == ()


@pytest.mark.parametrize("header", ["phone_verified", "手机号类型", "is_mobile", "email_count"])
def test_a_turning_word_takes_the_meaning_away(header):
    """A flag about a telephone is no telephone."""
    assert all(
        score < 0.5
        for kind, score, _ in header_matches(header)
        if kind in {"phone", "mobile", "email"}
    )


def test_every_recogniser_is_named_by_its_own_words():
    """A word that its own recogniser does not win, or that is given twice in one list, would be dead."""
    for kind in REGISTRY.values():
        words = kind.header_words
        assert words
        assert len(set(words)) == len(words), kind.id
        for word in words:
            named = {match[0] for match in header_matches(word.removeprefix("="))}
            assert kind.id in named, (kind.id, word)


def test_a_field_may_bring_its_own_words():
    """The catalogue scores headers against the synonyms of one field."""
    assert header_score("受益人姓名", ["受益人姓名", "beneficiary name"]) == 1.0
    assert header_score("beneficiaryName", ["受益人姓名", "beneficiary name"]) == 1.0
    assert header_score("第二受益人姓名", ["受益人姓名"]) == 0.85
    assert header_score("受益人姓名", ["投保人姓名"]) == 0.0
    assert header_score("anything", []) == 0.0


@pytest.mark.parametrize(
    ("header", "role", "rest", "place"),
    [
        ("AppntIDNo", "holder", ("id", "no"), 1),
        ("tbrZjh", "holder", ("zjh",), 1),
        ("tbrxm", "holder", ("xm",), 1),
        ("insured.certNo", "insured", ("cert", "no"), 1),
        ("accidentPersonName", "claimant", ("name",), 1),
        ("CUSTNM", "customer", ("nm",), 1),
        ("Mobile2", "", ("mobile",), 2),
        ("Mobile__c", "", ("mobile",), 1),
        ("beneficiary", "beneficiary", ("name",), 1),
    ],
)
def test_a_latin_header_is_a_role_and_the_rest(header, role, rest, place):
    """Whose it is, and what it is."""
    name = header_index.read(header)
    assert (name.role, name.rest_tokens, name.place) == (role, rest, place)


@pytest.mark.parametrize(
    ("header", "role", "rest", "place"),
    [
        ("被保险人证件号码", "insured", "证件号码", 1),
        ("要保人身分證字號", "holder", "身分证字号", 1),
        ("投保人", "holder", "姓名", 1),
        ("备用手机", "", "手机", 2),
        ("手机3", "", "手机", 3),
        ("第二联系人电话", "contact", "电话", 2),
    ],
)
def test_a_chinese_header_is_a_role_and_the_rest(header, role, rest, place):
    """Also in traditional characters."""
    name = header_index.read(header)
    assert (name.role, name.rest_han, name.place) == (role, rest, place)


@pytest.mark.parametrize("header", ["CUSTNM", "BIRTHDY", "MOBNO", "IDTYP"])
def test_words_in_one_piece_are_read_apart(header):
    """As old systems with names of eight letters have them; a word that is known whole stays whole."""
    kinds = {
        "CUSTNM": "person_name",
        "BIRTHDY": "birth_date",
        "MOBNO": "mobile",
        "IDTYP": "certificate_type",
    }
    assert header_matches(header)[0][0] == kinds[header]
    assert header_index.read("casino").tokens == ("casino",)
