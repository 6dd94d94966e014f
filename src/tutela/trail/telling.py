"""What people are told of the log, by rooms above that can tell: this room only says what happened.

Told in the transaction of what happened.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from tutela.base.registry import Registry


class Happening(StrEnum):
    """What people are told of."""

    QUORUM_LOST = "quorum_lost"
    POLICY_CHANGED = "policy_changed"
    TREE_CONTRADICTED = "tree_contradicted"
    PURGE_WAITS = "purge_waits"
    LIFT_WAITS = "lift_waits"
    ACKNOWLEDGEMENT_WAITS = "acknowledgement_waits"
    DECISION_MADE = "decision_made"


@dataclass(frozen=True, slots=True)
class News:
    """`code`: a word that the sentence takes. `settled`: it is over. `link`: the page it is about; `to`: ids of
    accounts, where not everybody is told who may see it, and `but`: of those who are not."""

    happening: Happening
    code: str = ""
    settled: bool = False
    link: str = ""
    to: Collection[str] = ()
    but: Collection[str] = ()


Teller = Callable[[News], None]
TELLERS: Final = Registry[Teller]("who tells people of the log")


def declare(name: str, teller: Teller) -> None:
    TELLERS.declare(name, teller)


def tell(news: News) -> None:
    for teller in TELLERS.values():
        teller(news)
