"""The progress page of an import: the percentage where it is known, and no guess where it is not."""

from io import BytesIO, StringIO

from django.db import connection
from django.test import Client
from rich.console import Console

from tests import imports, source_feeds
from tests.access import cast
from tests.console.stage import House, browser, text
from tests.console.test_import_on_page import _chosen
from tutela.base import ids
from tutela.cli import bar
from tutela.vault.importing import batches
from tutela.vault.importing.actions.imports import list_imports
from tutela.vault.importing.reading.sources import BytesSource


def _start(client: Client, rows: int) -> str:
    """Upload a file of so many rows and start its import; the address of its progress."""
    lines = [f"{rows}-{number},王某某{number}" for number in range(rows)]
    file = BytesIO("\n".join(["客户编号,姓名", *lines]).encode())
    file.name = "customers.csv"
    asked = {"collection": "customer", "source": "core"}
    place = client.post("/imports/upload/", asked | {"file": file}).headers["Location"]
    chosen = _chosen(text(client.get(place)))
    told = client.post(place.split("?")[0] + "settle/", chosen | asked | {"do": "start"})
    return str(told.headers["Location"])


def _begin(house: House, address: str, seconds: int, rows: int, total: int | None = None) -> str:
    """The worker began so long ago, is at it, and has committed one chunk since; the batch's address."""
    batch, digest = ids.uuid7(), address.rstrip("/").rsplit("/", 1)[1]
    manager = house.people["branch_manager"].actor
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO vault.import_batch (batch_id, actor_kind, actor_id, source, collection,"
            " file_hash, mapping, total, total_about, state, started_at) VALUES (%s, 'staff',"
            " %s, 'core', 1,"
            """ decode(%s, 'hex'), '{"columns": {}}', %s, FALSE, 'running', now() - %s * interval '1 s')""",
            [batch, manager.id, digest, total, seconds],
        )
        cursor.execute(
            "INSERT INTO vault.import_chunk (batch_id, chunk, rows, created, changed, unchanged,"
            " rejected, committed_at) VALUES (%s, 0, %s, %s, 0, 0, 0, now() - %s * interval '1 s')",
            [batch, rows, rows, seconds // 2],
        )
        lock = batches.lock_number(
            batches.import_name(manager.id, digest, "core", 1, {"columns": {}})
        )
        cursor.execute("SELECT pg_advisory_lock(%s)", [lock])
    return f"/imports/{batch}/"


def test_a_waiting_upload_is_found_again_in_the_list(house: House) -> None:
    """By the name of what its rows are, not by a code; in this session with its link."""
    client = house.as_("branch_manager")
    address = _start(client, 3)
    page = text(client.get("/imports/"))
    assert f'<a href="{address}">客户 · core</a>' in page


def test_per_cent_pace_and_time_left_are_told(house: House) -> None:
    """Fifteen of thirty rows in five seconds; the page asks again by itself."""
    client = house.as_("branch_manager")
    page = text(client.get(_begin(house, _start(client, 30), 5, 15, 30)))
    assert 'max="100" value="50"' in page
    assert "已完成 15 行，共 30 行" in page
    assert "每秒 3 行" in page
    assert "约剩" in page
    assert 'hx-trigger="every 1s"' in page


def test_every_machine_sees_the_same_per_cent_and_no_other_person_any(house: House) -> None:
    """While it really runs, in the shell's bar too; another's import looks like none at all."""
    machine, other = (cast.hire("machine", "EAST").actor for _ in range(2))
    source_feeds.register(machine)
    rows = [f"T{number},王某某{number}" for number in range(40)]
    shown, seen = bar.rows(Console(file=StringIO())), []
    watch = bar.watcher(shown, "importing")

    def look(done: int, total: int) -> None:
        watch(done, total)
        found = [list_imports(one)[0] for one in (machine, other)]
        in_shell = bar.PercentColumn().render(shown.tasks[0]).plain.split()[0]
        client = house.as_("branch_manager")
        assert str(found[0].id) not in text(client.get("/imports/"))
        assert client.get(f"/imports/{found[0].id}/").status_code == 404
        seen.append({int(in_shell), *(batch.percent for batch in found)})

    source = BytesSource("f", "\n".join(["客户编号,姓名", *rows]).encode())
    imports.bring_in(machine, source, workers=1, chunk_rows=10, progress=look)
    assert seen == [{25}, {50}, {75}, {99}]


def test_an_import_whose_total_nobody_knows_says_so(house: House) -> None:
    """A bar without a value, and how many rows are done."""
    address = _begin(house, _start(house.as_("branch_manager"), 40), 10, 15)
    page = text(house.as_("branch_manager").get(address))
    assert "已完成 15 行，总行数尚不清楚" in page
    assert 'max="100"' not in page
    assert "约剩" not in page


def test_a_standing_import_says_so(house: House) -> None:
    """Nothing was committed for minutes: the process may be gone."""
    address = _begin(house, _start(house.as_("branch_manager"), 50), 600, 15)
    assert "已超过一分钟没有新的写入" in text(house.as_("branch_manager").get(address))


def test_an_import_whose_process_was_killed_is_seen_as_stopped(house: House) -> None:
    """At once: nobody holds it any more. The page asks no more."""
    client = house.as_("branch_manager")
    address = _begin(house, _start(client, 55), 5, 15)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock_all()")
    page = text(client.get(address))
    assert "导入该文件的进程已停止" in page
    assert 'hx-target="#waiting"' not in page


def test_another_person_s_import_is_not_there(house: House) -> None:
    """The same answer as for one that never was, for a manager of the branch, beside it and above it."""
    address = _begin(house, _start(house.as_("branch_manager"), 57), 5, 15)
    for code in ("EAST", "WEST", "HQ"):
        other = cast.hire("branch_manager", code).staff
        assert browser(other).get(address).status_code == 404
        assert browser(other).get(f"{address}rejects/").status_code == 404
        asked = {"purpose": "service", "reason": "x"}
        assert browser(other).post(f"{address}rejects/open/", asked).status_code == 404
        assert address not in text(browser(other).get("/imports/"))
    assert house.as_("branch_manager").get(address).status_code == 200


def test_the_part_alone_answers_the_page_s_own_asking(house: House) -> None:
    """Not a page within the page."""
    client = house.as_("branch_manager")
    address = _begin(house, _start(client, 60), 10, 30, 60)
    part = text(client.get(address, headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert "50 %" in part
