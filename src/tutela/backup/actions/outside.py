"""Status of other programs' backups, brought in as evidence from outside. Only added to."""

import hashlib
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import transaction

from tutela.access import changes, gate
from tutela.backup import events, permissions, queries, rules
from tutela.backup.errors import NameWrong, ToolUnknown, ZoneUnknown
from tutela.backup.models import Outside
from tutela.backup.outside.reading import read_report
from tutela.backup.outside.report import Report, Tool
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.base.free_text import check_free_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """An output of `tool`. `server` names the stanza or server where it tells of several; `zone` is the time zone
    of the machine on which borg ran, the company's if blank."""

    tool: str
    text: bytes
    server: str = ""
    zone: str = ""


@transaction.atomic
def report_outside(actor: Actor, name: str, output: Output) -> tuple[Outside, Report]:
    """Keep what another program says of its backups. `name` is what this source is called here. Nothing of the
    output but times, counts and sizes is kept. NameWrong, ToolUnknown, ZoneUnknown, OutsideUnreadable."""
    grant = gate.require(actor, permissions.RUN)
    if not rules.NAME.fullmatch(name):
        raise NameWrong
    check_free_text(name=name)
    if output.tool not in set(Tool):
        raise ToolUnknown
    try:
        zone = ZoneInfo(output.zone) if output.zone else queries.zone()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ZoneUnknown from None
    now = clock.now()
    report = read_report(Tool(output.tool), output.text, now, zone=zone, server=output.server)
    file_hash = hashlib.sha256(output.text)
    row = Outside.objects.create(
        name=name,
        tool=report.tool.value,
        version=report.version[:20],
        received_at=now,
        received_by=actor.id,
        newest_at=report.newest_at,
        oldest_at=report.oldest_at,
        complete=report.complete,
        incomplete=report.incomplete,
        size=report.size,
        findings=[one.value for one in report.findings],
        file_hash=file_hash.digest(),
    )
    changes.record(
        grant,
        events.OUTSIDE_REPORTED,
        backup_source=name,
        backup_tool=report.tool.value,
        rows=report.complete,
        file_hash=file_hash.hexdigest(),
    )
    return row, report
