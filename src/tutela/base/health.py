"""Checks of `tutela doctor`: each room declares its own while the product starts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from .registry import Registry

State = Literal["good", "warning", "bad"]


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found. `mend` is empty when there is nothing to do."""

    id: str
    state: State
    sentence: str
    mend: str = ""

    def as_row(self) -> dict[str, str]:
        return {"id": self.id, "state": self.state, "sentence": self.sentence, "mend": self.mend}


CHECKS: Final = Registry[Callable[[], Check]]("checks of the doctor")


def declare(*checks: Callable[[], Check]) -> None:
    """Each under its id: `keys_root` is `keys.root`."""
    for check in checks:
        CHECKS.declare(check_id(check), check)


def check_id(check: Callable[[], Check]) -> str:
    return check.__name__.replace("_", ".", 1)
