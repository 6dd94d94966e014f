"""What a matrix may say: invariants that hold for every cell, checked before it is published. Pure.

Each check yields the places that break it; `validate` raises MatrixInvalid for the first.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations

from tutela.detect.classes import DataClass

from . import permissions
from .errors import MatrixInvalid
from .levels import ChannelBit, Level
from .matrix import Matrix, Rule
from .posts import DATALESS, POSTS
from .purposes import Purpose, incompatible

Check = Callable[[Matrix], Iterator[str]]

MOST_RULES = 255  # a cell is one byte in the compiled table, and 0 means no cell
HEALTH_PURPOSES = frozenset({Purpose.CLAIM, Purpose.UNDERWRITING, Purpose.COMPLAINT})
NEVER_CLEAR_FOR = frozenset({Purpose.STATISTICS, Purpose.MARKETING, Purpose.TRAINING})
NEVER_CLEAR = frozenset({DataClass.CREDENTIAL, DataClass.BIOMETRIC})


def _clear(matrix: Matrix) -> Iterator[tuple[str, DataClass, Purpose, Rule]]:
    return (cell for cell in matrix.cells() if cell[3].level is Level.CLEAR)


def _cell_twice(matrix: Matrix) -> Iterator[str]:
    """A cell that two rules fill would mean whichever came last."""
    seen: set[tuple[str, DataClass, Purpose, bool]] = set()
    for post, data_class, purpose, rule in matrix.cells():
        cell = (post, data_class, purpose, rule.level is Level.WRITE)
        if cell in seen:
            yield rule.place
        seen.add(cell)


def _post_missing(matrix: Matrix) -> Iterator[str]:
    """Each post is named, even when it sees nothing, so that a reader finds it."""
    yield from sorted(POSTS.keys() - matrix.owners.keys())


def _too_many_rules(matrix: Matrix) -> Iterator[str]:
    yield from (rule.place for rule in matrix.rules[MOST_RULES:])


def _level_none(matrix: Matrix) -> Iterator[str]:
    """Nothing is said by a missing rule, not by a rule of level none."""
    yield from (rule.place for rule in matrix.rules if rule.level is Level.NONE)


def _health_without_cause(matrix: Matrix) -> Iterator[str]:
    for _, data_class, purpose, rule in _clear(matrix):
        if data_class is DataClass.HEALTH and purpose not in HEALTH_PURPOSES:
            yield rule.place


def _export_alone(matrix: Matrix) -> Iterator[str]:
    for rule in matrix.rules:
        if ChannelBit.EXPORT in rule.channels and not rule.second_person:
            yield rule.place


def _dataless_sees(matrix: Matrix) -> Iterator[str]:
    """The three administrators and the trainer see no customer data."""
    yield from (rule.place for rule in matrix.rules if rule.post in DATALESS)


def _machine_clear(matrix: Matrix) -> Iterator[str]:
    """The host's own account never holds a clear cell."""
    yield from (rule.place for post, _, _, rule in _clear(matrix) if post == "machine")


def _purpose_clear(matrix: Matrix) -> Iterator[str]:
    yield from (rule.place for _, _, purpose, rule in _clear(matrix) if purpose in NEVER_CLEAR_FOR)


def _class_clear(matrix: Matrix) -> Iterator[str]:
    yield from (rule.place for _, item, _, rule in _clear(matrix) if item in NEVER_CLEAR)


def _clear_without_quota(matrix: Matrix) -> Iterator[str]:
    yield from (rule.place for _, _, _, rule in _clear(matrix) if rule.quota < 1)


def _clear_without_cause(matrix: Matrix) -> Iterator[str]:
    """Clear values hang on a work item or on a second person's consent."""
    for _, _, _, rule in _clear(matrix):
        if not (rule.work_item or rule.second_person):
            yield rule.place


def _masked_with_quota(matrix: Matrix) -> Iterator[str]:
    """Conditions of clear values on a masked rule would read as if they did something."""
    for rule in matrix.rules:
        if rule.level is Level.MASKED and (rule.quota or rule.work_item or rule.step_up):
            yield rule.place


def _writes(matrix: Matrix) -> Iterator[tuple[str, DataClass, Purpose, Rule]]:
    return (cell for cell in matrix.cells() if cell[3].level is Level.WRITE)


def _write_with_conditions(matrix: Matrix) -> Iterator[str]:
    """Conditions of clear values, and ways out, mean nothing where nothing is shown."""
    for rule in matrix.rules:
        if rule.level is Level.WRITE and (
            rule.quota or rule.work_item or rule.step_up or rule.second_person
        ):
            yield rule.place


def _write_by_ways_out(matrix: Matrix) -> Iterator[str]:
    """A page, the shell and a file are the channel view; another system comes by api."""
    for rule in matrix.rules:
        if rule.level is Level.WRITE and rule.channels & ~(ChannelBit.VIEW | ChannelBit.API):
            yield rule.place


def _write_purpose(matrix: Matrix) -> Iterator[str]:
    """Nobody changes a customer's data to count, to sell or to train."""
    yield from (rule.place for _, _, purpose, rule in _writes(matrix) if purpose in NEVER_CLEAR_FOR)


def _write_unseen(matrix: Matrix) -> Iterator[str]:
    """Whoever writes a class must at least be shown its masks for the same purpose."""
    seen = {cell[:3] for cell in matrix.cells() if cell[3].level >= Level.MASKED}
    yield from (cell[3].place for cell in _writes(matrix) if cell[:3] not in seen)


def _purposes_apart(matrix: Matrix) -> Iterator[str]:
    by_post: dict[str, set[Purpose]] = {}
    for rule in matrix.rules:
        by_post.setdefault(rule.post, set()).update(rule.purposes)
    for post, purposes in by_post.items():
        if any(incompatible(left, right) for left, right in combinations(sorted(purposes), 2)):
            yield post


def _edits_and_approves(_matrix: Matrix) -> Iterator[str]:
    """Nobody both edits the matrix and approves it; a matter of posts, asked here with the rest."""
    yield from sorted(permissions.MATRIX_PROPOSE.posts & permissions.MATRIX_APPROVE.posts)


def _break_glass_without_data(matrix: Matrix) -> Iterator[str]:
    """Break-glass is for posts that work with customers: no administrator, no machine."""
    for code in matrix.break_glass:
        if code in DATALESS or POSTS[code].kind != "staff":
            yield code


INVARIANTS: Mapping[str, Check] = {
    "cell_twice": _cell_twice,
    "post_missing": _post_missing,
    "too_many_rules": _too_many_rules,
    "level_none": _level_none,
    "health_without_cause": _health_without_cause,
    "export_without_second_person": _export_alone,
    "post_without_data_sees_data": _dataless_sees,
    "machine_account_clear": _machine_clear,
    "purpose_never_clear": _purpose_clear,
    "class_never_clear": _class_clear,
    "clear_without_quota": _clear_without_quota,
    "clear_without_work_item_or_second_person": _clear_without_cause,
    "masked_with_conditions_of_clear": _masked_with_quota,
    "write_with_conditions_of_clear": _write_with_conditions,
    "write_by_other_channels": _write_by_ways_out,
    "purpose_never_written": _write_purpose,
    "writes_what_it_does_not_see": _write_unseen,
    "incompatible_purposes": _purposes_apart,
    "edits_and_approves": _edits_and_approves,
    "break_glass_post_without_data": _break_glass_without_data,
}


def validate(matrix: Matrix) -> None:
    """Raise MatrixInvalid(rule, place) for the first invariant that a cell breaks."""
    for name, check in INVARIANTS.items():
        for place in check(matrix):
            raise MatrixInvalid(rule=name, place=place)
