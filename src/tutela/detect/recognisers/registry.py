"""What a recogniser is, and the list of all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tutela.detect.classes import CLASSES, LEVEL_0197, DataClass, Level
from tutela.detect.normal import half_width

PASS = 0.5
PASS_WITH_HEADER = 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Recogniser:
    """One kind of value.

    `score` takes half-width, stripped text and gives 0 (is not) to 1 (surely is). A value
    passes from PASS up; under a header that names the kind, from PASS_WITH_HEADER up.
    `rank` settles overlaps: the lower, the more specific. `covers` names narrower kinds.
    """

    id: str
    name_en: str
    name_zh: str
    data_class: DataClass
    score: Callable[[str], float]
    must_match: tuple[str, ...]
    must_not_match: tuple[str, ...]
    rank: int = 50
    level: Level | None = None
    needs_header: bool = False
    covers: tuple[str, ...] = ()

    def validate(self, value: str) -> float:
        """Score of one value as it stands in a file: full width and spaces allowed."""
        return self.score(half_width(value))

    @property
    def jrt0171(self) -> Level:
        """Level of JR/T 0171: its own, else that of its class."""
        return self.level or CLASSES[self.data_class].jrt0171

    @property
    def jrt0197(self) -> int:
        """Level of JR/T 0197, 1 to 5."""
        return LEVEL_0197[self.jrt0171]

    @property
    def sensitive(self) -> bool:
        """Whether its class counts as sensitive personal information."""
        return CLASSES[self.data_class].sensitive


REGISTRY: dict[str, Recogniser] = {}


def register(recogniser: Recogniser) -> Recogniser:
    """Add one to the list; an id may be taken once."""
    if recogniser.id in REGISTRY:
        raise ValueError(recogniser.id)
    REGISTRY[recogniser.id] = recogniser
    return recogniser


def covers(wider: str, narrower: str) -> bool:
    """Whether a field that takes `wider` also takes a column found to be `narrower`."""
    return wider == narrower or (wider in REGISTRY and narrower in REGISTRY[wider].covers)
