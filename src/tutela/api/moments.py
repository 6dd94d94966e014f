"""A moment as a caller writes it."""

import re
from datetime import datetime
from typing import Annotated

from pydantic import BeforeValidator

_DAY_FIRST = re.compile(r"\d{4}-\d\d-\d\d")


def _check_day(given: object) -> object:
    """pydantic takes bare digits as seconds since 1970: 20261128 would be a day in August of that year."""
    if isinstance(given, str) and not _DAY_FIRST.match(given):
        raise ValueError
    return given


Moment = Annotated[datetime, BeforeValidator(_check_day)]
