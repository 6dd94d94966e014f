"""Registry of the checks of `tutela doctor` and of the health page, which each room declares at start.

Those of the machine and the database come first, then each room's, then what looks at all rooms.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from django.utils.translation import gettext as _

from .errors import TutelaError
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


Ask = Callable[[], Check]
CHECKS: Final = Registry[Ask]("checks of the doctor")
"""Those of rooms."""
FIRST: Final = Registry[Ask]("checks of the machine")
LAST: Final = Registry[Ask]("checks of all rooms together")
SLOW: Final = Registry[Ask]("checks that take long")
"""Those of LAST that read whole tables: the health page shows them apart."""


def declare(*checks: Ask) -> None:
    """Register checks under their ids: the function `keys_root` is `keys.root`."""
    _declare(CHECKS, checks)


def declare_machine(*, first: Iterable[Ask], last: Iterable[Ask], slow: Iterable[Ask] = ()) -> None:
    """Register the checks of the machine and the database, and those that look at all rooms."""
    _declare(FIRST, first)
    _declare(LAST, last)
    _declare(SLOW, slow)


def _declare(registry: Registry[Ask], checks: Iterable[Ask]) -> None:
    for check in checks:
        registry.declare(check_id(check), check)


def check_id(check: Ask) -> str:
    return check.__name__.replace("_", ".", 1)


def examine() -> list[Check]:
    """Run every check."""
    return [*examine_quick(), *examine_slow()]


def examine_quick() -> list[Check]:
    """Run those that answer at once."""
    return [run(check) for check in (*FIRST.values(), *CHECKS.values(), *LAST.values())]


def examine_slow() -> list[Check]:
    """Run those that read whole tables."""
    return [run(check) for check in SLOW.values()]


def run(check: Ask) -> Check:
    """The result of one check; one that raises is a bad result, not a crash."""
    name = check_id(check)
    try:
        return check()
    except TutelaError as error:
        return Check(
            name, "bad", error.text(), _("See docs/operations.md, %(code)s.") % {"code": error.code}
        )
    except Exception as error:  # a broken check is a result
        return Check(
            name,
            "bad",
            _("The check itself failed: %(kind)s.") % {"kind": type(error).__name__},
            _("See the log."),
        )
