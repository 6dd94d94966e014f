"""Plays acts in several worlds, compares the answers, and makes a failing row of acts short."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

from django.test import override_settings

from tests.doors.acts import Act, Session, draw
from tests.doors.worlds import Ground, Worlds

Plan = Mapping[str, Sequence[Act]]
REPLAYS = 24


@contextmanager
def unhurried() -> Iterator[None]:
    """No limit by the minute: the acts of a day are done in one."""
    with override_settings(
        TUTELA_SEARCHES_A_MINUTE=1_000_000, TUTELA_MACHINE_SEARCHES_A_MINUTE=1_000_000
    ):
        yield


@dataclass(frozen=True)
class Difference:
    """The first act of which the answers differ."""

    post: str
    place: int
    act: Act
    answers: tuple[str, str]
    worlds: tuple[str, str]

    def __str__(self) -> str:
        lines = difflib.unified_diff(
            *(text.splitlines() for text in self.answers), *self.worlds, lineterm="", n=0
        )
        return f"{self.post}, act {self.place}: {self.act}\n" + "\n".join(list(lines)[:30])


def drawn(
    random: Random, ground: Ground, count: int, leave_out: frozenset[str] = frozenset()
) -> list[Act]:
    """So many acts."""
    return [draw(random, ground, leave_out) for _ in range(count)]


def compare(worlds: Worlds, plan: Plan, between: Sequence[str]) -> None:
    """Fail with the shortest row of acts found that tells two worlds apart."""
    found = difference(worlds, plan, between)
    if found is None:
        return
    acts = shortest(worlds, found, list(plan[found.post])[: found.place + 1], between)
    told = "\n".join(f"  {act}" for act in acts)
    raise AssertionError(f"{found}\nthe shortest row of acts found:\n{told}")


def difference(worlds: Worlds, plan: Plan, between: Sequence[str]) -> Difference | None:
    """The first difference from the first world."""
    first = answers(worlds, plan, between[0])
    for world in between[1:]:
        others = answers(worlds, plan, world)
        for post, acts in plan.items():
            for place, act in enumerate(acts):
                pair = (first[post][place], others[post][place])
                if pair[0] != pair[1]:
                    return Difference(post, place, act, pair, (between[0], world))
    return None


def answers(worlds: Worlds, plan: Plan, world: str) -> dict[str, list[str]]:
    """What each post is told in one world, post after post."""
    with worlds.fresh(world):
        return {
            post: [session.do(act) for act in acts]
            for post, acts in plan.items()
            for session in (Session(worlds.ground, post),)
        }


def shortest(
    worlds: Worlds, found: Difference, acts: list[Act], between: Sequence[str]
) -> list[Act]:
    """Leave out what the difference does not need, by halves, a bounded number of times."""
    left, size = REPLAYS, max(1, len(acts) // 2)
    while left and size:
        start = 0
        while left and start < len(acts) - 1:
            fewer = acts[:start] + acts[start + size :] if start + size < len(acts) else acts
            left -= 1
            if fewer and fewer != acts and difference(worlds, {found.post: fewer}, between):
                acts = fewer
            else:
                start += size
        size //= 2
    return acts
