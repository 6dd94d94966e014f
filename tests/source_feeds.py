"""Register a machine account as a source's feed, by two people as the product asks."""

from tests.access import cast
from tutela.access.models import Staff
from tutela.base.actor import Actor
from tutela.vault.actions import sources
from tutela.vault.importing import targets


def register(machine: Actor, source: str = "core") -> None:
    """From now on the machine's imports under this source's name are its feed."""
    login = Staff.objects.get(id=machine.id).login
    everything = [code for _number, code in targets.collections()]
    proposer, second = cast.hire("data_steward"), cast.hire("security_admin")
    proposal = sources.propose_source(proposer.actor, source, login, everything)
    sources.approve_source(second.actor, proposal)
