"""Files as real systems write them, each by every door: page, API and shell give the same right answer.

The files in `cases` stand for kinds of faults in public reports; all persons are invented. A dry run tells of each
file how it is read, which rows are rejected and why; the page tells a person's, the others a machine's.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings

from tests import source_feeds
from tests.access import cast
from tests.api.stage import Caller
from tests.console.stage import browser, text
from tests.console.test_read_another_way_on_page import mapping_form
from tests.doors import play
from tests.vault_importing.conftest import Insurer
from tests.waiting_jobs import work_off
from tutela.access.actions.keys import create_api_key
from tutela.access.models import Staff
from tutela.base.actor import SYSTEM, Actor, Channel
from tutela.cli import shell
from tutela.vault.queries import fetch

CASES = Path(__file__).with_name("cases")
pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Answer:
    """What a door says of a file: the code of its refusal, or how it was read, how many rows there are, and
    the code of each rejected row."""

    refused: str = ""
    rows: int = 0
    rejected: Mapping[int, str] = field(default_factory=dict)
    read: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A file, what is said of it, and the right answer. `named`: the file's name where it is another.
    `withheld`: a column has a class of data that the person's post may not write, so the page leaves it out,
    with its faults."""

    file: str
    answer: Answer
    said: Mapping[str, str] = field(default_factory=dict)
    named: str = ""
    withheld: bool = False

    def __str__(self) -> str:
        return (
            " ".join((self.named or self.file, *self.said.values()))
            .encode("unicode_escape")
            .decode()
        )


def lossy(*rows: int, **read: Any) -> Answer:
    return Answer(rows=len(rows), rejected=dict.fromkeys(rows, "number_lossy"), read=read)


X01 = {"delimiter": r"\x01"}
LISTED = (
    Case("01b_t_n.xlsx", lossy(2, 3, 4, 5), withheld=True),
    Case(
        "02_reordered.xlsx",
        lossy(2, 3, 4, 5, sheet="客户", left_out=["说明"]),
        withheld=True,
    ),
    Case("03a_hidden_first.xlsx", Answer(rows=2, read={"sheet": "客户", "left_out": ["旧表"]})),
    Case("03b_two_sheets.xlsx", Answer(rows=2, read={"sheet": "一月", "left_out": ["二月"]})),
    Case("03b_two_sheets.xlsx", Answer(rows=1, read={"sheet": "二月"}), {"sheet": "二月"}),
    Case("05b_old_and_far_31.xlsx", Answer(rows=2)),
    Case("05c_1904.xlsx", Answer(rows=5)),
    Case("07a_good.xlsx", Answer(rows=3)),
    Case(
        "07b_error_cached.xlsx",
        Answer(rows=3, rejected=dict.fromkeys((2, 3, 4), "cell_unreadable")),
    ),
    Case("10b_errors.csv", Answer(rows=3, rejected=dict.fromkeys((2, 3, 4), "cell_unreadable"))),
    Case("21_unclosed_quote.csv", Answer(rows=8, rejected={3: "quote_open"})),
    Case("23c_eq_all_columns.csv", Answer(rows=4)),
    Case("24_big5.csv", Answer("vault.import.encoding_unknown")),
    # Telephones of eight digits without their country: named, not guessed.
    Case(
        "24_big5.csv",
        Answer(rows=3, rejected=dict.fromkeys((2, 3, 4), "phone_form")),
        {"encoding": "big5"},
    ),
    Case("27_hive_x01.txt", Answer("vault.import.delimiter_unknown")),
    Case("27_hive_x01.txt", Answer(rows=2, read={"delimiter": "\x01"}), X01),
    Case("28_mysql_outfile.csv", Answer(rows=4)),
    Case("30b_total_in_name.csv", Answer(rows=4, rejected=dict.fromkeys((4, 5), "row_total"))),
    Case("32_gb18030_pua.csv", Answer(rows=3, read={"encoding": "gb18030"})),
    Case("36b_mhtml.xls", Answer("vault.import.not_a_table")),
    Case("40b_binary_gbk.parquet", Answer("vault.import.column_not_text")),
    Case("46_ods_numbers.ods", lossy(2, 3, 4, 5, kind="ods"), withheld=True),
    Case(
        "46_ods_numbers.ods",
        lossy(2, 3, 4, 5, kind="ods"),
        named="46_renamed.xlsx",
        withheld=True,
    ),
    Case("47_ns_unmapped.parquet", Answer(rows=4)),
    Case("49_long_term.csv", Answer(rows=4)),
)


@pytest.fixture(scope="module")
def manager(insurer: Insurer) -> Staff:
    """A branch manager of the head office."""
    office = fetch("SELECT code FROM access_branch WHERE parent_id IS NULL", [])[0][0]
    return cast.hire("branch_manager", office).staff


@pytest.fixture(scope="module")
def machine(insurer: Insurer) -> Caller:
    """The feed of a source."""
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    staff = cast.hire("machine").staff
    _, key = create_api_key(SYSTEM, staff, label="test")
    actor = Actor(kind="machine", id=str(staff.id), channel=Channel.API)
    source_feeds.register(actor, "web")
    return Caller(key, actor)


@pytest.fixture(autouse=True)
def _unhurried() -> Iterator[None]:
    """A dry run counts as a search, of which there are so many a minute."""
    with play.unhurried():
        yield


each = partial(pytest.mark.parametrize, "case", LISTED, ids=str)


def work() -> None:
    """What the worker does, until there is nothing left."""
    work_off()


def check(case: Case, rows: int, rejects: list[dict[str, Any]], read: Mapping[str, Any]) -> None:
    """Rows beyond a person's reach are held for a steward, which is no fault of the file."""
    codes = {one["row"]: one["code"] for one in rejects if one["code"] != "row_held"}
    told = {name: read[name] for name in case.answer.read}
    assert (rows, codes, told) == (case.answer.rows, case.answer.rejected, case.answer.read)


@each()
def test_the_shell_gives_the_right_answer(
    insurer: Insurer, case: Case, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """`tutela import --dry-run --json`, and `tutela rejects` for its rows."""
    file = tmp_path / (case.named or case.file)
    file.write_bytes((CASES / case.file).read_bytes())
    options = [word for name, value in case.said.items() for word in (f"--{name}", value)]
    code = shell.run(
        ["import", str(file), "--collection", "customer", "--dry-run", "--json", *options]
    )
    shown = capfd.readouterr()
    if case.answer.refused:
        errors = [line for line in shown.err.splitlines() if line.startswith("{")]
        assert (code, json.loads(errors[-1])["error"]["code"]) == (1, case.answer.refused)
        return
    assert code == 0, shown.err
    told = json.loads(shown.out)
    assert shell.run(["rejects", told["batch"], "--json"]) == 0
    lines = capfd.readouterr().out.splitlines()
    check(case, told["rows"], [json.loads(line) for line in lines], told["read"])


@each()
def test_the_api_gives_the_right_answer(machine: Caller, case: Case) -> None:
    """`POST /imports` with `dry_run`, then its state and its rejected rows."""
    query = urlencode({"collection": "customer", "dry_run": "true", "source": "web", **case.said})
    body = (CASES / case.file).read_bytes()
    sent = machine.call("POST", f"/imports?{query}", body, content_type="application/octet-stream")
    told = sent.json()
    if case.answer.refused:
        assert (sent.status_code, told["code"]) == (422, case.answer.refused)
        return
    assert sent.status_code == 202, told
    work()
    state = machine.get(f"/imports/{told['import_id']}").json()
    rejects = machine.get(f"/imports/{told['import_id']}/rejects").json()["rejects"]
    assert state["state"] == "finished"
    check(case, state["rows"], rejects, told["read"])


@each()
def test_the_page_gives_the_right_answer(manager: Staff, case: Case) -> None:
    """Uploaded, read as it is said, rehearsed; a refusal says its code and, where it can be mended, how."""
    client = browser(manager)
    file = BytesIO((CASES / case.file).read_bytes())
    file.name = case.named or case.file
    asked = {"collection": "customer", "source": "core"}
    sent = client.post("/imports/upload/", {"file": file, **asked})
    if case.said:
        place = sent.headers.get("Location") or re.search(r'action="([^"]+/read/)"', text(sent))[1]
        read = re.match(r"/imports/files/[^/]+/", place)[0] + "read/"
        sent = client.post(read, {**asked, **case.said})
    page = text(client.get(sent.headers["Location"])) if sent.status_code == 302 else text(sent)
    settled, mapping = None, page
    if sent.status_code == 302:
        settle = re.search(r'action="([^"]+/settle/)"', page)[1]
        settled = client.post(settle, mapping_form(page, "rehearse"))
        page = text(settled) if settled.status_code != 302 else page
    if case.answer.refused:
        assert case.answer.refused in page
        return
    assert settled is not None, page
    assert settled.status_code == 302, page
    work()
    batch = settled.headers["Location"]
    shown = text(client.get(batch))
    listed = client.get(f"{batch}rejects/").content.decode("utf-8-sig").splitlines()[1:]
    cells = [line.split(",") for line in listed]
    rejects = [{"row": int(row), "code": code} for row, _column, _field, code, *_ in cells]
    rows = int(re.search(r'class="figure">(\d+)<', shown)[1])
    read = {
        name: value for name, value in case.answer.read.items() if name in {"sheet", "left_out"}
    }
    if case.withheld:
        assert "您的岗位无权写入此类数据。" in mapping
    rejected = {} if case.withheld else case.answer.rejected
    check(
        Case(case.file, Answer("", case.answer.rows, rejected, read)),
        rows,
        rejects,
        told(page),
    )


def told(page: str) -> dict[str, Any]:
    """How the mapping page says that the file was read."""
    facts = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", page))
    left_out = facts.get("未读取的工作表", "").split(" · ")
    return {"sheet": facts.get("工作表", ""), "left_out": [name for name in left_out if name]}
