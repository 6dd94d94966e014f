"""Canary customers: name the two people who know them, order, plant, rotate, and list jobs that leave them out.

They are created by the vault's own verbs, by the machine account that imports on the host, and marked nowhere but
in `watch_canary`. A planting leaves the leaves of the vault and no other: the watch's leaf says that and how many
were ordered, days before.
"""

import logging
import re
import secrets
from datetime import datetime, timedelta
from random import Random
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction

from tutela.access import changes, gate, sign_in
from tutela.access.models import Branch, Staff
from tutela.base import clock
from tutela.base.actor import SYSTEM, Actor
from tutela.base.errors import TutelaError
from tutela.trail import log
from tutela.trail.leaves import Leaf
from tutela.vault import queries as vault
from tutela.vault.actions.records import Created, NewRecord, create_record
from tutela.vault.actions.work_items import WorkItemRow, import_work_items
from tutela.watch import canaries, canary_values, events, permissions
from tutela.watch.canary_values import Shape
from tutela.watch.errors import (
    KeepersUnfit,
    MachineUnfit,
    NotAKeeper,
    NothingWaits,
    PatternUnfit,
    SecondPersonMissing,
)
from tutela.watch.models import CanaryDue, CanaryJob, CanaryKeepers, CanaryOrder

SPREAD: Final = timedelta(days=14)
"""Over so long the canaries of an order are planted, at random."""
PATIENCE: Final = timedelta(days=10)
"""So long after that a planting waits for a real customer of the branch."""
AT_ONCE: Final = timedelta(days=1)
"""So long the one that replaces a touched canary waits for a real customer."""
BESIDE: Final = timedelta(minutes=15)
"""A real customer of the branch of within so long hides the time of a planting."""
LEAST_DIGITS: Final = 4
OFFICE: Final = range(9, 17)
PURPOSE: Final = "administration"
_PATTERN: Final = re.compile(r"[A-Za-z0-9#-]{0,40}", re.ASCII)
_log = logging.getLogger("tutela.watch")


@transaction.atomic
def propose_keepers(actor: Actor, first: UUID, second: UUID) -> CanaryKeepers:
    """Propose the two people who are to know the canaries. KeepersUnfit."""
    grant = gate.require(actor, permissions.CANARY_MANAGE)
    fit = {person.id for person in gate.holders(permissions.CANARY_MANAGE)}
    if first == second or not {str(first), str(second)} <= fit or actor.kind != "staff":
        raise KeepersUnfit
    row = CanaryKeepers.objects.create(
        first_id=first, second_id=second, proposed_by_id=actor.id, proposed_at=clock.now()
    )
    changes.record(grant, events.KEEPERS_PROPOSED, ("staff", str(first)), ("staff", str(second)))
    return row


@transaction.atomic
def confirm_keepers(actor: Actor, seen: int) -> CanaryKeepers:
    """Put the proposed two in force, as a second person. `seen` is the proposal that this person read: another
    made since is not confirmed unread. NothingWaits, SecondPersonMissing."""
    grant = gate.require(actor, permissions.CANARY_MANAGE)
    row = canaries.proposed_keepers()
    if row is None or row.pk != seen:
        raise NothingWaits
    if str(row.proposed_by_id) == actor.id:
        raise SecondPersonMissing
    row.confirmed_by_id, row.confirmed_at = UUID(actor.id), clock.now()
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    people = (("staff", str(row.first_id)), ("staff", str(row.second_id)))
    changes.record(grant, events.KEEPERS_NAMED, *people)
    return row


@transaction.atomic
def propose_order(actor: Actor, shape: Shape) -> CanaryOrder:
    """Propose what canaries look like. NotAKeeper, PatternUnfit."""
    grant = _keeper(actor)
    for name, pattern in (
        ("customer_numbers", shape.customer_numbers),
        ("policy_numbers", shape.policy_numbers),
        ("phones", shape.phones),
    ):
        needed = name == "customer_numbers" or bool(pattern)
        if not _PATTERN.fullmatch(pattern) or (needed and pattern.count("#") < LEAST_DIGITS):
            raise PatternUnfit(field=name, least=LEAST_DIGITS)
    order = CanaryOrder.objects.create(
        customer_numbers=shape.customer_numbers,
        policy_numbers=shape.policy_numbers,
        phones=shape.phones,
        proposed_by_id=actor.id,
        proposed_at=clock.now(),
    )
    changes.record(grant, events.CANARIES_PROPOSED, ("canary_order", str(order.pk)))
    return order


@transaction.atomic
def approve_order(actor: Actor, seen: int) -> CanaryOrder:
    """Approve the order of the other keeper that was read; its canaries are planted over the next days.
    NotAKeeper, NothingWaits, SecondPersonMissing."""
    grant = _keeper(actor)
    order = canaries.proposed_order()
    if order is None or order.pk != seen:
        raise NothingWaits
    if str(order.proposed_by_id) == actor.id:
        raise SecondPersonMissing
    order.approved_by_id, order.approved_at = UUID(actor.id), clock.now()
    order.save(update_fields=["approved_by", "approved_at"])
    number = _plan(order)
    changes.record(grant, events.CANARIES_ORDERED, ("canary_order", str(order.pk)), created=number)
    return order


@transaction.atomic
def add_job(actor: Actor, login: str) -> CanaryJob:
    """From now on the lists of this machine account leave canaries out. NotAKeeper, MachineUnfit."""
    grant = _keeper(actor)
    machine = Staff.objects.filter(
        login=login.strip().lower(), kind="machine", is_active=True
    ).first()
    if machine is None or CanaryJob.objects.filter(machine=machine, ended_at=None).exists():
        raise MachineUnfit(field="login")
    job = CanaryJob.objects.create(machine=machine, added_by_id=actor.id, added_at=clock.now())
    changes.record(grant, events.CANARY_JOB_ADDED, ("staff", str(machine.id)))
    return job


@transaction.atomic
def end_job(actor: Actor, job_id: int) -> None:
    """The lists of this machine account hold canaries again. NotAKeeper, NothingWaits."""
    grant = _keeper(actor)
    job = CanaryJob.objects.filter(id=job_id, ended_at=None).first()
    if job is None:
        raise NothingWaits
    job.ended_at = clock.now()
    job.save(update_fields=["ended_at"])
    changes.record(grant, events.CANARY_JOB_ENDED, ("staff", str(job.machine_id)))


def read_list(actor: Actor) -> list[canaries.Listed]:
    """All canaries; the leaf of reading is durable first. NotAKeeper."""
    grant = _keeper(actor)
    receipt = log.append(Leaf(event=events.CANARY_READ, actor=actor, decision=grant.as_leaf()))
    return list(canaries.listed(actor, receipt.leaf_id))


def check_keeper(actor: Actor) -> None:
    """Return for one of the two keepers; NotAKeeper."""
    _keeper(actor)


def _keeper(actor: Actor) -> gate.Grant:
    grant = gate.require(actor, permissions.CANARY_MANAGE)
    if not canaries.is_keeper(actor):
        raise NotAKeeper
    return grant


def _plan(order: CanaryOrder) -> int:
    """Plantings for every branch that lacks some or whose oldest has stood for a quarter; how many."""
    rng, now = secrets.SystemRandom(), clock.now()
    dues = []
    for branch in canaries.coverage():
        number = branch.lacking
        if not branch.coming and canaries.is_due_for_rotation(branch.oldest):
            number = branch.wanted
        for _one in range(number):
            at = now + SPREAD * rng.random()
            dues.append(
                CanaryDue(
                    order=order, branch_id=branch.branch_id, not_before=at, latest=at + PATIENCE
                )
            )
    CanaryDue.objects.bulk_create(dues)
    return len(dues)


def replace_touched(customer: UUID) -> bool:
    """Order another canary in the place of one that somebody has opened, without waiting for the rotation: it is
    due now, beside the next real customer of the branch, at the latest within a day; the touched one is retired
    with it. Whether it was a canary that nobody had touched before. In the alert's transaction."""
    return bool(_replaced("SELECT watch_canary_touch(%s, %s)", customer))


@transaction.atomic
def replace_met() -> int:
    """Retire canaries to whom an import has added a record, as their invented identity number is somebody's: a
    look at them is no alarm any more. Order others in their place; how many."""
    return _replaced("SELECT watch_canary_met(%s)")


def _replaced(statement: str, *values: UUID) -> int:
    """Ask the database for branches that lack a canary now, and order one for each."""
    now, order = clock.now(), canaries.order()
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, now])
        branches = [branch for (branch,) in cursor.fetchall()]
    if order is not None:
        CanaryDue.objects.bulk_create(
            CanaryDue(order=order, branch_id=branch, not_before=now, latest=now + AT_ONCE)
            for branch in branches
        )
    return len(branches)


def keep_up() -> int:
    """Once a day: plan for new branches, growth and rotation, by the approved order; how many plantings."""
    order = canaries.order()
    if order is None:
        return 0
    with transaction.atomic():
        return _plan(order)


def plant_due(rng: Random | None = None) -> int:
    """Plant what is due beside a real customer, or has waited long enough; how many."""
    now = clock.now()
    waiting = list(
        CanaryDue.objects.select_related("order")
        .filter(done_at=None, not_before__lte=now)
        .order_by("not_before")
    )
    if not waiting:
        return 0
    new = vault.branches_with_new(now - BESIDE)
    planted = 0
    for due in waiting:
        if due.branch_id in new or (due.latest <= now and _is_office(now)):
            # One of a branch at a time: several in a minute would stand out.
            new.discard(due.branch_id)
            planted += _planted(due, rng or secrets.SystemRandom())
    return planted


def _is_office(now: datetime) -> bool:
    here = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    return here.weekday() < 5 and here.hour in OFFICE


def _planted(due: CanaryDue, rng: Random) -> bool:
    """Create the customer and mark it, in one transaction. A number that is taken is drawn again the next time."""
    branch = Branch.objects.filter(id=due.branch_id).first()
    order = due.order
    shape = Shape(
        customer_numbers=order.customer_numbers,
        policy_numbers=order.policy_numbers,
        phones=order.phones,
    )
    invented = canary_values.invent(rng, shape, branch.name_zh if branch else "", clock.today())
    try:
        with transaction.atomic():
            locked = CanaryDue.objects.select_for_update(skip_locked=True).filter(
                id=due.id, done_at=None
            )
            if not locked.exists():
                return False
            made = _create(due.branch_id, invented)
            _mark(due, made.customer_id)
    except TutelaError as error:
        _log.warning("a planting is put off", extra={"code": error.code})
        return False
    return True


def _create(branch_id: int, invented: canary_values.Invented) -> Created:
    """The customer, and a policy that has ended with its closed work item: a customer without any would stand out,
    one with an open work item would be opened."""
    actor = sign_in.local_operator()
    made = create_record(
        actor, NewRecord("customer", invented.customer, branch_id=branch_id), PURPOSE
    )
    if not isinstance(made, Created):
        raise KeepersUnfit  # the host's account may write every customer, so nothing waits for a steward
    if invented.policy:
        create_record(
            actor, NewRecord("policy", invented.policy, customer_id=made.customer_id), PURPOSE
        )
        item = WorkItemRow(
            number=invented.policy["policy_number"],
            kind="policy",
            customer=str(made.customer_id),
            by="",
            opened=invented.policy_opened,
            closed=invented.policy_closed,
        )
        import_work_items(actor, [item])
    return made


def _mark(due: CanaryDue, customer: UUID) -> None:
    """Mark the customer after its own leaves, and retire the oldest of the branch beyond its need."""
    at = clock.now()
    branch = next((one for one in canaries.coverage() if one.branch_id == due.branch_id), None)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT watch_canary_plant(%s, %s, %s, %s)", [customer, due.branch_id, at, SYSTEM.id]
        )
        if branch is not None:
            cursor.execute(
                "SELECT watch_canary_retire(%s, %s, %s)", [due.branch_id, branch.wanted, at]
            )
    CanaryDue.objects.filter(id=due.id).update(done_at=clock.now())
