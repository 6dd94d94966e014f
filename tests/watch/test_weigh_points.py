"""Points halve every three days, settings are those of the moment and the post, and a justified rule rests."""

import pytest

from tests.watch.stage import ANN, DAY, VIEW, VIP, Small, Stage, person
from tutela.watch.scoring import opens_case, score
from tutela.watch.thresholds import Book, Muted, Version
from tutela.watch.world import Place


def test_points_halve_every_three_days():
    """By whole days, in any order; what lies ahead does not count yet."""
    assert score([(10, 80)], 10) == 80
    assert score([(10, 80)], 13) == 40
    assert score([(13, 20), (10, 80)], 13) == score([(10, 80), (13, 20)], 13) == 60
    assert score([(14, 80)], 13) == 0
    assert score([(10, 100)], 41) == 0


@pytest.mark.parametrize(("points", "told"), [(99, False), (100, True), (101, True)])
def test_a_case_opens_at_a_hundred(points, told):
    """Or at once, where the rule is critical."""
    assert opens_case([(1, points - 50), (1, 50)], 1, critical=False) is told
    assert opens_case([(1, 1)], 1, critical=True)


def burst(stage, n, day=0, who=ANN):
    return [stage.leaf(day=day, minute=600 + k / 10, who=who, customers=[10 * k]) for k in range(n)]


def version(stage, day, number, post="", active=True, **values):
    told = {"customers": 25, "minutes": 10, "times": 3, **values}
    return Version("R1", post, number, active, told, stage.begin + day * DAY)


def test_thresholds_are_those_of_the_moment():
    """A change holds from its moment on; an alert names the version that applied."""
    empty = Stage()
    stage = Stage(
        book=Book([version(empty, 2, 1, customers=5), version(empty, 4, 2, active=False)])
    )
    assert "R1" not in stage.rules(*burst(stage, 5))
    (found,) = [
        one for one in stage.play(*burst(stage, 5, day=2, who=person(5))) if one.rule == "R1"
    ]
    assert (found.setting, found.threshold) == (1, 50)
    assert "R1" not in stage.rules(*burst(stage, 60, day=4, who=person(6)))


def test_thresholds_of_a_post_go_before_those_of_all():
    """Each post may have its own."""
    empty = Stage()
    book = Book(
        [
            version(empty, 0, 1, customers=5),
            version(empty, 0, 2, post="claims_adjuster", customers=9),
        ]
    )
    world = Small(posts={person(2): Place("claims_adjuster", 1)})
    stage = Stage(world, book)
    assert "R1" in stage.rules(*burst(stage, 5))
    assert "R1" not in stage.rules(*burst(stage, 8, who=person(2)))
    assert "R1" in stage.rules(*burst(stage, 9, day=1, who=person(2)))


def test_a_justified_rule_rests_for_the_person():
    """Only that rule, only that person, only until then."""
    empty = Stage()
    book = Book((), [Muted("R8", ANN, empty.begin, empty.begin + 90 * DAY)])
    stage = Stage(book=book)
    assert not stage.rules(stage.leaf(event=VIEW, customers=[VIP]))
    assert stage.rules(stage.leaf(event=VIEW, who=person(2), customers=[VIP])) == {"R8"}
    assert "R8" in stage.rules(stage.leaf(day=90, event=VIEW, customers=[VIP]))
