"""Makes the Chinese message catalogue: `python -m tools.messages [--check]`.

Sources: English strings in gettext calls of Python files and in translation tags of templates, the help
of the shell (the docstrings of its commands and the `help` of its options), and what `detect` declares.
The Chinese stands in `src/tutela/locale/zh_Hans/<room>.yaml`, one flat map a room. The compiled catalogue
is not committed.
`--check` writes nothing and ends non-zero when a string has no Chinese, a Chinese string has no
source, a string is given two ways in two rooms, or the placeholders of the two languages differ.
"""

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo

from tutela.cli.translations import source_of
from tutela.detect.classes import CLASSES
from tutela.detect.columns import REASONS
from tutela.detect.recogniser import NUMBER_LOSSY
from tutela.detect.recognisers import REGISTRY

SOURCE = Path(__file__).parents[1] / "src" / "tutela"
CHINESE = SOURCE / "locale" / "zh_Hans"
TARGET = CHINESE / "LC_MESSAGES" / "django.mo"
FUNCTIONS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "N_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
}
_PLACE = re.compile(r"%\((\w+)\)[sdif]|%[sd]|\{(\w*)\}")


def main(arguments: list[str]) -> int:
    if "--check" in arguments:
        found = faults()
        for fault in found:
            print(fault)
        print(f"{len(found)} faults")
        return 1 if found else 0
    given, _ = given_texts()
    _write(given)
    print(f"{len(given)} strings written", file=sys.stderr)
    return 0


def faults() -> list[str]:
    """One line for each string that lacks its counterpart, with its place."""
    given, found = given_texts()
    return found + list(_gaps(dict(_wanted()), given))


def _wanted() -> Iterator[tuple[str, str]]:
    """Each source string with the place where it stands."""
    yield from _texts_of_detect()
    for path in sorted(SOURCE.rglob("*.py")):
        yield from _strings(path, path.read_bytes())
    for path in sorted(SOURCE.rglob("templates/**/*.html")):
        yield from _strings(path, _templatized(path).encode())
    for path in sorted((SOURCE / "cli").glob("*.py")):
        for node, text in _help_of_shell(ast.parse(path.read_bytes())):
            yield source_of(text), f"{path.relative_to(SOURCE)}:{node.lineno}"


NAMED = re.compile(r"\.(command|callback)\(")


def _help_of_shell(tree: ast.Module) -> Iterator[tuple[ast.expr | ast.FunctionDef, str]]:
    """Each `help="..."`, and the docstring of each function that is named in `.command("...")(function)`."""
    functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "help":
            if isinstance(node.value, ast.Constant):
                yield node.value, str(node.value.value)
        elif isinstance(node, ast.Call) and NAMED.search(ast.unparse(node.func)):
            command = functions[ast.unparse(node.args[0])]
            yield command, ast.get_docstring(command) or ""


def _templatized(path: Path) -> str:
    """A template as the gettext calls that Django makes of it; its indentation is no Python's."""
    from django.conf import settings
    from django.utils.translation.template import templatize

    if not settings.configured:
        settings.configure(USE_I18N=True)
    calls = templatize(path.read_text(encoding="utf-8"), origin=path.name)
    return "\n".join(line.lstrip() for line in calls.split("\n"))


def _strings(path: Path, code: bytes) -> Iterator[tuple[str, str]]:
    for line, message, _, _ in extract("python", BytesIO(code), keywords=FUNCTIONS):
        for text in [message] if isinstance(message, str) else message:
            if text:
                yield text, f"{path.relative_to(SOURCE)}:{line}"


def _numbered() -> Iterator[tuple[str, str]]:
    """The pairs of texts for one and for many. Chinese has one form for both."""
    codes = [path.read_bytes() for path in sorted(SOURCE.rglob("*.py"))]
    codes += [_templatized(path).encode() for path in sorted(SOURCE.rglob("templates/**/*.html"))]
    for code in codes:
        if b"ngettext" in code:
            for _line, message, _, _ in extract("python", BytesIO(code), keywords=FUNCTIONS):
                if isinstance(message, tuple) and len(message) == 2:
                    yield message


def _texts_of_detect() -> Iterator[tuple[str, str]]:
    """The texts of `detect` with their places: a pure room marks none of them, the doors translate them."""
    for kind in REGISTRY.values():
        place = f"detect/recognisers/{kind.id}.py"
        yield kind.name, place
        yield from ((problem.sentence, place) for problem in kind.form.problems)
        if kind.in_text:
            yield kind.in_text.noun, place
    yield from ((sentence, "detect/columns.py") for sentence in REASONS.values())
    yield from ((info.label_en, "detect/classes.py") for info in CLASSES.values())
    yield NUMBER_LOSSY.sentence, "detect/recogniser.py"


def given_texts() -> tuple[dict[str, str], list[str]]:
    """All Chinese strings, and the faults of the files that hold them."""
    merged: dict[str, str] = {}
    faults = []
    for path in sorted(CHINESE.glob("*.yaml")):
        for source, chinese in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).items():
            if not isinstance(source, str) or not isinstance(chinese, str):
                faults.append(f"{path.name}: {source!r}: not a text (quote it)")
            elif merged.setdefault(source, chinese) != chinese:
                faults.append(f"{path.name}: {source!r}: another room says it differently")
    return merged, faults


def _gaps(wanted: dict[str, str], given: dict[str, str]) -> Iterator[str]:
    for source in sorted(set(wanted) - set(given)):
        yield f"{wanted[source]}: no Chinese for {source!r}"
    for source in sorted(set(given) - set(wanted)):
        yield f"locale/zh_Hans: no source says {source!r}"
    for source in sorted(set(given) & set(wanted)):
        if sorted(_PLACE.findall(source)) != sorted(_PLACE.findall(given[source])):
            yield f"{wanted[source]}: placeholders differ in the Chinese of {source!r}"


def _write(given: dict[str, str]) -> None:
    catalogue = Catalog(locale="zh_Hans", domain="django", fuzzy=False)
    for source, chinese in given.items():
        catalogue.add(source, chinese)
    for one, many in _numbered():
        if one in given:
            catalogue.delete(one)
            catalogue.add((one, many), (given[one],))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with TARGET.open("wb") as file:
        write_mo(file, catalogue)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
