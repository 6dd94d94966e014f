"""The rejected rows of an import by field and reason, those of a dry run with three masked examples."""

from uuid import UUID

import pytest

from tests.access import cast
from tests.vault_importing.conftest import Insurer
from tutela.access import snapshot
from tutela.vault.importing import errors, rejected_rows
from tutela.vault.queries import fetch

HEADER = "客户号,姓名,手机号,开户日期\n"
MAPPING = {"客户号": "customer_number", "姓名": "name", "手机号": "phone", "开户日期": "opened_on"}
DATA = (
    HEADER
    + "".join(f"S{serial},林一,1380013800{serial}99,2020-01-01\n" for serial in range(4))
    + "S5,林五,13800138005,2020-13-45\n"
    + "S6,林六,13800138006,开户于二〇二〇年\n"
    + "S7,林七,13800138007,2020-01-01,x\n"
).encode()


def summary(insurer: Insurer, **options: object) -> list[dict]:
    result = insurer.bring_in(DATA, mapping=MAPPING, **options)
    return rejected_rows.summary_of(insurer.operator, UUID(result.batch))


def test_a_dry_run_counts_by_field_and_shows_three_masked_examples(insurer: Insurer):
    """The most frequent first; over chunks together."""
    listed = summary(insurer, dry_run=True, chunk_rows=2)
    shape = [(one["column"], one["field"], one["code"], one["count"]) for one in listed]
    assert shape == [
        ("手机号", "phone", "phone_form", 4),
        ("开户日期", "opened_on", "date_form", 2),
        ("", "", "row_ragged", 1),
    ]
    assert [one["row"] for one in listed[0]["examples"]] == [2, 3, 4]
    assert all(one["reason"] for one in listed)


def test_an_example_shows_no_value(insurer: Insurer):
    """Nor what stands in a column without a mask, unless it is too short to be anybody's."""
    listed = summary(insurer, dry_run=True)
    assert not any("138001" in example["cell"] for example in listed[0]["examples"])
    dates = [example["cell"] for example in listed[1]["examples"]]
    assert dates == ["2020-13-45", "******"]


def test_an_example_in_a_column_of_numbers_shows_no_end_of_a_text(insurer: Insurer):
    """A mapping may be wrong: the mask of an id number would show the half of an address."""
    texts = (
        "北京市朝阳区建国路88号院3号楼",
        "患有糖尿病史三年",
        "ZHANG SANFENG TAI",
        "zhang.1234567@b.cn",
    )
    rows = "".join(f"S{serial},林一,{text}\n" for serial, text in enumerate(texts))
    mapping = {"客户号": "customer_number", "姓名": "name", "证件号": "id_number"}
    data = f"客户号,姓名,证件号\n{rows}".encode()
    result = insurer.bring_in(data, mapping=mapping, dry_run=True)
    listed = rejected_rows.summary_of(insurer.operator, UUID(result.batch))
    shown = [example["cell"] for one in listed for example in one["examples"]]
    assert len(shown) >= 3
    assert set(shown) == {"******"}


def test_an_import_counts_and_leaves_its_cells_to_those_who_open_them(insurer: Insurer):
    """Its rows are kept whole and open with a purpose; a summary of them shows none."""
    listed = summary(insurer)
    assert [one["count"] for one in listed] == [4, 2, 1]
    assert not any(one["examples"] for one in listed)


def test_the_list_names_the_column_of_the_file(insurer: Insurer):
    """Beside the field: that is what the person has in front of them."""
    result = insurer.bring_in(DATA, mapping=MAPPING)
    listed = rejected_rows.rejects_of(insurer.operator, UUID(result.batch))
    assert {(one["column"], one["field"]) for one in listed} == {
        ("手机号", "phone"),
        ("开户日期", "opened_on"),
        ("", ""),
    }


def test_what_is_not_ones_own_is_not_there(insurer: Insurer):
    """As the list: what another account brought in, or nothing at all."""
    (code,) = fetch("SELECT code FROM access_branch WHERE parent_id IS NULL", [])[0]
    manager = cast.hire("branch_manager", code).actor
    snapshot.reload()
    result = insurer.bring_in(DATA, mapping=MAPPING, dry_run=True)
    for batch in (UUID(result.batch), UUID(int=7)):
        with pytest.raises(errors.BatchMissing):
            rejected_rows.summary_of(manager, batch)
