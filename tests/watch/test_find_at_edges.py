"""Each rule is silent one below its threshold, and fires at it (or one above, where the rule says "more than")."""

import pytest

from tests.watch.stage import (
    ANN,
    CANARY,
    COLLEAGUE,
    DAY,
    OWN,
    REVEAL,
    SEARCH,
    SPOUSE,
    VIEW,
    VIP,
    Small,
    Stage,
    person,
)
from tutela.watch.families import health
from tutela.watch.rules import RULES
from tutela.watch.thresholds import Book
from tutela.watch.world import Health, Place

DENIED = {"outcome": "deny", "code": "access.out_of_scope", "overlay": "out_of_scope"}


def fires(rule, leaves, world=None, day=None):
    """Whether a rule fires on leaves, which a function makes on a stage."""
    stage = Stage(world)
    found = stage.play(*leaves(stage))
    if day is not None:
        found += stage.end(day)
    return [one for one in found if one.rule == rule]


def edge(rule, leaves, at, **more):
    """Silent at `at` - 1, firing at `at` and `at` + 1."""
    told = [
        bool(fires(rule, lambda stage, n=n: leaves(stage, n), **more)) for n in (at - 1, at, at + 1)
    ]
    return told == [False, True, True]


def test_r1_customers_in_ten_minutes():
    """25; and 25 spread over eleven minutes are none."""
    assert edge(
        "R1",
        lambda s, n: [s.leaf(minute=600 + k * 9 / n, customers=[10 * k]) for k in range(n)],
        25,
    )
    assert not fires(
        "R1", lambda s: [s.leaf(minute=600 + k * 11.9 / 25, customers=[10 * k]) for k in range(25)]
    )


def test_r1_explained_customers_count_a_tenth():
    """250 of them are as 25."""
    world = Small(explained={(ANN, f"00000000-0000-7000-9000-{10 * k:012d}") for k in range(260)})

    def leaves(stage, n):
        return [stage.leaf(minute=600 + k * 9 / n, customers=[10 * k]) for k in range(n)]

    assert edge("R1", leaves, 250, world=world)


def test_r1_is_more_than_three_times_the_own_habit():
    """Who always clears ten in ten minutes must clear more than thirty."""

    def leaves(stage, n):
        usual = [
            stage.leaf(day=d, minute=600 + k / 2, customers=[7_000 * d + 100 * k])
            for d in range(20)
            for k in range(10)
        ]
        return usual + [
            stage.leaf(day=24, minute=600 + k * 9 / n, customers=[10 * k]) for k in range(n)
        ]

    assert edge("R1", leaves, 31)


def test_r2_customers_a_day():
    """More than 80, where colleagues open few."""
    assert edge(
        "R2",
        lambda s, n: [s.leaf(minute=500 + 5 * k, event=VIEW, customers=[10 * k]) for k in range(n)],
        81,
    )


def test_r2_is_above_the_peers():
    """Colleagues who open 70 a day make 70 + 6 × 7 the limit."""
    world = Small(posts={person(n): Place("service_agent", 1) for n in range(1, 7)})

    def leaves(stage, n):
        usual = [
            stage.leaf(day=d, minute=400 + 8 * k, who=person(p), event=VIEW, customers=[100_000 * p + 1_000 * d + 9 * k])
            for d in range(4) for p in range(2, 7) for k in range(70)
        ]  # fmt: skip
        return usual + [
            stage.leaf(day=7, minute=300 + 5 * k, event=VIEW, customers=[9 * k]) for k in range(n)
        ]

    assert edge("R2", leaves, 113, world=world)


def test_r3_weeks_of_little():
    """More than 120 distinct in 30 days where nobody else works; the same customers again are nothing."""

    def leaves(stage, n):
        return [
            stage.leaf(day=k // 10, minute=500 + 9 * (k % 10), event=VIEW, customers=[50 * k])
            for k in range(n)
        ]

    def again(stage):
        return [
            stage.leaf(
                day=k // 10, minute=500 + 9 * (k % 10), event=VIEW, customers=[50 * (k % 60)]
            )
            for k in range(200)
        ]

    assert edge("R3", leaves, 121, day=14)
    assert not fires("R3", again, day=20)


def test_r4_neighbours():
    """Twelve in steps of five; in steps of six none."""
    assert edge(
        "R4",
        lambda s, n: [s.leaf(minute=600 + k, event=VIEW, customers=[5 * k]) for k in range(n)],
        12,
    )
    assert not fires(
        "R4",
        lambda s: [s.leaf(minute=600 + k / 2, event=VIEW, customers=[6 * k]) for k in range(20)],
    )


def test_r4_misses():
    """Twenty searches without a hit in ten minutes."""
    assert edge(
        "R4",
        lambda s, n: [
            s.leaf(minute=600 + k * 9 / n, event=SEARCH, detail={"hits": 0}) for k in range(n)
        ],
        20,
    )
    went_on = {"hits": 0, "further": 1}
    assert not fires(
        "R4",
        lambda s: [s.leaf(minute=600 + k / 9, event=SEARCH, detail=went_on) for k in range(80)],
    ), "the ways of one search are one"


def test_r5_off_the_roster():
    """Three views more than an hour after the shift; without a roster the rule rests."""
    begin = Stage().begin

    def leaves(stage, n, minute=1_081.5):
        return [stage.leaf(minute=minute, customers=[10 * k]) for k in range(n)]

    world = Small(shifts=[(begin + 9 * 3_600_000, begin + 17 * 3_600_000)])
    assert edge("R5", leaves, 3, world=world)
    assert not fires("R5", lambda s: leaves(s, 9, 1_080), world=world)
    assert not fires("R5", lambda s: leaves(s, 9))


@pytest.mark.parametrize(
    ("rule", "whom"), [("R6", OWN), ("R7", SPOUSE), ("R8", COLLEAGUE), ("R8", VIP), ("R13", CANARY)]
)
def test_relations_fire_at_the_first_look(rule, whom):
    """One is enough; another customer is none."""
    assert fires(rule, lambda s: [s.leaf(event=VIEW, customers=[whom])])
    assert not fires(rule, lambda s: [s.leaf(event=VIEW, customers=[5])])


def test_work_explains_r8_but_not_r6_and_r7():
    """A work item of one's own is the assignment that R8 asks for."""
    world = Small(explained={(ANN, one) for one in (OWN, SPOUSE, COLLEAGUE, VIP)})
    for rule, whom, told in (
        ("R6", OWN, True),
        ("R7", SPOUSE, True),
        ("R8", COLLEAGUE, False),
        ("R8", VIP, False),
    ):
        assert (
            bool(fires(rule, lambda s, w=whom: [s.leaf(event=VIEW, customers=[w])], world=world))
            is told
        )


def test_r6_an_attempt_is_enough():
    """The gate refuses the own record; the attempt counts."""
    denied = {"outcome": "deny", "code": "access.own_record", "overlay": "own_record"}
    (found,) = fires(
        "R6", lambda s: [s.leaf(event=VIEW, exposure="none", customers=[OWN], decision=denied)]
    )
    assert found.critical


def test_r9_views_without_work_a_day_later():
    """Ten, and more than a fifth; judged when the next day is over, and not before."""

    def leaves(stage, n):
        return [stage.leaf(minute=500 + 20 * k, customers=[50 * k]) for k in range(n)]

    assert edge("R9", leaves, 10, day=1)
    assert not fires("R9", lambda s: leaves(s, 12), day=0)


def test_r9_share():
    """Ten of fifty are a fifth, which is not more."""
    for every, told in ((50, False), (49, True)):
        known = {(ANN, f"00000000-0000-7000-9000-{50 * k:012d}") for k in range(10, every)}
        world = Small(explained=known)
        found = fires(
            "R9",
            lambda s, n=every: [s.leaf(minute=500 + 9 * k, customers=[50 * k]) for k in range(n)],
            world,
            1,
        )
        assert bool(found) is told


def test_r10_dormant_accounts_and_rights():
    """Sixty days for the account; ninety and three uses for a right."""
    assert edge(
        "R10", lambda s, n: [s.leaf(day=0, customers=[1]), s.leaf(day=n, customers=[2])], 60
    )

    def right(stage, uses, days=90):
        cell = {"decision": {"cell": "claims_adjuster.3"}}
        between = [stage.leaf(day=d, customers=[5]) for d in range(10, 90, 10)]
        again = [stage.leaf(day=days, minute=600 + k, customers=[6], **cell) for k in range(uses)]
        return [stage.leaf(day=0, customers=[4], **cell), *between, *again]

    assert edge("R10", right, 3)
    assert not fires("R10", lambda s: right(s, 9, days=89))


def test_r11_leavers():
    """More than 20 where nothing is usual, within thirty days, and any export."""
    day = Stage().monday

    def leaves(stage, n):
        return [stage.leaf(minute=500 + 9 * k, event=VIEW, customers=[50 * k]) for k in range(n)]

    assert edge("R11", leaves, 21, world=Small(leaves_on=day + 30))
    assert not fires("R11", lambda s: leaves(s, 60), world=Small(leaves_on=day + 31))
    export = {"event": "vault.customer.exported", "exposure": "export", "detail": {"rows": 5}}
    assert fires("R11", lambda s: [s.leaf(**export)], world=Small(leaves_on=day + 3))


def test_r12_movers():
    """The first view after three days of grace; three denials."""
    day = Stage().monday
    for ago, told in ((3, False), (4, True)):
        world = Small(left={7: day - ago}, branches={"00000000-0000-7000-9000-000000000005": 7})
        assert bool(fires("R12", lambda s: [s.leaf(event=VIEW, customers=[5])], world)) is told

    def denials(stage, n):
        return [
            stage.leaf(minute=600 + k, event=VIEW, exposure="none", customers=[5], decision=DENIED)
            for k in range(n)
        ]

    assert edge("R12", denials, 3, world=world)


def test_r13_a_list_is_little_and_a_search_is_critical():
    """Five points for being on a page of a list."""
    (listed,) = fires(
        "R13",
        lambda s: [
            s.leaf(event="vault.customer.listed", exposure="list_masked", customers=[1, CANARY])
        ],
    )
    assert (listed.points, listed.critical) == (5, False)
    (hit,) = fires(
        "R13",
        lambda s: [
            s.leaf(event=SEARCH, exposure="list_masked", customers=[CANARY], detail={"hits": 1})
        ],
    )
    assert hit.critical


def test_r14_exports():
    """More than 500 rows at once, more than 2,000 a day."""

    def export(stage, rows, minute=600):
        return stage.leaf(
            minute=minute, event="vault.customer.exported", exposure="export", detail={"rows": rows}
        )

    assert edge("R14", lambda s, n: [export(s, n)], 501)
    assert edge(
        "R14",
        lambda s, n: [*[export(s, 500, 600 + k) for k in range(4)], export(s, n - 2_000, 700)],
        2_001,
    )


def test_r15_break_glass():
    """The third start within thirty days; the sixth approval of one by another; a customer who was not named."""

    def starts(stage, n):
        return [
            stage.leaf(
                day=9 * k,
                event="access.break_glass.started",
                customers=[k],
                detail={"request": f"r{k}"},
            )
            for k in range(n)
        ]

    def approvals(stage, n):
        return [
            stage.leaf(
                day=3 * k, event="access.temporary_access.approved", detail={"target": person(2)}
            )
            for k in range(n)
        ]

    assert edge("R15", starts, 3)
    assert edge("R15", approvals, 6)
    for whom, told in ((1, False), (2, True)):
        found = fires("R15", lambda s, w=whom: [
            s.leaf(event="access.break_glass.started", customers=[1], detail={"request": "r"}),
            s.leaf(minute=610, customers=[w], decision={"request": "r"}),
        ])  # fmt: skip
        assert bool(found) is told


def test_r16_denials():
    """Ten in ten minutes, or over four classes."""

    def denials(stage, n):
        return [
            stage.leaf(minute=600 + k * 9 / n, event=VIEW, exposure="none", decision=DENIED)
            for k in range(n)
        ]

    def classes(stage, n):
        return [
            stage.leaf(
                minute=600 + k, event=VIEW, exposure="none", classes=[k + 1], decision=DENIED
            )
            for k in range(n)
        ]

    assert edge("R16", denials, 10)
    assert edge("R16", classes, 4)


def test_r17_networks():
    """A network not seen for more than fourteen days; two within five minutes."""

    def back(stage, n):
        usual = [stage.leaf(day=d, customers=[d], source="10.0.0.1") for d in range(0, n, 3)]
        return [
            stage.leaf(day=0, minute=500, customers=[0], source="172.16.0.9"),
            *usual,
            stage.leaf(day=n, customers=[9], source="172.16.0.7"),
        ]

    assert edge("R17", back, 15)
    for apart, told in ((4, True), (5, False)):
        found = fires("R17", lambda s, m=apart: [
            s.leaf(customers=[1], source="10.0.0.1"), s.leaf(minute=600 + m, customers=[2], source="10.0.1.1"),
        ])  # fmt: skip
        assert bool(found) is told


def test_r18_machine_accounts():
    """On a page at once; from another host; more than twice the usual volume, above 200."""
    batch = {"kind": "machine", "channel": "api", "source": "10.9.9.9"}
    assert fires("R18", lambda s: [s.leaf(customers=[1], kind="machine", channel="page")])
    assert not fires("R18", lambda s: [s.leaf(customers=[1], **batch)])

    def volume(stage, n):
        usual = [
            stage.leaf(day=d, customers=range(1_000 * d, 1_000 * d + 120), **batch)
            for d in range(6)
        ]
        return [*usual, stage.leaf(day=8, customers=range(50_000, 50_000 + n), **batch)]

    assert edge("R18", volume, 241)
    assert fires(
        "R18",
        lambda s: [
            s.leaf(customers=[1], **batch),
            s.leaf(day=1, customers=[1], **{**batch, "source": "10.1.1.1"}),
        ],
    )


def crowd(stage, days=12):
    """Colleagues of the post who state three purposes."""
    why = ("service", "complaint", "renewal")
    return [
        stage.leaf(day=d, minute=500 + 9 * k, who=person(p), purpose=why[k % 3], customers=[100_000 * p + 1_000 * d + 9 * k])
        for d in range(days) for p in range(2, 8) for k in range(9)
    ]  # fmt: skip


def test_r19_purposes():
    """Forty views of a week with one purpose; three of a class that nobody opens for it."""
    world = Small(posts={person(n): Place("service_agent", 1) for n in range(1, 8)})

    def one_purpose(stage, n):
        mine = [
            stage.leaf(day=14 + k // 10, minute=500 + 9 * (k % 10), customers=[13 * k])
            for k in range(n)
        ]
        return [*crowd(stage), *mine]

    def odd(stage, n):
        return [
            *crowd(stage),
            *[
                stage.leaf(day=14, minute=500 + k, classes=[9], customers=[13 * k])
                for k in range(n)
            ],
        ]

    assert edge("R19", one_purpose, 40, world=world, day=19)
    assert edge("R19", odd, 3, world=world)


def test_r20_searches_with_one_hit():
    """Fifteen in ten minutes; searches with two hits are none."""

    def searches(stage, n, hits=1):
        return [
            stage.leaf(
                minute=600 + k * 9 / n,
                event=SEARCH,
                exposure="list_masked",
                customers=[10 * k],
                detail={"hits": hits},
            )
            for k in range(n)
        ]

    assert edge("R20", searches, 15)
    assert not fires("R20", lambda s: searches(s, 30, hits=2))


def test_r21_a_hot_customer():
    """Eight people of three branches in a day; an open case explains it."""
    posts = {person(n): Place("service_agent", 1 + n % 3) for n in range(1, 12)}

    def looks(stage, n):
        return [
            stage.leaf(minute=500 + 9 * k, who=person(k + 1), event=VIEW, customers=[77])
            for k in range(n)
        ]

    assert edge("R21", looks, 8, world=Small(posts=posts))
    assert not fires(
        "R21",
        lambda s: looks(s, 11),
        world=Small(posts=posts, cases={f"00000000-0000-7000-9000-{77:012d}"}),
    )
    near = {one: Place("service_agent", 1 + n % 2) for n, one in enumerate(posts)}
    assert not fires("R21", lambda s: looks(s, 11), world=Small(posts=near))


def test_r22_readers_of_the_trail():
    """More than thirty people within the hour, or a file."""

    def reads(stage, n):
        return [
            stage.leaf(minute=600 + k, event="trail.leaves.searched", detail={"target": person(k)})
            for k in range(n)
        ]

    assert edge("R22", reads, 31)
    assert fires("R22", lambda s: [s.leaf(event="trail.leaves.exported")])


def test_r23_friends_and_administrators():
    """Who approves whom approves back; twenty posts in an hour; the matrix at night and on a Sunday."""

    def approval(stage, day, who, target):
        return stage.leaf(
            day=day,
            who=person(who),
            event="access.temporary_access.approved",
            detail={"target": person(target)},
        )

    assert fires("R23", lambda s: [approval(s, 0, 1, 2), approval(s, 29, 2, 1)])
    assert not fires("R23", lambda s: [approval(s, 0, 1, 2), approval(s, 30, 2, 1)])
    assert not fires(
        "R23", lambda s: [approval(s, 0, 1, 2), approval(s, 1, 2, 3), approval(s, 2, 3, 1)]
    )
    assert edge(
        "R23",
        lambda s, n: [s.leaf(minute=600 + k, event="access.assignment.changed") for k in range(n)],
        20,
    )
    for day, hour, told in (
        (0, 6, True),
        (0, 7, False),
        (0, 19, False),
        (0, 20, True),
        (6, 12, True),
    ):
        made = fires(
            "R23",
            lambda s, d=day, h=hour: [
                s.leaf(day=d, minute=60 * h, event="access.matrix.published")
            ],
        )
        assert bool(made) is told


def test_r24_the_trail_itself():
    """More than sixty seconds, fifteen minutes, two seconds; or anything broken. What is not known is not judged."""
    book = Book()
    for key, limit in (("lag_seconds", 60), ("minutes_without_quorum", 15), ("skew_seconds", 2)):
        told = [
            health.trail(Health(DAY, **{key: n}), book, 1) is not None
            for n in (limit - 1, limit, limit + 1)
        ]
        assert told == [False, False, True]
    assert health.trail(Health(DAY, broken=["chain"]), book, 1).critical
    assert health.trail(Health(DAY), book, 1) is None


def test_looks_that_another_system_reports_a_day_later():
    """Judged by the time told, whatever was done here since; one from the future by the time it came."""
    stage = Stage()

    def told(minute, number):
        detail = {"told_ms": stage.begin + round(minute * 60_000)}
        event, shown = "feeds.look.reported", "clear"
        return stage.leaf(
            day=1,
            minute=300,
            event=event,
            exposure=shown,
            channel="outside",
            customers=[number],
            detail=detail,
        )

    here = [stage.leaf(day=1, minute=200 + 9 * k, customers=[700 + k]) for k in range(5)]
    found = stage.play(*here, *[told(500 + k / 3, 10 * k) for k in range(25)])
    assert [(one.rule, one.day) for one in found] == [("R1", stage.monday)]
    later = Stage()
    ahead = later.leaf(
        event="feeds.look.reported",
        exposure="clear",
        customers=[CANARY],
        detail={"told_ms": later.begin + 9 * DAY},
    )
    (one,) = later.play(ahead)
    assert one.day == later.monday


def test_every_rule_has_its_edge():
    """A rule without a test here would be believed unseen."""
    named = {
        name.split("_")[1].upper()
        for name in globals()
        if name.startswith("test_r") and name[6].isdigit()
    }
    assert set(RULES) <= named | {"R6", "R7", "R8"}
    assert fires("R8", lambda s: [s.leaf(event=REVEAL, customers=[VIP])])
