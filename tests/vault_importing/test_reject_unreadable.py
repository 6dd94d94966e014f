"""What cannot be read is not blank: its row is rejected and what is stored stays."""

import csv
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.vault_importing.conftest import Insurer


def test_a_list_in_a_mapped_column_rejects_its_row_and_no_other_column_does(
    insurer: Insurer, tmp_path: Path
):
    """A list is no telephone number; a list in a column that is not mapped concerns nobody."""
    path = tmp_path / "lists.parquet"
    table = pa.table(
        {
            "客户号": ["L1", "L2"],
            "姓名": ["林一", "林二"],
            "手机号码": pa.array([["13800138000"], None], pa.list_(pa.string())),
            "标签": pa.array([["vip"], ["vip"]], pa.list_(pa.string())),
        }
    )
    pq.write_table(table, path)
    columns = {"客户号": "customer_number", "姓名": "name"}
    left_out = insurer.bring_in(path, mapping=columns)
    assert (left_out.created, left_out.rejected) == (2, 0)
    mapped = insurer.bring_in(path, mapping=columns | {"手机号码": "phone"})
    assert mapped.rejected == 2
    with Path(mapped.rejects_file).open(encoding="utf-8-sig") as file:
        found = {(row["field"], row["code"]) for row in csv.DictReader(file)}
    assert found == {("phone", "cell_unreadable")}
