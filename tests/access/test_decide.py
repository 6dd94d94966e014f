"""Every cell under every overlay, against an evaluator that shares no code with the compiled one."""

from dataclasses import dataclass, replace
from datetime import date
from itertools import product

import pytest

from tests.access.naive import Case, naive
from tutela.access import matrix
from tutela.access.asks import Ask
from tutela.access.compile import BranchRow, PersonRow, Snapshot, compile_snapshot
from tutela.access.decide import Moment, decide
from tutela.access.levels import Level
from tutela.access.posts import POSTS
from tutela.access.purposes import Purpose
from tutela.base.actor import Channel
from tutela.detect.classes import DataClass
from tutela.trail.leaves import Exposure

BRANCHES = [BranchRow(1, None), BranchRow(2, 1), BranchRow(3, 2), BranchRow(4, 1)]
MATRIX = matrix.from_yaml(matrix.seeded_text())
OWN = "11111111-1111-7111-8111-111111111111"
PLAIN = Case()
OVERLAYS = {
    "in order": PLAIN,
    "disabled": replace(PLAIN, active=False),
    "stale": replace(PLAIN, fresh=False),
    "own record": replace(PLAIN, own_record=True),
    "work item not linked": replace(PLAIN, linked=False),
    "other branch": replace(PLAIN, branch=4),
    "branch below": replace(PLAIN, branch=3),
    "unknown branch": replace(PLAIN, branch=99),
    "other branch, assigned": replace(PLAIN, branch=4, assigned=True),
    "list": replace(PLAIN, exposure=Exposure.LIST_MASKED),
    "export": replace(PLAIN, exposure=Exposure.EXPORT),
    "print": replace(PLAIN, exposure=Exposure.PRINT),
    "api": replace(PLAIN, channel=Channel.API),
    "no second factor": replace(PLAIN, second_factor=False),
    "quota spent": replace(PLAIN, used=10_000_000),
}


@dataclass(frozen=True)
class World:
    """One snapshot with a person for each post or pair of posts, at branch 2."""

    snapshot: Snapshot

    def decide(self, posts: tuple[str, ...], case: Case, ask: Ask):
        person = self.snapshot.people["+".join(posts)]
        person = replace(person, active=case.active, customer_id=OWN)
        moment = Moment(case.channel, case.second_factor, case.fresh, case.used)
        return decide(self.snapshot, person, moment, ask)


@pytest.fixture(scope="module")
def world() -> World:
    teams = [(post,) for post in POSTS]
    teams += [(left, right) for left in POSTS for right in POSTS if left < right]
    people = [PersonRow("+".join(t), "staff", True, "", tuple((p, 2) for p in t)) for t in teams]
    day = date(2026, 1, 5)
    return World(
        compile_snapshot(epoch=1, day=day, matrix=MATRIX, branches=BRANCHES, people=people)
    )


def question(case: Case, classes: frozenset[int], purpose: Purpose, level: Level) -> Ask:
    return Ask(
        customer_id=OWN if case.own_record else "22222222-2222-7222-8222-222222222222",
        branch_id=case.branch,
        classes=classes,
        purpose=purpose,
        level=level,
        assigned=case.assigned,
        work_item_linked=case.linked,
        exposure=case.exposure,
    )


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_cell_decides_as_the_naive_evaluator_does(world, overlay):
    """Post x class x purpose x level: level and overlay are the same for each."""
    case = OVERLAYS[overlay]
    for post, item, purpose, level in product(POSTS, DataClass, Purpose, (1, 2)):
        made = world.decide((post,), case, question(case, frozenset({item}), purpose, Level(level)))
        wanted = naive(MATRIX, BRANCHES, [(post, 2)], case, item, purpose, level)
        assert (made.levels[item], made.overlay) == wanted, (post, item, purpose, level)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_two_posts_give_the_best_cell_of_both(world, overlay):
    """A person with two posts sees what the better one gives, by its own conditions."""
    case = OVERLAYS[overlay]
    pairs = [(a, b) for a in POSTS for b in POSTS if a < b]
    for pair, item, purpose in product(pairs, (DataClass.CONTACT, DataClass.HEALTH), Purpose):
        made = world.decide(pair, case, question(case, frozenset({item}), purpose, Level.CLEAR))
        held = [(post, 2) for post in pair]
        assert made.levels[item] == naive(MATRIX, BRANCHES, held, case, item, purpose, 2)[0]


@pytest.mark.parametrize("overlay", ["disabled", "own record"])
def test_a_forbid_overlay_leaves_nothing_of_any_cell(world, overlay):
    """Disabled accounts and own records show no class to anybody."""
    case = OVERLAYS[overlay]
    for post, purpose in product(POSTS, Purpose):
        made = world.decide(
            (post,), case, question(case, frozenset(DataClass), purpose, Level.MASKED)
        )
        assert set(made.levels.values()) == {Level.NONE}


@pytest.mark.parametrize("overlay", ["stale", "work item not linked", "quota spent"])
def test_these_overlays_leave_no_cell_clear(world, overlay):
    """Nothing is clear while one of them holds, except where a second person stands for the work item."""
    case = OVERLAYS[overlay]
    for post, purpose in product(POSTS, Purpose):
        made = world.decide(
            (post,), case, question(case, frozenset(DataClass), purpose, Level.CLEAR)
        )
        assert Level.CLEAR not in made.levels.values()


def test_of_several_classes_the_first_hurdle_is_named(world):
    """Contact is clear for an adjuster's claim, credentials are in no cell: the answer says no cell."""
    classes = frozenset({DataClass.CONTACT, DataClass.CREDENTIAL})
    made = world.decide(
        ("claims_adjuster",), PLAIN, question(PLAIN, classes, Purpose.CLAIM, Level.CLEAR)
    )
    assert made.overlay == "no_cell"
    assert made.levels[DataClass.CONTACT] is Level.CLEAR
    assert made.cell == "claims_adjuster.1"
    assert made.quota_left == 200


@pytest.mark.parametrize(
    ("used", "left", "overlay"), [(0, 100, ""), (99, 1, ""), (100, 0, "quota_spent")]
)
def test_while_the_trail_is_strained_a_quota_is_half(world, used, left, overlay):
    """An adjuster's 200 clear values a day are 100 until the tree has caught up."""
    person = world.snapshot.people["claims_adjuster"]
    ask = question(PLAIN, frozenset({DataClass.CONTACT}), Purpose.CLAIM, Level.CLEAR)
    made = decide(
        world.snapshot, person, Moment(Channel.PAGE, True, True, used, strained=True), ask
    )
    assert (made.quota_left, made.overlay) == (left, overlay)
    assert decide(world.snapshot, person, Moment(Channel.PAGE, True, True, used), ask).overlay == ""
