"""What the assessment declares while the product starts."""

from collections.abc import Mapping
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tutela.access import gate, navigation, permission_specs
from tutela.access.models import Staff
from tutela.access.navigation import Entry, Section
from tutela.base import readings
from tutela.base.actor import Actor
from tutela.notices import kinds, naming
from tutela.programme import registry
from tutela.programme.models import DutyOccurrence
from tutela.proof.models import Attachment
from tutela.proof.registry import HOLDERS, Holder, Withdrawal
from tutela.trail import event_specs

from . import events, evidence, notice_kinds, permissions, queries
from .actions.ratings import withdraw_proof
from .models import DUTY, PROOF_OF, Risk

ENTRIES: Final = (
    Entry(
        view="assessment-list",
        label=gettext_lazy("Annual assessment"),
        icon="clipboard-check",
        section=Section.GOVERNANCE,
        order=60,
    ),
    Entry(
        view="risk-list",
        label=gettext_lazy("Risk register"),
        icon="alert-triangle",
        section=Section.GOVERNANCE,
        order=70,
    ),
)


def join() -> None:
    event_specs.declare(events)
    permission_specs.declare(permissions)
    readings.declare(evidence.SOURCE)
    navigation.declare(*ENTRIES)
    readings.PAGES.declare("isms-assessed", "assessment-list")
    kinds.declare(notice_kinds)
    naming.of_page("risk-view", _risks, subject="risk")
    registry.register_work(DUTY, _assessment_page)
    registry.register_papers("assessment", _to_confirm)
    withdrawal = Withdrawal(
        permission=permissions.ASSESSMENT_RATE, act=withdraw_proof, page=_rating_page
    )
    HOLDERS.declare(PROOF_OF, Holder(read=permissions.ASSESSMENT_READ, withdrawal=withdrawal))


def _risks(actor: Actor, ids: frozenset[str]) -> Mapping[str, str]:
    """What risks are called in the inbox, where notices hold their number only."""
    if not gate.holds(actor, permissions.RISK_READ):
        return {}
    titles = Risk.objects.filter(id__in=ids).values_list("id", "title")
    return {str(key): title for key, title in titles}


def _assessment_page(occurrence: DutyOccurrence) -> str:
    return reverse("assessment-view", args=[occurrence.begins.year])


def _to_confirm(actor: Actor, person: Staff) -> list[registry.Paper]:
    if not gate.holds(actor, permissions.ASSESSMENT_CLOSE):
        return []
    return [
        registry.Paper(
            name=_("Assessment of %(year)s") % {"year": assessment.year},
            page=reverse("assessment-view", args=[assessment.year]),
            wanted="confirm",
        )
        for assessment in queries.to_confirm(str(person.id))
    ]


def _rating_page(attachment: Attachment) -> str:
    row = queries.rating_of(attachment)
    return reverse("assessment-rate", args=[row.assessment.year, row.control])
