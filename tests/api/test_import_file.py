"""Files by the API: rehearsed, queued, imported by the worker, asked after; nothing stays in the spool."""

from io import BytesIO

import pytest

from tests import imports
from tests.api.stage import NAME, Stage, id_number
from tests.books import people, workbook
from tests.passes import count_passes, wide_table
from tests.waiting_jobs import work_off
from tutela.keys import spool
from tutela.vault import queries
from tutela.vault.importing.actions.imports import list_imports
from tutela.vault.importing.actions.orders import save_mapping
from tutela.vault.importing.reading.sources import BytesSource

OCTETS = "application/octet-stream"


def table(first: int, rows: int) -> bytes:
    """A small CSV as an old system writes it; the last row has a wrong id number."""
    lines = [
        f"{NAME},{id_number(first + n)},1390013{first + n:04d},K{first + n}" for n in range(rows)
    ]
    lines.append(f"{NAME},123,13900139999,K{first + rows}")
    return ("姓名,身份证号,手机号,客户号\n" + "\n".join(lines) + "\n").encode("gb18030")


def send(stage: Stage, query: str, body: bytes, **headers: str):
    return stage.machine.call("POST", f"/imports?{query}", body, content_type=OCTETS, **headers)


def work() -> None:
    """What the worker does, until there is nothing left."""
    work_off()


def left_in_spool() -> int:
    return len({path.stem for path in spool.folder().iterdir()})


def test_a_rehearsal_counts_and_changes_nothing(stage):
    """By the worker: the counts and the mapping, and no customer more."""
    before = queries.count_customers()
    queued = send(stage, "collection=customer&dry_run=true", table(200, 5))
    assert queued.status_code == 202, queued.content
    path = f"/imports/{queued.json()['import_id']}"
    assert stage.machine.get(path).json()["state"] == "queued"
    work()
    told = stage.machine.get(path).json()
    assert (told["state"], told["dry_run"]) == ("finished", True)
    assert (told["rows"], told["created"], told["rejected"]) == (6, 5, 1), told
    assert {column["field"] for column in told["mapping"]} >= {"name", "id_number", "phone"}
    (kind,) = stage.machine.get(f"{path}/rejects/summary").json()["kinds"]
    assert (kind["column"], kind["field"], kind["count"]) == ("身份证号", "id_number", 1)
    assert [example["row"] for example in kind["examples"]] == [7]
    assert "123" not in kind["examples"][0]["cell"]
    rejects = stage.machine.get(f"{path}/rejects").json()["rejects"]
    assert [one["column"] for one in rejects] == ["身份证号"]
    assert (queries.count_customers(), left_in_spool()) == (before, 0)


def test_a_file_is_imported_by_the_worker(stage):
    """202, then queued, then finished with its counts; rejects without values."""
    before = queries.count_customers()
    queued = send(stage, "collection=customer&source=core", table(300, 5))
    assert queued.status_code == 202, queued.content
    path = f"/imports/{queued.json()['import_id']}"
    waiting = stage.machine.get(path).json()
    assert (waiting["state"], waiting["total"], waiting["percent"]) == ("queued", None, None)
    work()
    told = stage.machine.get(path).json()
    assert (told["total"], told["estimated"], told["percent"]) == (6, False, 100)
    assert (told["state"], told["created"], told["rejected"]) == ("finished", 5, 1), told
    rejects = stage.machine.get(f"{path}/rejects")
    assert [one["row"] for one in rejects.json()["rejects"]] == [7]
    assert NAME not in rejects.content.decode()
    assert (queries.count_customers(), left_in_spool()) == (before + 5, 0)


def test_the_same_key_queues_a_file_once(stage):
    """The second upload is dropped and the first answer given; another file is refused."""
    key = {"HTTP_IDEMPOTENCY_KEY": "file-2026-11-22"}
    first, second = (send(stage, "collection=customer", table(400, 3), **key) for _ in range(2))
    assert first.json()["import_id"] == second.json()["import_id"]
    other = send(stage, "collection=customer", table(410, 3), **key)
    assert other.status_code == 409
    assert first.json()["in_doubt"] == []
    assert left_in_spool() == 1
    work()
    assert left_in_spool() == 0


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "vault.import.not_a_table"),
        (b"", "api.length_missing"),
        ("手机号,客户号\n13900139001,K1\n".encode(), "vault.import.field_missing"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_at_once(stage, body, code):
    """One code, and nothing stays in the spool."""
    answer = send(stage, "collection=customer", body)
    assert answer.json()["code"] == code, answer.content
    assert left_in_spool() == 0


def test_an_upload_that_is_cut_off_is_refused(stage):
    """Fewer bytes than announced: nothing is imported."""
    body = table(500, 3)
    broken = {"wsgi.input": BytesIO(body), "CONTENT_LENGTH": "100000"}
    answer = send(stage, "collection=customer", body, **broken)
    assert answer.status_code == 400
    assert left_in_spool() == 0


def test_an_unknown_import_is_not_found(stage):
    """The same answer for state and rejects."""
    path = "/imports/00000000-0000-7000-8000-000000000000"
    for place in (path, f"{path}/rejects", f"{path}/rejects/summary"):
        assert stage.machine.get(place).json()["code"] == "vault.import.batch_missing"


def test_the_per_cent_of_a_running_import_is_told(stage):
    """The same as the page and the shell tell, to whoever asks by the batch."""
    seen = []

    def look(_done: int, _total: int) -> None:
        newest = list_imports(stage.machine.actor, 1)[0]
        told = stage.machine.get(f"/imports/{newest.id}").json()
        assert told["percent"] == newest.percent
        seen.append((told["state"], told["rows"], told["total"], told["percent"]))

    source = BytesSource("f", table(600, 39))
    imports.bring_in(
        stage.machine.actor, source, collection="customer", workers=1, chunk_rows=20, progress=look
    )
    assert seen == [("running", 20, 40, 50), ("running", 40, 40, 99)]


def test_a_file_is_surveyed_once(stage, monkeypatch):
    """It is hashed and its encoding found when it arrives; the worker reads what it imports."""
    data, passes = wide_table(), count_passes(monkeypatch)
    assert send(stage, "collection=customer&dry_run=true", data).status_code == 202
    assert (passes.surveys, passes.over(data)) == (1, 2.6)
    work()
    assert (passes.surveys, passes.over(data)) == (1, 3.6)


def test_each_sheet_of_a_workbook_is_an_import_of_its_own(stage):
    """By its name, in the answer and in the state; the other sheets are named as left out."""
    book = workbook({"甲": people("SA", 2), "乙": people("SB", 3, 50)})
    asked = [send(stage, f"collection=customer{sheet}", book) for sheet in ("", "&sheet=乙")]
    told = [answer.json() for answer in asked]
    assert [(one["read"]["sheet"], one["read"]["left_out"]) for one in told] == [
        ("甲", ["乙"]),
        ("乙", ["甲"]),
    ]
    work()
    states = [stage.machine.get(f"/imports/{one['import_id']}").json() for one in told]
    assert [(one["state"], one["rows"], one["read"]["sheet"]) for one in states] == [
        ("finished", 2, "甲"),
        ("finished", 3, "乙"),
    ]


def test_a_text_is_read_by_what_is_said_of_it(stage):
    """Delimiter and encoding, the delimiter as it can be typed; what is none is refused and not echoed."""
    body = "客户号\x01姓名\x01手机号\nX1\x01欧阳测试\x0113800138181\n".encode("gb18030")
    told = send(stage, "collection=customer&delimiter=%5Cx01&encoding=gb18030", body)
    assert told.status_code == 202, told.content
    read = told.json()["read"]
    assert (read["delimiter"], read["encoding"], read["header_row"]) == ("\x01", "gb18030", 1)
    refused = send(stage, "collection=customer&delimiter=Zyzzyva", body)
    assert refused.status_code == 422
    assert b"Zyzzyva" not in refused.content
    named = send(stage, "collection=customer&encoding=latin9", body)
    assert "gb18030" in named.json()["params"]["names"]
    missed = send(stage, "collection=customer&delimiter=%7C%2B%7C&encoding=gb18030", body)
    assert missed.json()["params"]["delimiter"] == "|+|"
    asked = send(stage, "collection=customer", body.replace(b"\x01", b"|+|"))
    assert asked.json()["params"]["seen"] == "|+|"
    secret = send(stage, "collection=customer&sheet=13800138017", body)
    assert secret.json()["code"] == "base.customer_value_in_text"
    assert b"13800138017" not in secret.content
    work()


def test_a_blank_clears_only_where_it_is_asked_for(stage):
    """`clears` names fields; by default what is stored stays and is counted."""
    header = "姓名,身份证号,手机号,客户号\n"
    first = f"{header}{NAME},{id_number(701)},13900130701,K701\n".encode()
    blank = f"{header}{NAME},{id_number(701)},,K701\n".encode()
    told = []
    for query, body in (("", first), ("", blank), ("&clears=phone", blank)):
        queued = send(stage, f"collection=customer{query}", body)
        assert queued.status_code == 202, queued.content
        work()
        told.append(stage.machine.get(f"/imports/{queued.json()['import_id']}").json())
    assert [(one["created"], one["changed"], one["unchanged"], one["kept"]) for one in told] == [
        (1, 0, 0, 0),
        (0, 0, 1, 1),
        (0, 1, 0, 0),
    ]
    assert [one["cleared"] for one in told] == [0, 0, 1]
    assert [one["clears"] for one in told] == [[], [], ["phone"]]
    unmapped = send(stage, "collection=customer&clears=email", blank)
    assert unmapped.json()["code"] == "vault.import.clears_unmapped"


def test_clearing_nothing_can_be_said_against_a_saved_mapping(stage):
    """`clears=` given but empty clears nothing; left out, the mapping that is recalled says what clears."""
    header = "姓名,证件号码,手机号码,客户号\n"
    first = f"{header}{NAME},{id_number(702)},13900130702,K702\n".encode()
    blank = f"{header}{NAME},{id_number(702)},,K702\n".encode()
    order = imports.prepare(stage.machine.actor, BytesSource("f", first), clears=["phone"])
    save_mapping(stage.machine.actor, "api clears phone", order)
    told = []
    for query, body in (("", first), ("&clears=", blank), ("", blank)):
        queued = send(stage, f"collection=customer{query}", body)
        assert queued.status_code == 202, queued.content
        work()
        told.append(stage.machine.get(f"/imports/{queued.json()['import_id']}").json())
    assert [(one["created"], one["changed"], one["kept"]) for one in told] == [
        (1, 0, 0),
        (0, 0, 1),
        (0, 1, 0),
    ]
    assert [one["clears"] for one in told] == [["phone"], [], ["phone"]]
