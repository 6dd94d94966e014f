"""Hold values against Tutela's own path: the column path of an import, which the tests compare with the others."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random

from tutela.crypto.errors import BadValue
from tutela.crypto.normalise import Transform, normalise
from tutela.detect.values import clean_column

from . import values
from .made import TODAY
from .values import Kind

TELEPHONES = frozenset({"phone", "mobile", "landline"})
MOST_EXAMPLES = 5


@dataclass(slots=True)
class Count:
    """What became of the values of one kind. `lost` are right values that were stored as another text."""

    kind: Kind
    valid: int = 0
    invalid: int = 0
    rejected: list[tuple[str, str]] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)
    accepted: list[tuple[str, str]] = field(default_factory=list)
    problems: Counter[str] = field(default_factory=Counter)

    @property
    def false_rejects(self) -> float:
        """Share of right values that were rejected or changed."""
        return (len(self.rejected) + len(self.lost)) / self.valid if self.valid else 0.0

    @property
    def false_accepts(self) -> float:
        """Share of wrong values that were stored."""
        return len(self.accepted) / self.invalid if self.invalid else 0.0

    @property
    def is_good(self) -> bool:
        """At most 0.1 % and 0.5 %, and none that a check digit could have told."""
        most = 0 if self.kind.checked else 0.005
        return self.false_rejects <= 0.001 and self.false_accepts <= most


def judge(kind: Kind, count: int, seed: int) -> Count:
    """Make and judge `count` right and `count` wrong values."""
    random = Random(f"{seed}/{kind.id}")
    result = Count(kind)
    _judge_valid(result, [kind.valid(random) for _ in range(count)])
    _judge_invalid(result, [values.invalid(random, kind) for _ in range(count)])
    return result


def _judge_valid(result: Count, made: list[tuple[str, str]]) -> None:
    written = [text for text, _stored in made]
    cleaned, problems = clean_column(result.kind.id, written, TODAY)
    wrong = {index: problem.code for index, problem in problems}
    result.valid = len(made)
    for index, (text, stored) in enumerate(made):
        if index in wrong:
            result.rejected.append((text, wrong[index]))
        elif _as_compared(result.kind.id, cleaned[index]) != stored:
            result.lost.append((text, f"{cleaned[index]} for {stored}"))


def _as_compared(kind: str, text: str) -> str:
    """Telephones are compared as E.164 with their extension, all others as they are stored."""
    if kind not in TELEPHONES:
        return text
    try:
        number = normalise(Transform.PHONE, text)
    except BadValue:
        return text
    _, dash, extension = text.partition("-")
    return number + dash + extension


def _judge_invalid(result: Count, made: list[str]) -> None:
    cleaned, problems = clean_column(result.kind.id, made, TODAY)
    wrong = {index for index, _problem in problems}
    result.problems.update(problem.code for _index, problem in problems)
    result.invalid = len(made)
    for index, text in enumerate(made):
        if index not in wrong and cleaned[index]:
            result.accepted.append((text, cleaned[index]))
