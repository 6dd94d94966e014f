"""Mark customers whose views without a work item raise an alert (R8)."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from tutela.access import changes, gate
from tutela.base import clock
from tutela.base.actor import Actor
from tutela.trail import log
from tutela.trail.leaves import Leaf
from tutela.vault import looks, work_links
from tutela.watch import events, permissions
from tutela.watch.errors import CustomerUnfit, SettingUnchanged
from tutela.watch.models import Vip


@transaction.atomic
def mark_vip(actor: Actor, customer_id: UUID) -> Vip:
    """From now on. CustomerUnfit if there is none, SettingUnchanged if it is marked already."""
    grant = gate.require(actor, permissions.SETTING_CHANGE)
    if not work_links.branches_of([str(customer_id)]):
        raise CustomerUnfit
    if Vip.objects.filter(customer_id=customer_id, until__isnull=True).exists():
        raise SettingUnchanged
    vip = Vip.objects.create(customer_id=customer_id, since=clock.now(), marked_by=actor.id)
    changes.record(grant, events.VIP_MARKED, ("customer", str(customer_id)))
    return vip


def listed() -> QuerySet[Vip]:
    """Customers who are marked now, the newest first."""
    return Vip.objects.filter(until__isnull=True).order_by("-since", "-id")


def note_read(actor: Actor, shown: Sequence[Vip]) -> None:
    """The leaf of reading the list, durable before it is shown; it names the customers of the page."""
    grant = gate.require(actor, permissions.SETTING_CHANGE)
    subjects = looks.subjects_of(one.customer_id for one in shown)
    detail = {"rows": len(shown)}
    leaf = Leaf(
        event=events.VIP_READ,
        actor=actor,
        subjects=subjects,
        decision=grant.as_leaf(),
        detail=detail,
    )
    log.append(leaf)


@transaction.atomic
def unmark_vip(actor: Actor, customer_id: UUID) -> None:
    """From now on. CustomerUnfit if it is not marked."""
    grant = gate.require(actor, permissions.SETTING_CHANGE)
    marked = Vip.objects.filter(customer_id=customer_id, until__isnull=True)
    if not marked.update(until=clock.now()):
        raise CustomerUnfit
    changes.record(grant, events.VIP_UNMARKED, ("customer", str(customer_id)))
