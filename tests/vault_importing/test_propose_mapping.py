"""Columns find their fields by name and by value, with reasons that hold no value."""

import pytest

from benchmarks.accuracy import columns, mapping
from benchmarks.accuracy.__main__ import EACH_STYLE, PRECISION, RECALL, SEED
from tests import imports
from tests.vault_importing.conftest import Insurer
from tutela.base import clock
from tutela.vault.importing import looks, plan, propose, samples, targets
from tutela.vault.importing.actions.orders import save_mapping
from tutela.vault.importing.errors import FieldMissing, FieldTwice, FieldUnknown
from tutela.vault.importing.reading import read
from tutela.vault.importing.reading.sources import BytesSource, FileSource

EXPECTED = {
    "customers.csv": ("customer", {"客户号": "customer_number", "证件号码": "id_number",
                                   "手机号码": "phone", "银行卡号": "bank_card"}),
    "policies.xlsx": ("policy", {"保单号": "policy_number", "被保险人姓名": "insured_name",
                                 "受益人姓名": "beneficiary_name", "金额 保费": "premium"}),
    "claims.csv": ("claim", {"赔案号": "claim_number", "开户账号": "claim_account",
                             "诊断": "claim_diagnosis"}),
    "contacts.csv": ("contact", {"工单号": "contact_number", "时间": "contacted_on"}),
    "workitems.csv": ("work_item", {"number": "number", "assignee": "assignee"}),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_of_the_sample_is_understood(name, files):
    """Collection and fields, without a word from a person."""
    table = read.open_table(FileSource(files / name), targets.known)
    number, proposals = propose.guess_collection(table.columns, table.sample, clock.today())
    collection, wanted = EXPECTED[name]
    found = {one.column: one.field for one in proposals}
    assert targets.collection_code(number) == collection
    assert {column: found[column] for column in wanted} == wanted


def test_values_alone_tell_a_column_without_a_name(files):
    """A header such as A7 says nothing; check digits do."""
    table = read.open_table(FileSource(files / "customers.csv"), targets.known)
    at = table.columns.index("证件号码")
    sample = [[row[at]] for row in table.sample]
    (one,) = propose.propose(["A7"], sample, 1, clock.today())
    assert one.field == "id_number"


def test_reasons_hold_no_value(files):
    """They are shown, logged and kept: shares and counts only."""
    table = read.open_table(FileSource(files / "customers.csv"), targets.known)
    sample = table.sample
    told = " ".join(
        reason
        for one in propose.propose(table.columns, sample, 1, clock.today())
        for reason in one.why
    )
    cells = {cell for row in sample for cell in row if len(cell) > 3}
    assert not [cell for cell in cells if cell in told]


@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ({"a": "name", "b": "name"}, FieldTwice),
        ({"a": "phone"}, FieldMissing),
        ({"a": "name", "b": "policy_number"}, FieldUnknown),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused(columns, error):
    """Before anything is read for import."""
    with pytest.raises(error):
        plan.checked(1, columns, ["a", "b"])


def test_a_saved_mapping_is_recalled_for_the_same_columns(insurer: Insurer):
    """The order of the columns does not matter."""
    first = BytesSource("f", "甲,乙\nK1,欧阳测试\n".encode())
    wanted = {"甲": "customer_number", "乙": "name"}
    order = imports.prepare(insurer.operator, first, collection="customer", mapping=wanted)
    save_mapping(insurer.operator, "odd", order)
    later = BytesSource("f", "乙,甲\n王五,K2\n".encode())
    found = imports.look(insurer.operator, later)
    assert (found.mapping_name, found.mapping()) == ("odd", wanted)


def test_samples_are_masked(insurer: Insurer):
    """An inspection shows what a column is like, not whom it is about."""
    found = imports.look(insurer.operator, FileSource(insurer.files / "customers.csv"))
    shown = {view.column: view.samples for view in found.columns}
    assert all("*" in sample for sample in shown["证件号码"] + shown["手机号码"] + shown["姓名"])


DAYS = [
    f"20{year:02d}-0{month}-1{day}"
    for year, month, day in zip(range(10, 22), [*range(1, 7)] * 2, [*range(6)] * 2, strict=True)
]
PHONES = [f"138001380{number:02d}" for number in range(12)]
NAMES = [
    "欧阳测试",
    "王某某",
    "李试验",
    "赵示例",
    "周样本",
    "吴虚构",
    "郑编造",
    "冯假名",
    "陈试样",
    "褚测验",
    "卫样例",
    "蒋试用",
]


def _proposed(columns: dict[str, list[str]], collection: int = 1) -> dict[str, propose.Proposal]:
    rows = list(zip(*columns.values(), strict=True))
    found = propose.propose(list(columns), rows, collection, clock.today())
    return {one.column: one for one in found}


@pytest.mark.parametrize("header", ["A7", "某日期", "时间", "biz_dt", "处理时间", ""])
@pytest.mark.parametrize("collection", range(1, 7))
def test_values_alone_never_map_a_column_of_days(header, collection):
    """A day does not say what happened on it, in no collection; only 时间 alone is a name, of the contact log's date."""
    if (collection, header) != (6, "时间"):
        assert _proposed({header: DAYS}, collection)[header].field == ""


def test_names_alone_map_no_column():
    """Whose names they are the values do not say."""
    assert _proposed({"A7": NAMES})["A7"].field == ""


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        (("联系电话", "手机号码"), ("landline", "phone")),
        (("手机号码", "联系电话"), ("phone", "landline")),
        (("手机1", "手机2"), ("phone", "landline")),
        (("备用手机", "手机"), ("landline", "phone")),
        (("手机1", "手机2", "联系电话", "第二联系人电话"), ("phone", "", "landline", "emergency_phone")),
        (("Mobile", "Phone"), ("phone", "landline")),
        (("手机", "家庭电话", "联系电话"), ("phone", "landline", "")),
    ],
)  # fmt: skip
def test_second_columns_of_a_kind_go_to_the_next_free_field(headers, wanted):
    """The header decides which is the first; what finds no free field is said to be in doubt."""
    found = _proposed(dict.fromkeys(headers, PHONES))
    assert tuple(found[header].field for header in headers) == wanted
    doubtful = [header for header in headers if found[header].field in ("", "landline")]
    assert all(found[header].in_doubt for header in doubtful if header != "家庭电话")


def test_a_blank_column_takes_no_field_from_one_with_values():
    """Both are named like the field: the one with values gets it, wherever it stands; alone the blank one."""
    cells = {"手机号码": PHONES, "联系电话": [""] * len(PHONES)}
    for headers in (list(cells), list(reversed(cells))):
        found = _proposed({header: cells[header] for header in headers})
        assert {header: found[header].field for header in cells} == {
            "手机号码": "phone",
            "联系电话": "",
        }
    alone = _proposed({"联系电话": cells["联系电话"]})["联系电话"]
    assert (alone.field, alone.in_doubt) == ("phone", False)


def test_a_column_whose_field_is_taken_names_the_field_and_the_other_column():
    """So a person knows at which column to look."""
    found = _proposed({"手机": PHONES, "家庭电话": PHONES, "联系电话": PHONES})["联系电话"]
    assert (found.in_doubt, found.runner_up) == (True, "phone")
    assert "手机" in found.why[0]


@pytest.mark.parametrize(
    ("header", "wanted"), [("EMAIL_ADDR", "email"), ("BANK_ACCT_NO", "bank_card"), ("CLNT_NM", "name")]
)  # fmt: skip
def test_the_whole_name_decides(header, wanted):
    """An address in it is no address, a bank in it no bank."""
    values = {"email": [f"p{number}@example.com" for number in range(12)],
              "bank_card": [f"20100{number:07d}" for number in range(12)], "name": NAMES}  # fmt: skip
    assert _proposed({header: values[wanted]})[header].field == wanted


@pytest.mark.parametrize("header", ["AppntBirthday", "InsuredMobile", "被保险人手机", "车主手机号"])
def test_what_is_said_of_another_goes_to_no_field(header):
    """A policy has no telephone and no birthday."""
    assert _proposed({header: PHONES}, 2)[header].field == ""


@pytest.mark.parametrize("header", ["FirstName", "last_name", "Given Name"])
def test_a_part_of_a_name_is_no_name(header):
    """Half a name would be stored as the whole."""
    assert _proposed({header: NAMES})[header].field == ""


def test_a_sure_table_is_not_in_doubt():
    """Plain names with fitting values."""
    found = _proposed({"姓名": NAMES, "手机号码": PHONES, "出生日期": DAYS})
    assert [(one.field, one.in_doubt, one.runner_up) for one in found.values()] == [
        ("name", False, ""), ("phone", False, ""), ("birth_date", False, ""),
    ]  # fmt: skip


def test_personal_data_in_typed_text_is_told_by_kind_and_share():
    """In a column without a field and in one for remarks, never with a value."""
    texts = [f"客户来电，请回{PHONES[0]}"] * 1 + [
        f"第{number}次回访，已答复" for number in range(11)
    ]
    for header in ("备注", "处理过程"):
        told = " ".join(_proposed({header: texts})[header].why)
        assert "8 %" in told
        assert PHONES[0] not in told
    codes = [f"62220{number:014d}" for number in range(12)]
    assert "ersonal" not in " ".join(_proposed({"流水": codes})["流水"].why)


@pytest.mark.parametrize(
    ("looks", "cell", "shown"),
    [
        ("", "北京市朝阳区建国路88号", "汉汉汉汉汉汉汉汉汉99汉"),
        ("", "Zhang San-42", "aaaaa aaa-99"),
        ("person_name", "欧阳测试", "欧阳**"),
        ("mobile", "13800138000", "138****8000"),
        ("address", "建国路88号", "汉汉汉99汉"),
        ("mobile", "北京市朝阳区建国路88号", "汉汉汉汉汉汉汉汉汉99汉"),
        ("policy_number", "欧阳测试", "汉汉汉汉"),
        ("birth_date", "1990/3/7", "1990-**-**"),
        ("gender", "男", "汉"),
        ("password", "Secret12", "******"),
        ("health", "高血压", "******"),
        ("", "一" * 30, "汉" * 24 + "…"),
    ],
)
def test_a_column_without_a_field_is_masked_by_what_it_looks_like(looks, cell, shown):
    """What is of no known kind keeps its shape alone."""
    proposal = propose.Proposal("x", "", 0.0, (), looks=looks)
    assert samples.masked(proposal, cell) == shown


def test_no_sample_holds_a_name_or_an_address(files):
    """With a mapping, and with every column left out."""
    table = read.open_table(FileSource(files / "customers.csv"), targets.known)
    left_out = [
        one.chosen("") for one in propose.propose(table.columns, table.sample, 1, clock.today())
    ]
    unmapped = [propose.Proposal(name, "", 0.0, ()) for name in table.columns]
    for proposals in (left_out, unmapped):
        for place, proposal in enumerate(proposals):
            cells = {row[place] for row in table.sample if len(row[place]) > 1}
            assert not [
                cell
                for cell in cells
                if samples.masked(proposal, cell) == cell and any(map(str.isalnum, cell))
            ]


def test_labelled_tables_are_mapped_right():
    """Whole tables of four styles: the floors of `make accuracy`, with fewer rows."""
    mapped = mapping.measure(columns.KNOWN, SEED, rows=24)
    whole = columns.total(mapped.styles)
    misses = [result.misses for result in mapped.styles.values()]
    assert whole.precision >= PRECISION, misses
    assert whole.recall >= RECALL, misses
    assert min(result.recall for result in mapped.styles.values()) >= EACH_STYLE, misses
    assert not mapped.wrong


@pytest.mark.parametrize("header", ["在职状态", "与户主关系", "employment status", "loan relation"])
def test_a_general_word_behind_unknown_ones_is_another_s(header):
    """Some other status and some other relation."""
    assert _proposed({header: ["甲", "乙", "丙"] * 4}, 2)[header].field == ""


def test_numbered_columns_keep_their_order():
    """Mobile2 before Mobile1 in the file changes nothing."""
    found = _proposed({"Mobile2": PHONES, "Mobile1": PHONES})
    assert [one.field for one in found.values()] == ["landline", "phone"]


def test_of_a_wide_table_fewer_values_are_looked_at():
    """A table of a thousand columns takes no longer than one of a hundred, nearly."""
    rows = [[f"v{at}"] * 1_000 for at in range(400)]
    wide = looks.look_at([f"列{at}" for at in range(1_000)], rows, clock.today())
    few = looks.look_at(["列1", "列2"], rows, clock.today())
    assert {len(look.values) for look in wide} == {looks.LEAST_VALUES}
    assert wide[0].personal[2] <= looks.LEAST_VALUES // 2
    assert len(few[0].values) == 400
