"""What every page does is done in one place: the reader's language, refused forms, inputs of days, pages of lists."""

import ast
import re

from tests.walls.house import LEVEL, SOURCE, place, room_of, sources

# Where the rule itself stands, and what runs before or without Django.
LANGUAGE = {"base/language.py", "cli/translations.py"}
ONCE = {
    r"startswith\(.zh|== .zh-hans|LANGUAGE_CODE\[": LANGUAGE,
    r"add_error\([^)]*(\.text\(\)|sentence\()": {"web/refusals.py"},
    r"\b422\b|text\(\)\} ?[\(\[]": {"web/refusals.py"},
    r"forms\.Date(Time)?Input\b|.datetime-local.": {"web/inputs.py"},
    r"\bPaginator\(": {"web/lists.py"},
}
ROOMS = re.compile(
    r"/(views|forms|\w+_views|\w+_forms|pages|words|naming|context|own_account)\.py$"
)


def test_pages_use_the_tools_of_the_web_room():
    """A second way of doing it is how seven ways came about."""
    wrong, seen = [], set()
    for path in sources():
        name, text = str(path.relative_to(SOURCE)), path.read_text(encoding="utf-8")
        for pattern, files in ONCE.items():
            if not re.search(pattern, text):
                continue
            seen.add(pattern)
            if name not in files and (pattern == next(iter(ONCE)) or ROOMS.search(place(path))):
                wrong.append(f"{place(path)}: {pattern}")
    assert seen == set(ONCE)
    assert not wrong, "\n".join(wrong)


def test_no_view_catches_every_refusal():
    """`except TutelaError` in a page would swallow a refused right without its leaf."""
    wrong = [
        f"{place(path)}:{node.lineno}"
        for path, tree in sources().items()
        if ROOMS.search(place(path))
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and node.type is not None
        and ast.unparse(node.type) == "TutelaError"
        and place(path) not in CATCHES
    ]
    assert not wrong, wrong


# Words about an error, not an attempt of a person.
CATCHES = {"src/tutela/scorecard/views.py", "src/tutela/documents/forms.py"}


NAMES = re.compile(r"\{%\s*(include|extends|load)\s+([^%]*?)\s*%\}")
QUOTED = re.compile(r"""["']([^"']+)["']""")


def test_pages_are_built_from_parts_of_rooms_below():
    """A page that includes from a room above cannot be moved, nor read without that room. What a room above puts
    into the frame comes to it by name (`frame_tools`), not by an include."""
    wrong = []
    pages = [path for path in SOURCE.rglob("templates/**/*.html") if room_of(path)]
    assert len(pages) > 100
    for path in pages:
        for part in parts(path.read_text(encoding="utf-8")):
            room = part.partition("/")[0]
            own = room_of(path)
            if room in LEVEL and room != own and LEVEL[room] >= LEVEL[own]:
                wrong.append(f"{place(path)}: {part}")
    assert not wrong, "\n".join(wrong)


def test_the_wall_finds_a_part_of_another_room():
    """A wall that finds nothing proves nothing."""
    text = (
        "{% extends a|yesno:'web/a.html,console/page.html' %}{% load i18n console %}"
        '{% include "vault/_x.html" with title="console/y" only %}{% include frame_tools %}'
    )
    assert parts(text) == ["web/a.html", "console/page.html", "i18n", "console", "vault/_x.html"]


def parts(text: str) -> list[str]:
    """The templates that a page extends and includes, and the libraries of tags that it loads."""
    found: list[str] = []
    for tag, words in NAMES.findall(text):
        if tag == "load":
            found += words.split()
        else:
            named = QUOTED.findall(words.partition(" with ")[0])
            found += [name for names in named for name in names.split(",")]
    return found


HEAD = re.compile(r"<th(?![a-z])[^>]*>")


def test_every_head_of_a_table_says_what_it_heads():
    """Without `scope` a reader who hears the table does not know whether a head is of a row or a column."""
    pages = [path for path in SOURCE.rglob("templates/**/*.html") if room_of(path)]
    wrong = {
        place(path): found
        for path in pages
        if (found := bare_heads(path.read_text(encoding="utf-8")))
    }
    assert not wrong, wrong
    assert bare_heads('<thead><th scope="row"><th class="num"></thead>') == ['<th class="num">']


def bare_heads(text: str) -> list[str]:
    """The heads without scope."""
    return [head for head in HEAD.findall(text) if "scope=" not in head]
