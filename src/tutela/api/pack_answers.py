"""What goes out of evidence packs; as `answers.py`, apart from it by size."""

from datetime import date
from uuid import UUID

from typing_extensions import TypedDict

from .answers import Moment


class PackOut(TypedDict):
    """One pack; both days are included. `fetched`: when it was fetched again."""

    id: UUID | None
    made_at: Moment
    first_day: date
    last_day: date
    figures: int
    sha256: str
    fetched: list[Moment]


class PacksOut(TypedDict):
    packs: list[PackOut]
