"""Read the lists of this package; called once, when the modules that use them are imported."""

from importlib.resources import files


def sections(file: str) -> dict[str, str]:
    """The text of each section by name. A section is a line "name:" followed by indented lines."""
    texts: dict[str, str] = {}
    name = ""
    for line in files(__package__).joinpath(file).read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            texts[name] += line
        elif line and not line.startswith("#"):
            name = line.removesuffix(":")
            texts[name] = ""
    return texts


def words(file: str) -> dict[str, tuple[str, ...]]:
    """`sections`, split into words."""
    return {name: tuple(text.split()) for name, text in sections(file).items()}
