"""Staff and branches come from files as personnel systems and spreadsheet programs write them."""

import io
import json

import openpyxl
import pytest

from tests.vault_importing.test_read_delimited import CASES
from tutela.access.models import Branch, Staff
from tutela.cli import shell

pytestmark = pytest.mark.usefixtures("database")
HEAD = "staff_no,login,name,post,department,branch,customer_key\n"


@pytest.fixture
def branch():
    return Branch.objects.get_or_create(
        code="8611", defaults={"name_zh": "北京分公司", "name_en": "Beijing"}
    )[0]


def test_a_staff_list_in_gbk_is_read(capfd, branch):
    """It broke with a trace before."""
    assert shell.run(["staff", "import", str(CASES / "staff_gbk.csv"), "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["created"] == 1
    assert Staff.objects.get(staff_no="0071").name == "张三"


def test_a_staff_list_in_a_workbook_is_read(capfd, branch, tmp_path):
    """With a title above its header, and the number as text."""
    book = openpyxl.Workbook()
    for line in (
        ["员工名单"],
        HEAD.strip().split(","),
        ["0072", "li.si", "李四", "service_agent", "customer_service", "8611", None],
    ):
        book.active.append(line)
    file = io.BytesIO()
    book.save(file)
    path = tmp_path / "staff.xlsx"
    path.write_bytes(file.getvalue())
    assert shell.run(["staff", "import", str(path), "--json"]) == 0
    assert Staff.objects.get(login="li.si").staff_no == "0072"


@pytest.mark.parametrize(
    ("data", "options", "code"),
    [
        (
            HEAD.encode()
            + "0073,wang.wu,陳志明,service_agent,customer_service,8611,\n".encode("big5"),
            [],
            "encoding_unknown",
        ),
        (
            HEAD.replace(",", "@@").encode()
            + b"0073@@wang.wu@@W@@service_agent@@customer_service@@8611@@\n",
            [],
            "delimiter_unknown",
        ),
        (
            HEAD.encode() + b'0073,"wang.wu,W,service_agent,customer_service,8611,\n',
            [],
            "row_unreadable",
        ),
        (
            HEAD.replace("login", "account").encode() + b"0073,wang.wu,W,service_agent,x,8611,\n",
            [],
            "column_missing",
        ),
        (
            HEAD.encode() + b"0073,w,W,service_agent,x,8611,\n",
            ["--delimiter", "a"],
            "delimiter_bad",
        ),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), [], "not_a_table"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(capfd, branch, tmp_path, data, options, code):
    """No trace back, no value, and nobody comes in."""
    file = tmp_path / "staff.csv"
    file.write_bytes(data)
    assert shell.run(["staff", "import", str(file), *options, "--json"]) == 1
    shown = capfd.readouterr()
    assert json.loads(shown.err)["error"]["code"] == f"vault.import.{code}"
    assert "wang.wu" not in shown.err
    assert not Staff.objects.filter(staff_no="0073").exists()


def test_what_is_said_of_the_file_is_believed(branch, tmp_path):
    """Delimiter and encoding as options, of branches too."""
    file = tmp_path / "branches.txt"
    file.write_bytes(
        "code@@parent@@name_zh@@name_en\n8699@@8611@@臺北分公司@@Taipei\n".encode("big5")
    )
    words = ["staff", "branches", str(file), "--delimiter", "@@", "--encoding", "big5", "--json"]
    assert shell.run(words) == 0
    assert Branch.objects.get(code="8699").name_zh == "臺北分公司"
