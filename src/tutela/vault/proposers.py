"""The first of two people, asked again when the second decides: a proposal does not outlive the right to it."""

from tutela.access import gate
from tutela.access.permission_specs import Permission
from tutela.base.actor import Actor, Channel

from .errors import ProposerGone


def actor_of(person: str) -> Actor:
    """Whoever proposed, as the gate is asked about them now."""
    return Actor(kind="staff", id=person, channel=Channel.PAGE)


def check_proposer(person: str, permission: Permission) -> Actor:
    """Who proposed, if they still may; ProposerGone."""
    proposer = actor_of(person)
    if not gate.holds(proposer, permission):
        raise ProposerGone
    return proposer
