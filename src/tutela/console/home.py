"""What the home page tells: figures with their proof, health with its reasons, the next steps."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tutela.access import gate
from tutela.access import permissions as access_permissions
from tutela.access.permission_specs import Permission
from tutela.base.actor import Actor
from tutela.base.errors import Unavailable
from tutela.keys import custody
from tutela.trail import queries as trail
from tutela.vault import permissions as vault_permissions

WORKER_SECONDS = 90
DISK_WARN, DISK_BAD = 0.15, 0.05
State = Literal["good", "warn", "bad", "none"]
STATES: dict[State, Promise] = {
    "good": gettext_lazy("OK"),
    "warn": gettext_lazy("Needs attention"),
    "bad": gettext_lazy("Faulty"),
    "none": gettext_lazy("Unknown"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One line of health. `why` is a sentence; "none" is for what cannot be known, never for good."""

    code: str
    state: State
    title: str | Promise
    why: str

    @property
    def state_name(self) -> str | Promise:
        return STATES[self.state]


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do next, with the page where it is done."""

    text: str
    address: str


def checks() -> list[Check]:
    """The health of this installation, as this process can see it now."""
    return [check() for check in (_trail, _partitions, _keys, _worker, _disk)]


def _trail() -> Check:
    health = trail.health()
    states: dict[str, tuple[State, str]] = {
        "open": ("good", _("Every access is logged before data is shown.")),
        "strained": (
            "warn",
            _("Writing is slow: %(ms)s ms at the 99th percentile.") % {"ms": health.p99_ms},
        ),
        "closed": (
            "bad",
            _("The trail cannot be written (%(why)s), so customer data is closed.")
            % {"why": health.why},
        ),
    }
    state, why = states[health.state]
    return Check("trail", state, _("Access trail"), why)


def _partitions() -> Check:
    if trail.health().next_partition:
        return Check("partition", "good", _("Trail partition for next month"), _("Prepared."))
    why = _(
        "Not created yet; the worker creates it. Without it, the trail closes at "
        "the end of the month."
    )
    return Check("partition", "warn", _("Trail partition for next month"), why)


def _keys() -> Check:
    try:
        custody.check_ready()
    except Unavailable as closed:
        return Check("keys", "bad", _("Keys"), closed.text())
    if not custody.describe().locked:
        why = _("The root key file has no passphrase. Lock it before importing real customer data.")
        return Check("keys", "warn", _("Keys"), why)
    return Check(
        "keys", "good", _("Keys"), _("The root key file is protected by a passphrase and unlocked.")
    )


def _worker() -> Check:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - %s * interval '1 s'",
            [WORKER_SECONDS],
        )
        running = int(cursor.fetchone()[0])
    if running:
        return Check("worker", "good", _("Worker"), _("%(number)s running.") % {"number": running})
    why = _("Not running: imports and periodic tasks are waiting.")
    return Check("worker", "bad", _("Worker"), why)


def _disk() -> Check:
    try:
        usage = shutil.disk_usage(settings.TUTELA_HOME)
    except OSError:
        return Check("disk", "none", _("Disk"), _("Cannot be read."))
    share = usage.free / usage.total
    state: State = "bad" if share < DISK_BAD else "warn" if share < DISK_WARN else "good"
    figures = {"share": f"{share:.0%}", "gigabytes": f"{usage.free / 1e9:,.0f}"}
    return Check("disk", state, _("Disk"), _("%(share)s free (%(gigabytes)s GB).") % figures)


def steps(actor: Actor, second_factor: bool, customers: int | None) -> list[Step]:
    """What this person can usefully do next."""
    return list(_steps(actor, second_factor, customers))


def _steps(actor: Actor, second_factor: bool, customers: int | None) -> Iterator[Step]:
    may: Callable[[Permission], bool] = lambda right: gate.holds(actor, right)  # noqa: E731 one line, used thrice
    if not second_factor:
        yield Step(_("Turn on the second factor of your account."), reverse("mfa_index"))
    if may(vault_permissions.IMPORT_RUN) and not customers:
        yield Step(_("Import the first customer file."), reverse("vault-upload-file"))
    if may(vault_permissions.CUSTOMER_FIND) and customers:
        yield Step(_("Find a customer."), reverse("vault-list-customers"))
    if may(access_permissions.MATRIX_READ):
        yield Step(_("Review which post can see which data."), reverse("access-read-matrix"))
    if may(access_permissions.TRAIL_SEARCH):
        yield Step(_("Review who accessed what today."), reverse("trail-search-leaves"))
