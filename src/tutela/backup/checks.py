"""The room's checks for `tutela doctor`."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _

from tutela.base import clock
from tutela.base.errors import TutelaError
from tutela.base.health import Check

from . import queries, rules, tools
from .models import Copy, Run
from .physical import links
from .physical.ground import Way, ground
from .rules import GOOD, CopyState, Kind, Role, RunState

_TOO_OLD: Final = timedelta(hours=30)
_WAITS_LONG: Final = timedelta(hours=1)


def backup_recipients() -> Check:
    """Two keys in two hands, for both kinds of sets."""
    name = "backup.recipients"
    missing = sorted(
        {role for kind in (Kind.FULL, Kind.KEYS) for role in queries.missing_roles(kind)}
    )
    if missing:
        return Check(
            name,
            "warning",
            _("Backups cannot run: keys are missing for %(roles)s.")
            % {"roles": ", ".join(missing)},
            _("Propose the public keys: tutela backup recipients add."),
        )
    before = clock.now() - rules.CHECK_ESCROW_EVERY
    unchecked = [
        one.name
        for one in queries.recipients(Kind.FULL)
        if one.role == Role.ESCROW and (one.escrow_checked_at or one.created_at) < before
    ]
    if unchecked:
        return Check(
            name,
            "warning",
            _("Nobody has shown for a quarter that these escrow keys open: %(names)s.")
            % {"names": ", ".join(unchecked[:5])},
            _("Have their holders open a sample: tutela backup recipients sample."),
        )
    return Check(name, "good", _("Backups are sealed to keys of operations and of the escrow."))


def backup_targets() -> Check:
    """A copy elsewhere, and no target whose last probe failed."""
    name = "backup.targets"
    targets = queries.targets()
    bad = [one.name for one in targets if one.probe_result]
    if not targets:
        return Check(
            name,
            "warning",
            _("Backups cannot run: no target is registered."),
            _("Register a target: tutela backup targets register."),
        )
    if bad:
        return Check(
            name,
            "bad",
            _("Backup targets failed their last test: %(names)s.") % {"names": ", ".join(bad[:5])},
            _("Test them again: tutela backup targets probe."),
        )
    late = sorted(
        Copy.objects.filter(
            state=CopyState.UPLOADING,
            run__state__in=GOOD,
            run__ended_at__lt=clock.now() - _WAITS_LONG,
        )
        .values_list("target__name", flat=True)
        .distinct()
    )
    if late:
        return Check(
            name,
            "bad",
            _("Copies of backups wait for these targets: %(names)s.")
            % {"names": ", ".join(late[:5])},
            _("See tutela backup copies for the reason; the upload goes on by itself."),
        )
    if not any(one.offsite for one in targets):
        return Check(
            name,
            "warning",
            _("No backup target is offsite: a fire would take the backups too."),
            _("Register a target in another place."),
        )
    return Check(name, "good", _("Backups lie on %(count)s targets.") % {"count": len(targets)})


def backup_runs() -> Check:
    """The newest backup is young, and none has failed since."""
    name = "backup.runs"
    mend = _("See tutela backup runs, and run one now: tutela backup run.")
    newest = queries.newest_good()
    last = (
        Run.objects.filter(kind=Kind.FULL)
        .exclude(state__in=(RunState.SCHEDULED, *GOOD))
        .order_by("-due_at")
        .first()
    )
    if newest is None or newest.snapshot_at is None:
        return Check(name, "warning", _("There is no backup yet."), mend)
    age = clock.now() - newest.snapshot_at
    hours = int(age.total_seconds() // 3600)
    if age < -timedelta(minutes=10):
        return Check(
            name,
            "bad",
            _("The newest backup is from the future: the clock of this machine was changed."),
            _("Correct the clock."),
        )
    if age > _TOO_OLD:
        return Check(
            name, "bad", _("The newest backup is %(hours)s hours old.") % {"hours": hours}, mend
        )
    if last is not None and last.due_at > newest.snapshot_at and last.state == RunState.FAILED:
        return Check(
            name, "bad", _("The last backup failed: %(code)s.") % {"code": last.code}, mend
        )
    return Check(name, "good", _("The newest backup is %(hours)s hours old.") % {"hours": hours})


def backup_tool() -> Check:
    """A pg_dump of the server's version that starts."""
    name = "backup.tool"
    try:
        found = tools.tools(tools.server_major())
    except TutelaError as refused:
        return Check(
            name,
            "bad",
            refused.text(),
            _("Install the client tools of the server's version, or set TUTELA_POSTGRES_TOOLS."),
        )
    return Check(name, "good", _("Backups are made with %(version)s.") % {"version": found.version})


def backup_log() -> Check:
    """Where the server's log is kept: that its newest part is young, so that a moment of today can come back."""
    name = "backup.log"
    try:
        stood = ground()
    except TutelaError as refused:
        return Check(name, "bad", refused.text(), _("Set TUTELA_BACKUP_REPLICATION_URL."))
    if stood.way is not Way.OWN or not stood.minutes:
        return Check(
            name, "good", _("The server's log is not kept: only moments of backups come back.")
        )
    chains, logs = links.held()
    mend = _("See tutela backup runs, and make a base backup: tutela backup run --kind base.")
    if not chains:
        return Check(
            name,
            "warning",
            _("The server's log is to be kept, and there is no base backup yet."),
            mend,
        )
    newest = max([*(one.ended_at for one in chains.values()), *(one.closed_at for one in logs)])
    minutes = int((clock.now() - newest).total_seconds() // 60)
    said = _("The newest moment that can be brought back is %(minutes)s minutes ago.") % {
        "minutes": minutes
    }
    if minutes > 4 * stood.minutes + 60:
        return Check(name, "bad", said, mend)
    return Check(name, "good", said)
