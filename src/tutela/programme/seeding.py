"""Reads what the policy says: `seed.yaml` for words and duties, `promises.py` for the numbers."""

from functools import cache
from importlib import resources
from typing import Any, cast

from tutela.base.shipped import read_yaml


@cache
def policy() -> dict[str, Any]:
    """Measures by code, targets by id, the list of duties, as the file has them."""
    text = resources.files(__package__).joinpath("seed.yaml").read_text(encoding="utf-8")
    return cast("dict[str, Any]", read_yaml(text))
