"""What other backup programs say of themselves is read as it is, and their silence is named. restic and borg are run;
the outputs of pgBackRest 2.45 and Barman 3.4.0 are those that their runs printed."""

import html
import json
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from tests.console.stage import browser
from tests.needs import missing
from tutela.access.errors import PermissionMissing
from tutela.backup import errors, listed
from tutela.backup.actions.outside import Output, report_outside
from tutela.backup.outside.blind_spots import BLIND_SPOTS, FINDINGS, of_tool
from tutela.backup.outside.reading import read_report
from tutela.backup.outside.report import Finding, Tool
from tutela.base import clock

NOW = datetime(2026, 12, 1, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")
STOP = 1796069620  # 2026-11-30 20:13:40 UTC


def pgbackrest(*, error: bool | None = False, code: int = 0) -> bytes:
    backup = {
        "archive": {"start": "000000010000000000000002", "stop": "000000010000000000000002"},
        "backrest": {"format": 5, "version": "2.45"}, "database": {"id": 1, "repo-key": 1}, "error": error,
        "info": {"delta": 22992563, "repository": {"delta": 3043464, "size": 3043464}, "size": 22992563},
        "label": "20261201-041329F", "lsn": {"start": "0/2000028", "stop": "0/2000100"}, "prior": None,
        "reference": None, "timestamp": {"start": STOP - 11, "stop": STOP}, "type": "full",
    }  # fmt: skip
    status = {"code": code, "lock": {"backup": {"held": False}}, "message": "ok"}
    return json.dumps([{"name": "core", "backup": [backup], "status": status}]).encode()


def barman(status: str) -> bytes:
    backup = {
        "backup_id": "20261201T041400", "end_time": "Tue Dec  1 04:14:03 2026", "end_time_timestamp": "1796069643",
        "retention_status": "-", "size": "22.1 MiB", "size_bytes": 23130140, "status": status, "tablespaces": [],
        "wal_size": "0 B", "wal_size_bytes": 0,
    }  # fmt: skip
    return json.dumps({"_WARNING": ["No archiver enabled"], "core": [backup]}).encode()


def read(tool: Tool, text: bytes, **told: str):
    return read_report(tool, text, NOW, zone=SHANGHAI, **told)


def test_pgbackrest_tells_times_sizes_and_its_own_errors():
    report = read(Tool.PGBACKREST, pgbackrest())
    assert report.newest_at == datetime(2026, 11, 30, 20, 13, 40, tzinfo=UTC)
    assert (report.version, report.complete, report.size, report.findings) == (
        "2.45",
        1,
        22992563,
        (),
    )
    broken = read(Tool.PGBACKREST, pgbackrest(error=True, code=1))
    assert broken.complete == 0
    assert set(broken.findings) == {Finding.BROKEN, Finding.NONE_COMPLETE, Finding.NOT_WELL}
    assert read(Tool.PGBACKREST, pgbackrest(error=None)).findings == ()


def test_barman_backup_that_waits_for_its_log_is_not_complete():
    assert read(Tool.BARMAN, barman("DONE")).newest_at == datetime(
        2026, 11, 30, 20, 14, 3, tzinfo=UTC
    )
    waiting = read(Tool.BARMAN, barman("WAITING_FOR_WALS"))
    assert (waiting.complete, waiting.incomplete) == (0, 1)
    assert set(waiting.findings) == {Finding.WAITING, Finding.NONE_COMPLETE}
    check = {
        "core": {
            "postgresql": {"hint": "", "status": "FAILED"},
            "wal_size": {"hint": "0 B", "status": "OK"},
        }
    }
    assert Finding.NOT_WELL in read(Tool.BARMAN, json.dumps(check).encode()).findings


def test_several_servers_need_a_name():
    two = {"one": [], "two": []}
    with pytest.raises(errors.OutsideUnreadable):
        read(Tool.BARMAN, json.dumps(two).encode())
    assert read(Tool.BARMAN, json.dumps(two).encode(), server="two").findings == (
        Finding.NONE_COMPLETE,
    )


@pytest.mark.parametrize("tool", list(Tool))
@pytest.mark.parametrize(
    "text", [b"", b"{", b"null", b"7", b'"x"', b"[7]", b'{"archives": 7}', b'[{"name": "a"}]', b"[" * 99_999, b"\xff"]
)  # fmt: skip
def test_another_output_is_one_sentence(tool, text):
    with pytest.raises(errors.OutsideUnreadable):
        read(tool, text)


def run(*words: str, folder: Path, **more: str) -> bytes:
    if shutil.which(words[0]) is None:
        missing(f"needs Debian's {words[0]}")
    given = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "RESTIC_PASSWORD": "x",
        "BORG_PASSPHRASE": "x",
        **more,
    }
    return subprocess.run(words, cwd=folder, env=given, capture_output=True, check=False).stdout


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    for name in ("policies", "claims"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_bytes(os.urandom(200_000))
    return tmp_path


def test_restic_source_that_vanished_is_seen_by_comparison(sources):
    """restic itself ends with 0 and names the path no more."""
    run("restic", "init", "-r", "r", folder=sources)
    run("restic", "backup", "-r", "r", "policies", "claims", folder=sources)
    first = read_report(
        Tool.RESTIC,
        run("restic", "snapshots", "-r", "r", "--json", folder=sources),
        clock.now(),
        zone=SHANGHAI,
    )
    assert (first.complete, first.findings) == (1, ())
    assert abs(first.newest_at - clock.now()) < timedelta(minutes=2)
    shutil.rmtree(sources / "claims")
    run("restic", "backup", "-r", "r", "policies", "claims", folder=sources)
    told = run("restic", "snapshots", "-r", "r", "--json", folder=sources)
    assert Finding.PATHS_GONE in read_report(Tool.RESTIC, told, clock.now(), zone=SHANGHAI).findings


def test_borg_times_are_of_the_zone_in_which_it_ran(sources):
    """The same archive is printed with another time elsewhere: the zone must be told."""
    run("borg", "init", "-e", "repokey", "b", folder=sources)
    run("borg", "create", "b::one", "policies", "claims", folder=sources)
    for name in ("Asia/Shanghai", "UTC", "America/Lima"):
        told = run("borg", "info", "--json", "--last", "2", "b", folder=sources, TZ=name)
        report = read_report(Tool.BORG, told, clock.now(), zone=ZoneInfo(name))
        assert abs(report.newest_at - clock.now()) < timedelta(minutes=2)
        assert (report.findings, report.size >= 400_000) == ((), True)
    ahead = read_report(
        Tool.BORG,
        run("borg", "list", "--json", "b", folder=sources, TZ="Asia/Shanghai"),
        clock.now(),
        zone=ZoneInfo("UTC"),
    )
    assert ahead.findings == (Finding.AHEAD,)
    shutil.rmtree(sources / "claims")
    run("borg", "create", "b::two", "policies", "claims", folder=sources)
    told = run("borg", "info", "--json", "--last", "2", "b", folder=sources, TZ="UTC")
    assert read_report(Tool.BORG, told, clock.now(), zone=ZoneInfo("UTC")).findings in (
        (),
        (Finding.SHRUNK,),
    )


def test_what_was_said_is_kept_with_its_leaf(ground, monkeypatch):
    """Times, counts and sizes; the host, the person and the paths of the other machine are not kept."""
    text = json.dumps([{"time": "2026-11-30T20:11:02.101695916Z", "tree": "7" * 64, "paths": ["/srv/欧阳"],
        "hostname": "secret-host", "username": "root", "id": "9" * 64, "short_id": "9c6a1545"}]).encode()  # fmt: skip
    monkeypatch.setattr(clock, "now", lambda: NOW)
    row, report = report_outside(ground.operator.actor, "files", Output(tool="restic", text=text))
    assert (row.complete, report.findings) == (1, ())
    (kept,) = listed.outside(ground.auditor.actor)
    assert kept.newest_at == datetime(2026, 11, 30, 20, 11, 2, 101695, tzinfo=UTC)
    assert "secret-host" not in str(vars(kept))
    with pytest.raises(PermissionMissing):
        report_outside(ground.auditor.actor, "files", Output(tool="restic", text=text))
    for output, error in (
        (Output(tool="tar", text=text), errors.ToolUnknown),
        (Output(tool="borg", text=text, zone="../etc/passwd"), errors.ZoneUnknown),
        (Output(tool="borg", text=text), errors.OutsideUnreadable),
    ):
        with pytest.raises(error):
            report_outside(ground.operator.actor, "files", output)
    with pytest.raises(errors.NameWrong):
        report_outside(ground.operator.actor, "Files of Core", Output(tool="restic", text=text))


def test_every_program_has_its_blind_spots_in_words():
    """With the version and the command by which each was seen."""
    assert all(of_tool(tool) for tool in Tool)
    assert all(one.version and one.source and str(one.words) for one in BLIND_SPOTS)
    assert set(FINDINGS) == set(Finding)
    assert len({one.code for one in BLIND_SPOTS}) == len(BLIND_SPOTS)


def test_the_page_shows_it_beside_and_what_is_not_said(ground):
    """With the sentence for a vanished source, and every blind spot."""
    older = json.loads(b'[{"time": "2026-11-28T20:11:02Z", "paths": ["/a", "/b"]}]')
    newer = {"time": "2026-11-29T20:11:02.5+08:00", "paths": ["/a"]}
    text = json.dumps([*older, newer]).encode()
    report_outside(ground.operator.actor, "shares", Output(tool="restic", text=text))
    answer = browser(ground.auditor.staff).get(
        "/backup/outside/", headers={"accept-language": "en"}
    )
    page = " ".join(html.unescape(answer.content.decode()).split())
    with translation.override("en"):
        assert str(FINDINGS[Finding.PATHS_GONE]) in page
        assert all(str(one.words) in page for one in BLIND_SPOTS)
    assert "/a" not in re.findall(r"<tbody>.*?</tbody>", page)[0]
