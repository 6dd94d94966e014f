"""The health page: every check of `tutela doctor` with its sentence and its mend, by what it is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tutela.access import gate
from tutela.access import permissions as access_permissions
from tutela.access.gate import StaffRequest
from tutela.base import clock, health
from tutela.base.health import Check
from tutela.web import routes

_ABOUT: Final[tuple[tuple[Promise, str, tuple[str, ...]], ...]] = (
    (_("Machine and disk"), "server", ("host",)),
    (_("Certificates"), "certificate", ("tls",)),
    (_("Database"), "database", ("database",)),
    (_("Jobs"), "player-play", ("worker", "jobs")),
    (_("Notices"), "bell", ("notices",)),
    (_("Keys and evidence"), "key", ("keys", "evidence")),
    (_("Access and trail"), "eye-check", ("access", "trail")),
    (_("Customer data"), "users", ("vault", "texts")),
)
_OTHER: Final = _("Other")
_RANK: Final = {"bad": 0, "warning": 1, "good": 2}
_KEPT_FOR: Final = timedelta(minutes=10)
_kept: dict[str, tuple[datetime, list[Check]]] = {}


@dataclass(frozen=True, slots=True)
class Section:
    """Checks of one subject, the worst first."""

    title: str
    icon: str
    checks: Sequence[Check]

    @property
    def state(self) -> str:
        return self.checks[0].state


@routes.at("health/", "console-health")
@require_safe
@gate.needs(access_permissions.HEALTH_READ)
def read_health(request: StaffRequest) -> HttpResponse:
    """All checks that answer at once; those that read whole tables come after them."""
    whole = "whole" in request.GET
    checks = [*health.examine_quick(), *(_slow()[1] if whole else ())]
    shown = {
        "sections": sections(checks),
        "to_mend": [check for check in _worst_first(checks) if check.state != "good"],
        "good": sum(check.state == "good" for check in checks),
        "whole": whole,
        "at": clock.now(),
    }
    return render(request, "console/health.html", shown)


@routes.at("health/slow/", "console-health-slow")
@require_safe
@gate.needs(access_permissions.HEALTH_READ)
def read_slow_checks(request: StaffRequest) -> HttpResponse:
    """The part of the page that takes longer."""
    at, checks = _slow()
    return render(request, "console/_health_slow.html", {"checks": checks, "at": at})


def sections(checks: Sequence[Check]) -> list[Section]:
    """The checks by subject; one that no subject names stands under Other."""
    named = {prefix: str(title) for title, _icon, prefixes in _ABOUT for prefix in prefixes}
    icons = {str(title): icon for title, icon, _prefixes in _ABOUT}
    found: dict[str, list[Check]] = {title: [] for title in icons}
    for check in _worst_first(checks):
        title = named.get(check.id.partition(".")[0], str(_OTHER))
        found.setdefault(title, []).append(check)
    return [
        Section(title, icons.get(title, "dots"), these) for title, these in found.items() if these
    ]


def _worst_first(checks: Sequence[Check]) -> list[Check]:
    return sorted(checks, key=lambda check: _RANK[check.state])


def _slow() -> tuple[datetime, list[Check]]:
    """When they ran, and what came of it: kept for some minutes in this process, in the reader's language."""
    language, now = translation.get_language() or "", clock.now()
    kept = _kept.get(language)
    if kept is None or now - kept[0] > _KEPT_FOR:
        kept = _kept[language] = (now, health.examine_slow())
    return kept
