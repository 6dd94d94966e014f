"""What the policy promises (design, section 1): the fourteen targets here, names and duties in `seed.yaml`."""

from functools import cache
from importlib import resources
from typing import Any, Final, Literal, NamedTuple, cast

from tutela.base.shipped import read_yaml


class Promise(NamedTuple):
    """One target. `goal` in `unit`; `cadence` in days; due `months` after the programme's start."""

    target: str
    measure: str
    department: str
    goal: float
    unit: str
    direction: Literal["at_least", "at_most"]
    cadence: int
    months: int


PROMISES: Final = (
    Promise("isms-built", "M1", "information_security", 100, "percent", "at_least", 92, 6),
    Promise("isms-assessed", "M1", "information_security", 1, "count", "at_least", 365, 12),
    Promise("access-system", "M2", "it", 100, "percent", "at_least", 31, 3),
    Promise("access-log-kept", "M2", "it", 365, "days", "at_least", 7, 12),
    Promise("encryption-rate", "M3", "technology", 100, "percent", "at_least", 7, 3),
    Promise("tls-share", "M3", "technology", 95, "percent", "at_least", 31, 3),
    Promise("trainings", "M4", "hr", 2, "count", "at_least", 365, 12),
    Promise("leak-drill", "M4", "hr", 1, "count", "at_least", 365, 12),
    Promise("backup-weekly", "M5", "it", 1, "count", "at_least", 7, 1),
    Promise("restore-test", "M5", "it", 1, "count", "at_least", 92, 3),
    Promise("audit-quarterly", "M6", "legal_compliance", 1, "count", "at_least", 92, 3),
    Promise("remediation", "M6", "legal_compliance", 100, "percent", "at_least", 92, 3),
    Promise("complaint-48h", "M7", "customer_service", 100, "percent", "at_least", 31, 3),
    Promise("satisfaction", "M7", "customer_service", 85, "percent", "at_least", 365, 12),
)


@cache
def duty_targets() -> dict[str, str]:
    """By code of a duty, the target that the work itself is counted by. Duties that look at a figure (the
    encryption rate, the complaints) have none: they do not make it."""
    return {duty["code"]: duty["target"] for duty in policy()["duties"] if "target" in duty}


@cache
def policy() -> dict[str, Any]:
    """Measures by code, targets by id, and the list of duties, as the file has them."""
    text = resources.files(__package__).joinpath("seed.yaml").read_text(encoding="utf-8")
    return cast("dict[str, Any]", read_yaml(text))
