"""A slow evaluator of the matrix, written from the rules in words and from nothing of `decide.py`."""

from dataclasses import dataclass

from tutela.access.compile import BranchRow
from tutela.access.matrix import Matrix, Rule
from tutela.base.actor import Channel
from tutela.trail.leaves import Exposure

Outcome = tuple[int, str]
# The later a look stops, the closer it came; the answer tells the closest of a person's posts.
ORDER = [
    "account_disabled",
    "stale",
    "own_record",
    "no_cell",
    "out_of_scope",
    "channel_closed",
    "work_item_missing",
    "second_person_needed",
    "step_up_needed",
    "quota_spent",
]


@dataclass(frozen=True)
class Case:
    """Everything about a look but post, class, purpose and level."""

    active: bool = True
    fresh: bool = True
    own_record: bool = False
    linked: bool = True
    branch: int = 2
    assigned: bool = False
    exposure: Exposure = Exposure.CLEAR
    channel: Channel = Channel.PAGE
    second_factor: bool = True
    used: int = 0


def naive(matrix: Matrix, branches: list[BranchRow], posts, case: Case, item, purpose, wanted):
    """(level, overlay) for one class."""
    if not case.active:
        return 0, "account_disabled"
    if not case.fresh and wanted == 2:
        return 0, "stale"
    if case.own_record:
        return 0, "own_record"
    outcomes = [one_post(matrix, branches, post, case, item, purpose, wanted) for post in posts]
    level = max(found[0] for found in outcomes)
    if not case.fresh:
        level = min(level, 1)
    if level >= wanted:
        return level, ""
    return level, max(
        (found[1] for found in outcomes if found[0] == level), key=lambda word: ORDER.index(word)
    )


def one_post(matrix, branches, post, case, item, purpose, wanted) -> Outcome:
    rules = [
        rule
        for rule in matrix.rules
        if rule.level.name != "WRITE"
        and rule.post == post[0]
        and item in rule.classes
        and purpose in rule.purposes
    ]
    if not rules:
        return 0, "no_cell"
    (rule,) = rules
    if not covers(rule.scope.value, post[1], case, branches):
        return 0, "out_of_scope"
    if not open_ways(rule, case):
        return 0, "channel_closed"
    if case.exposure.value == "export" and rule.second_person:
        return 0, "second_person_needed"
    if rule.level.name == "MASKED":
        return 1, "" if wanted == 1 else "no_cell"
    return clear(rule, case)


def clear(rule: Rule, case: Case) -> Outcome:
    if rule.work_item and not case.linked:
        return 1, "work_item_missing"
    if rule.second_person:
        return 1, "second_person_needed"
    if rule.step_up and not case.second_factor:
        return 1, "step_up_needed"
    if case.used + 1 > rule.quota:
        return 1, "quota_spent"
    return 2, ""


def covers(scope: str, home: int, case: Case, branches: list[BranchRow]) -> bool:
    parents = {row.id: row.parent for row in branches}
    above, at = set(), case.branch if case.branch in parents else None
    while at is not None:
        above.add(at)
        at = parents[at]
    return {
        "own": case.assigned,
        "team": case.assigned or home in above,
        "branch": case.branch == home,
        "subtree": home in above,
        "all": True,
    }[scope]


def open_ways(rule: Rule, case: Case) -> bool:
    way = {"list_masked": "SEARCH", "export": "EXPORT", "print": "PRINT"}
    needed = {way.get(case.exposure.value, "VIEW")}
    if case.channel is Channel.API:
        needed.add("API")
    return needed <= {bit.name for bit in rule.channels}
