"""The room as Django knows it."""

from tutela.base import room


class ProofConfig(room.Room):
    name = "tutela.proof"
    label = "proof"
