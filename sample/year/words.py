"""Reads what the people of the sample insurer say and write: `sample/data/year.yaml`."""

from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

FILE = Path(__file__).parents[1] / "data" / "year.yaml"


@cache
def told() -> dict[str, Any]:
    """The file as it stands."""
    return cast("dict[str, Any]", yaml.safe_load(FILE.read_text(encoding="utf-8")))
