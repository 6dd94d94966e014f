"""Registry of the checks of `tutela doctor`, which each room declares at start."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from .registry import Registry

State = Literal["good", "warning", "bad"]


@dataclass(frozen=True, slots=True)
class Check:
    """The result of a check. `mend` says what to do; empty if nothing."""

    id: str
    state: State
    sentence: str
    mend: str = ""

    def as_row(self) -> dict[str, str]:
        return {"id": self.id, "state": self.state, "sentence": self.sentence, "mend": self.mend}


CHECKS: Final = Registry[Callable[[], Check]]("checks of the doctor")


def declare(*checks: Callable[[], Check]) -> None:
    """Register checks under their ids: the function `keys_root` is `keys.root`."""
    for check in checks:
        CHECKS.declare(check_id(check), check)


def check_id(check: Callable[[], Check]) -> str:
    return check.__name__.replace("_", ".", 1)
