"""What the scorecard declares while the product starts."""

from collections.abc import Mapping
from functools import partial
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tutela.access import gate, home, navigation, permission_specs
from tutela.access.navigation import Entry, Section
from tutela.assessment import live
from tutela.assessment.models import DUTY as ASSESSMENT_DUTY
from tutela.base import health, readings
from tutela.base.actor import Actor
from tutela.notices import kinds, naming
from tutela.programme import judgements, promises
from tutela.programme import naming as programme_names
from tutela.programme import permissions as programme_permissions
from tutela.programme import registry as programme_registry
from tutela.programme.models import DutyOccurrence
from tutela.proof.registry import HOLDERS, Holder
from tutela.trail import event_specs
from tutela.vault.importing.listed import read_listed

from . import board, checks, custom, events, files, notice_kinds, permissions, registry, system
from . import home as scorecard_home
from .actions.evidence import REPORTED
from .reports import HELD_AS

PROOF: Final = frozenset({programme_permissions.EVIDENCE_ADD, permissions.PACK_WRITE})
"""Whoever reports figures, and whoever hands them out or checks them."""
ENTRIES: Final = (
    Entry(
        view="scorecard-show-board",
        label=_("Scorecard"),
        icon="chart-bar",
        section=Section.FIGURES,
        order=5,
    ),
    Entry(
        view="scorecard-list-missing",
        label=_("Gaps"),
        icon="list-search",
        section=Section.FIGURES,
        order=10,
    ),
    Entry(
        view="scorecard-list-outside",
        label=_("External evidence"),
        icon="file-certificate",
        section=Section.FIGURES,
        order=20,
        use=PROOF,
    ),
    Entry(
        view="scorecard-define-measure",
        label=_("Custom measures"),
        icon="math-function",
        section=Section.FIGURES,
        order=40,
    ),
    Entry(
        view="scorecard-write-pack",
        label=_("Evidence pack"),
        icon="package-export",
        section=Section.FIGURES,
        order=50,
    ),
)


def join() -> None:
    event_specs.declare(events)
    permission_specs.declare(permissions)
    readings.declare(system.SOURCE)
    health.declare(checks.evidence_key)
    navigation.declare(*ENTRIES)
    home.declare(*scorecard_home.PARTS)
    kinds.declare(notice_kinds)
    naming.of_code("target", _targets)
    files.READERS.declare(files.READER, read_listed)
    HOLDERS.declare(HELD_AS, Holder(read=permissions.READ))
    judgements.declare(judgements.Judges(judge=board.judged, counted=board.counted))
    for duty, target in promises.duty_targets().items():
        if duty != ASSESSMENT_DUTY:
            programme_registry.register_work(duty, partial(_reported, target))
    # The assessment's live controls follow the readings of all rooms.
    live.provide(registry.read)


def _reported(target: str, occurrence: DutyOccurrence) -> str:
    """The page of the evidence that closed a duty: a room's own, or reports from outside."""
    if target in readings.PAGES and not occurrence.evidence.startswith(REPORTED):
        return reverse(readings.PAGES[target])
    return f"{reverse('scorecard-list-outside')}?of={target}"


def _targets(actor: Actor, ids: frozenset[str]) -> Mapping[str, str]:
    """What targets are called in the inbox, where notices hold their codes only: the programme's, and
    the company's own measures, whose newest title counts."""
    if not gate.holds(actor, permissions.READ):
        return {}
    names = dict(programme_names.targets(actor, ids))
    if any(target.startswith(custom.OWN) for target in ids):
        names |= {
            version.goal.target: version.title
            for version in custom.measures()
            if version.goal.target in ids
        }
    return names
