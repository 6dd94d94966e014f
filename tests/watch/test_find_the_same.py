"""The same work gives the same alerts: whatever order, batch, name or week it comes in."""

import random
from datetime import date

import pytest

from sample.watched.attacks import inject
from sample.watched.evaluate import engine_of, evaluate, play, watch
from sample.watched.leaves import written

PEOPLE, DAYS, SEED = 36, 60, 11
LATE = 5 * 60_000


def begins(weeks=0):
    return date.fromordinal(date(2026, 3, 2).toordinal() + 7 * weeks)


def insurer_of(**told):
    """With one attack of each rule that a short run can hold."""
    insurer = play(SEED, PEOPLE, told.pop("begins", begins()), DAYS, **told)
    inject(insurer, SHORT)
    return insurer


def names(findings):
    """What makes an alert: rule, who, day, weight."""
    return sorted(
        (one.rule, one.person, one.customer, one.day, one.points, one.critical) for one in findings
    )


from sample.watched import attacks  # noqa: E402

SHORT = tuple(
    one for one in attacks.ATTACKS
    if one not in (attacks.wakes, attacks.drip, attacks.drift, attacks.mover, attacks.leaver, attacks.break_glass)
)  # fmt: skip


@pytest.fixture(scope="module")
def insurer():
    return insurer_of()


@pytest.fixture(scope="module")
def leaves(insurer):
    return written(insurer)


@pytest.fixture(scope="module")
def expected(insurer, leaves):
    findings = watch(engine_of(insurer), leaves)
    assert len({one.rule for one in findings}) > 14
    return findings


def test_late_doubled_and_shuffled_leaves(insurer, leaves, expected):
    """Each leaf up to five minutes late, every third twice, in the order in which they happen to come."""
    rng = random.Random(5)
    coming = [(int(one.leaf_id.hex[:12], 16) + rng.randrange(LATE), one) for one in leaves]
    coming += [(at + rng.randrange(1_000), one) for at, one in coming[::3]]
    shuffled = [one for _at, one in sorted(coming, key=lambda pair: pair[0])]
    assert [one.index for one in shuffled] != sorted(one.index for one in shuffled)
    assert names(watch(engine_of(insurer), shuffled)) == names(expected)


def test_batches_of_any_size(insurer, leaves, expected):
    """To the leaf: the evidence, too."""
    engine = engine_of(insurer)
    findings, at, rng = [], 0, random.Random(6)
    while at < len(leaves):
        size = rng.randrange(1, 900)
        findings += engine.feed(leaves[at : at + size])
        at += size
    findings += engine.advance(engine.newest_ms + 2 * 86_400_000)
    assert findings == expected


def test_a_replay_reproduces_every_alert(insurer, leaves, expected):
    """Rule, version, thresholds, leaves and what was compared."""
    assert watch(engine_of(insurer), leaves) == expected
    for one in expected:
        assert list(one.leaves) == sorted(set(one.leaves))
        assert one.leaves
        assert one.rule_version >= 1


def test_other_names(insurer, expected):
    """Everybody has another id: the same alerts of the same people."""
    other = insurer_of(salt="other")
    same = {b.id: a.id for a, b in zip(insurer.people, other.people, strict=True)}
    same[other.server.id] = insurer.server.id
    same[""] = ""
    assert same.keys() - {""} != set(same.values()) - {""}
    findings = watch(engine_of(other), written(other))
    told = [(f.rule, same[f.person], f.customer, f.day, f.points, f.critical) for f in findings]
    assert sorted(told) == names(expected)


def test_other_weeks(expected):
    """A year later, to the week: the same alerts, a year later."""
    later = insurer_of(begins=begins(weeks=52))
    findings = watch(engine_of(later), written(later))
    told = [(f.rule, f.person, f.customer, f.day - 364, f.points, f.critical) for f in findings]
    assert sorted(told) == names(expected)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_recall_and_budget_of_a_few_seeds(seed):
    """All 90 days and attacks; fifty seeds are `python -m benchmarks watch` and docs/benchmarks.md."""
    outcome = evaluate(seed, 60, begins(), 90)
    assert sum(outcome.found.values()) >= 0.95 * sum(outcome.injected.values()), outcome.missed
    assert outcome.per_hundred <= 2
