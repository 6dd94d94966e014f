"""Reads YAML, the form of the files that ship with Tutela and of a matrix that an officer writes."""

from typing import Any, Final

import yaml

# libyaml where the package has it: ten times as fast, and every process reads some 7,000 lines at its start.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> Any:
    """The one document of `text`, of plain types only. yaml.YAMLError, with its place, when it is none."""
    return yaml.load(text, _LOADER)  # noqa: S506 both are safe loaders
