"""The room as Django knows it."""

from tutela.base import room


class GovernanceConfig(room.Room):
    name = "tutela.programme"
    label = "governance"
