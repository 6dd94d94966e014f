"""Temporary access adds what it names and nothing else: for every draw of people, clocks, classes and customers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutela.access import matrix
from tutela.access.asks import Ask
from tutela.access.compile import BranchRow, PersonRow, compile_snapshot
from tutela.access.decide import Moment, decide
from tutela.access.errors import MatrixInvalid
from tutela.access.levels import Level
from tutela.access.live_access import LiveAccess
from tutela.access.matrix_rules import validate
from tutela.access.plan import make_plan
from tutela.access.posts import POSTS
from tutela.access.purposes import Purpose
from tutela.access.temporary_access import WidenedDecision, can_widen, widen, widen_plan
from tutela.base.actor import Channel
from tutela.detect.classes import DataClass
from tutela.trail.leaves import Exposure

MATRIX = matrix.from_yaml(matrix.seeded_text())
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
CUSTOMERS = ("a", "b", "own")
CLASSES = tuple(int(item) for item in DataClass)
SNAPSHOT = compile_snapshot(
    epoch=1,
    day=date(2026, 1, 5),
    matrix=MATRIX,
    branches=[BranchRow(1, None), BranchRow(2, 1), BranchRow(3, 1)],
    people=[
        PersonRow(f"{post}-{active}", "staff", active, "own", ((post, 2),))
        for post in POSTS
        for active in (True, False)
    ],
)
minutes = st.integers(-90, 90)
purposes = st.sampled_from(tuple(Purpose))
classes = st.frozensets(st.sampled_from(CLASSES), min_size=1, max_size=4)


@st.composite
def accesses(draw: st.DrawFn) -> LiveAccess:
    started = NOON + timedelta(minutes=draw(minutes))
    return LiveAccess(
        id=draw(st.uuids()).hex,
        kind="request",
        asker="x",
        branch=2,
        customers=frozenset(draw(st.sets(st.sampled_from(CUSTOMERS), min_size=1))),
        classes=draw(classes),
        purpose=draw(purposes),
        started=started,
        until=started + timedelta(minutes=draw(st.integers(1, 60))),
        session=draw(st.sampled_from(("", "this", "other"))),
        approvers=(),
    )


asks = st.builds(
    Ask,
    customer_id=st.sampled_from(CUSTOMERS),
    branch_id=st.sampled_from((2, 3, 99)),
    classes=classes,
    purpose=purposes,
    level=st.sampled_from((Level.MASKED, Level.CLEAR)),
    assigned=st.booleans(),
    work_item_linked=st.booleans(),
    exposure=st.sampled_from((Exposure.DETAIL_MASKED, Exposure.CLEAR)),
)
people = st.sampled_from(sorted(SNAPSHOT.people))


@settings(max_examples=1_500, deadline=None)
@given(people, asks, st.lists(accesses(), max_size=4), st.booleans(), st.booleans())
def test_no_access_outlives_its_clock_its_classes_or_its_customers(
    name: str, ask: Ask, live: list[LiveAccess], second_factor: bool, fresh: bool
) -> None:
    """What is widened rests on one access that names it all, now; what was refused for good stays refused; and what
    one access does give, is given."""
    person = SNAPSHOT.people[name]
    plain = decide(SNAPSHOT, person, Moment(Channel.PAGE, second_factor, fresh, 0), ask)
    got = widen(live, ask, plain, "this", second_factor, NOON)
    lacking = {item for item, level in plain.levels.items() if level < ask.level}
    sensitive = any(DataClass(item).about.sensitive for item in lacking)
    fits = [
        one
        for one in live
        if ask.customer_id in one.customers
        and lacking <= one.classes
        and ask.purpose == one.purpose
        and one.started <= NOON < one.until
        and one.session in ("", "this")
    ]
    hard = plain.overlay in ("", "account_disabled", "stale", "own_record")
    may = bool(fits) and not hard and (second_factor or not sensitive or ask.level is Level.MASKED)
    assert isinstance(got, WidenedDecision) == may
    if isinstance(got, WidenedDecision):
        assert got.request in [one.id for one in fits]
        assert not got.overlay
        assert all(got.levels[item] == max(plain.levels[item], ask.level) or item not in lacking
                   for item in ask.classes)  # fmt: skip
        assert {item for item in ask.classes if got.levels[item] != plain.levels[item]} <= lacking
    else:
        assert got is plain


@settings(max_examples=600, deadline=None)
@given(
    people,
    purposes,
    st.lists(accesses(), max_size=4),
    st.sampled_from(CUSTOMERS),
    st.sampled_from((2, 3)),
)
def test_a_page_offers_no_more_than_a_look_is_given(
    name: str, purpose: Purpose, live: list[LiveAccess], customer: str, branch: int
) -> None:
    """Each class that the widened plan shows beyond the plain one is one that the gate then lets be opened."""
    person = SNAPSHOT.people[name]
    if not person.active:
        return
    plain = make_plan(
        SNAPSHOT, person, Channel.PAGE, True, CLASSES, purpose, Exposure.DETAIL_MASKED
    )
    before = plain.row(customer, branch, False)
    after = widen_plan(plain, live, "this", NOON).row(customer, branch, False)
    more = frozenset(item for item in CLASSES if after[item] > before[item])
    if not more:
        assert dict(after) == dict(before)
        return
    assert customer != "own"
    for level, exposure in ((Level.MASKED, Exposure.DETAIL_MASKED), (Level.CLEAR, Exposure.CLEAR)):
        ask = Ask(
            customer_id=customer, branch_id=branch, classes=more, purpose=purpose, level=level,
            assigned=False, work_item_linked=False, exposure=exposure,
        )  # fmt: skip
        decision = decide(SNAPSHOT, person, Moment(Channel.PAGE, True, True, 0), ask)
        assert not widen(live, ask, decision, "this", True, NOON).overlay


@pytest.mark.parametrize("channel", list(Channel))
def test_nothing_leaves_but_by_a_page(channel: Channel) -> None:
    """No list, export or print, and no other door."""
    open_ways = {exposure for exposure in Exposure if can_widen(channel, exposure)}
    wanted = {Exposure.DETAIL_MASKED, Exposure.CLEAR} if channel is Channel.PAGE else set()
    assert open_ways == wanted


@pytest.mark.parametrize("post", ["security_admin", "auditor", "machine", "hr_trainer"])
def test_the_matrix_names_no_post_without_data_for_break_glass(post: str) -> None:
    """An administrator who could take data in an emergency would be none."""
    text = matrix.seeded_text().replace(
        "posts: [claims_adjuster", f"posts: [{post}, claims_adjuster"
    )
    with pytest.raises(MatrixInvalid, match="break_glass_post_without_data"):
        validate(matrix.from_yaml(text))


@pytest.mark.parametrize(
    "posts", ["[nobody]", "service_agent", "[service_agent, service_agent]", "[1]"]
)
def test_a_matrix_that_names_break_glass_wrongly_is_refused(posts: str) -> None:
    """With the place."""
    text = matrix.seeded_text().replace(
        "posts: [claims_adjuster, service_agent]", f"posts: {posts}"
    )
    with pytest.raises(MatrixInvalid, match="break_glass"):
        matrix.from_yaml(text)


def test_an_older_matrix_names_nobody_until_it_is_completed() -> None:
    """Then the seed's posts; one that says nobody keeps nobody."""
    text = matrix.seeded_text()
    older = matrix.from_yaml(
        text.replace("break_glass:\n  posts: [claims_adjuster, service_agent]\n", "")
    )
    assert older.break_glass == ()
    assert matrix.completed(older, MATRIX).break_glass == MATRIX.break_glass
    nobody = matrix.from_yaml(text.replace("posts: [claims_adjuster, service_agent]", "posts: []"))
    assert matrix.completed(nobody, MATRIX).break_glass == ()
    assert matrix.from_canonical(MATRIX.canonical) == MATRIX
