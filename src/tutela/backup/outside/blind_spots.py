"""What each program does not say of its backups, in words, with the version and the way in which it was seen.

All were seen by running Debian 12's packages, on 2026-11-30; findings/ holds the scripts of those that surprised.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .report import Finding, Tool


@dataclass(frozen=True, slots=True)
class BlindSpot:
    """One of them. `version` is that in which it was seen, `source` how it was seen."""

    code: str
    tool: Tool
    version: str
    source: str
    words: Promise | str


BLIND_SPOTS: Final = (
    BlindSpot(
        "restic.source_gone", Tool.RESTIC, "0.14.0", "restic backup src nowhere; restic snapshots --json",
        _("A source that vanished leaves exit code 0, and the snapshot no longer names its path."),
    ),
    BlindSpot(
        "restic.check_reads_nothing", Tool.RESTIC, "0.14.0", "restic check",
        _("Its check does not read the data: a changed byte is found with --read-data alone."),
    ),
    BlindSpot(
        "restic.size_untold", Tool.RESTIC, "0.14.0", "restic snapshots --json",
        _("Its list tells no sizes before version 0.17, so a source that shrank is not seen."),
    ),
    BlindSpot(
        "borg.times_without_zone", Tool.BORG, "1.2.4", "TZ=Asia/Shanghai borg list --json",
        _("Its times are local times of whoever asks, and no zone is told."),
    ),
    BlindSpot(
        "borg.source_gone", Tool.BORG, "1.2.4", "borg create r::a src nowhere; borg list --json",
        _("A source that vanished is a warning with exit code 1; the archive looks like any other."),
    ),
    BlindSpot(
        "pgbackrest.info_reads_nothing", Tool.PGBACKREST, "2.45", "pgbackrest --output=json info",
        _("A changed file in the repository leaves its status at ok, and exit code 0."),
    ),
    BlindSpot(
        "pgbackrest.verify_exit", Tool.PGBACKREST, "2.45", "pgbackrest verify",
        _("Its verify finds the changed file, and ends with exit code 0 all the same."),
    ),
    BlindSpot(
        "pgbackrest.age", Tool.PGBACKREST, "2.45", "pgbackrest --output=json info",
        _("However old the last backup is, its status is ok."),
    ),
    BlindSpot(
        "barman.none_is_ok", Tool.BARMAN, "3.4.0", "barman -f json check SERVER",
        _("Without a configured age and number, its checks are OK for a server that was never backed up."),
    ),
    BlindSpot(
        "barman.check_reads_nothing", Tool.BARMAN, "3.4.0", "barman check SERVER; barman check-backup SERVER ID",
        _("Its checks do not read the backup: a changed byte is not seen."),
    ),
    BlindSpot(
        "barman.waiting", Tool.BARMAN, "3.4.0", "barman -f json list-backup SERVER",
        _("A backup that waits for its log is listed like the others, and cannot be restored yet."),
    ),
)  # fmt: skip

FINDINGS: Final[dict[Finding, Promise | str]] = {
    Finding.NONE_COMPLETE: _("No complete backup is listed."),
    Finding.BROKEN: _("The program itself calls a backup failed."),
    Finding.WAITING: _("A backup is not complete yet."),
    Finding.NOT_WELL: _("The program itself says that something is wrong."),
    Finding.PATHS_GONE: _("The newest backup lacks a source that the one before it had."),
    Finding.SHRUNK: _("The newest backup is less than half as large as the one before it."),
    Finding.AHEAD: _("The newest backup is from the future: a clock or a time zone is wrong."),
}


def of_tool(tool: Tool) -> list[BlindSpot]:
    return [one for one in BLIND_SPOTS if one.tool is tool]
