"""Columns find their fields by name and by value, with reasons that hold no value."""

import pytest

from tests import imports
from tests.vault_importing.conftest import Insurer
from tutela.base import clock
from tutela.vault.importing import plan, propose, targets
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
