"""What the pages of backups offer besides their own: the verbs of targets, and more checks before a restore."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tutela.base.actor import Actor
from tutela.base.registry import Registry

from .models import Copy


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a check: passed, failed or no_verdict, and a sentence."""

    result: str
    text: str


PREFLIGHT: Final = Registry[Callable[[Actor, Copy], Sequence[Finding]]](
    "who checks before a restore"
)
"""By name: what reading a set's manifest from its target tells before anything is written."""


def findings(actor: Actor, copy: Copy) -> list[Finding]:
    """What every check tells, in the order of their names."""
    return [line for name in sorted(PREFLIGHT) for line in PREFLIGHT[name](actor, copy)]
