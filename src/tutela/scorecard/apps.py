"""The room as Django knows it."""

from tutela.base import room


class ScorecardConfig(room.Room):
    name = "tutela.scorecard"
    label = "scorecard"
