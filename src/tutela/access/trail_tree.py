"""The trail's tree and its witnesses, for those who may know of them: the one way for every door."""

from ipaddress import ip_address
from typing import Final

from django.conf import settings

from tutela.base.actor import Actor
from tutela.trail.tree import actions, witnesses
from tutela.trail.tree.state import TreeHead
from tutela.trail.tree.witnesses import Recorded, Standing

from . import attempts, gate, permissions
from .errors import TooManyReadings

WINDOW_SECONDS: Final = 60


def standing(actor: Actor) -> Standing:
    """The newest checkpoint, the policy, and how each witness stands. PolicyDamaged."""
    gate.require(actor, permissions.TREE_READ)
    return witnesses.standing()


def policy_text(actor: Actor) -> str:
    """The policy for outsiders: keys of the log and its witnesses, and how many are enough. PolicyDamaged."""
    gate.require(actor, permissions.TREE_READ)
    return witnesses.policy_text()


def request_by_hand(actor: Actor, name: str, old: int | None) -> tuple[TreeHead, str]:
    """The checkpoint to carry to a witness, and the file for it. WitnessUnknown, CosignatureRefused."""
    gate.require(actor, permissions.COSIGNATURE_RECORD)
    return witnesses.request_by_hand(name, old)


def record(actor: Actor, note: str) -> list[Recorded]:
    """Keep what a witness signed that was carried to by hand. WitnessUnknown, CosignatureRefused."""
    gate.require(actor, permissions.COSIGNATURE_RECORD)
    return actions.record(actor, note)


def carried_to(actor: Actor) -> list[str]:
    """The names of the witnesses without a network address, to whom a checkpoint is carried. PolicyDamaged."""
    gate.require(actor, permissions.COSIGNATURE_RECORD)
    known = witnesses.policy()
    return [one.name for one in known.witnesses.values() if not one.url] if known else []


def check_pace(actor: Actor) -> None:
    """Count one more checkpoint or tile for this address, on all machines together; TooManyReadings."""
    limit = int(settings.TUTELA_TRAIL_MONITOR_REQUESTS_A_MINUTE)
    if not attempts.take(f"trail.monitor.{actor.source}", 1, limit, WINDOW_SECONDS):
        raise TooManyReadings(limit=limit)


def may_monitor(actor: Actor) -> bool:
    """Whether checkpoints and tiles are served to this reader: by right, or to a network of the operator's list.

    They hold hashes of salted entries, which tell nothing of an entry; but how the tree grows tells how busy the
    house is (docs/decisions/witnesses.md).
    """
    return is_listed(actor.source) or gate.holds(actor, permissions.TREE_READ)


def is_listed(source: str) -> bool:
    """Whether the address belongs to a monitor that the operator listed."""
    try:
        address = ip_address(source)
    except ValueError:
        return False
    return any(address in network for network in settings.TUTELA_TRAIL_MONITORS)
