"""What people are told of accounts, by rooms above that can tell: this room only says what happened.

Told in the transaction of the act, so an act that is rolled back tells nobody.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tutela.base.registry import Registry


class Happening(StrEnum):
    """What people are told of."""

    RESET_WAITS = "reset_waits"
    RESET_DECIDED = "reset_decided"
    PASSWORD_RESET = "password_reset"  # noqa: S105 a happening
    SECOND_FACTOR_REMOVED = "second_factor_removed"


@dataclass(frozen=True, slots=True)
class News:
    """`to`: ids of accounts; `link`: a page of ours. `settled`: whom it no longer concerns."""

    happening: Happening
    to: Collection[str] = ()
    link: str = ""
    settled: bool = False


Teller = Callable[[News], None]
TELLERS: Final = Registry[Teller]("who tells people of accounts")


def declare(name: str, teller: Teller) -> None:
    TELLERS.declare(name, teller)


def tell(news: News) -> None:
    for teller in TELLERS.values():
        teller(news)
