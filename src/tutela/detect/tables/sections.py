"""Reads the lists of this package, once, when the modules that use them are imported."""

from __future__ import annotations

from importlib.resources import files


def sections(file: str) -> dict[str, str]:
    """Text of each section by name. A section is a line "name:" and the indented lines below."""
    found: dict[str, str] = {}
    name = ""
    for line in files(__package__).joinpath(file).read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            found[name] += line
        elif line and not line.startswith("#"):
            name = line.removesuffix(":")
            found[name] = ""
    return found


def words(file: str) -> dict[str, tuple[str, ...]]:
    """The same, with each section cut into words at blanks."""
    return {name: tuple(text.split()) for name, text in sections(file).items()}
