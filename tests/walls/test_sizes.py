"""Small by budget: files under 600 lines, most under 300, functions under 60, template lines of 120 characters."""

import statistics

from tests.walls.house import REPOSITORY, functions, place, sources

FILE_LINES, FILE_AIM, FUNCTION_LINES, P90 = 600, 300, 60, 35
TEMPLATE_COLUMNS = 120
# Each must stay one file that carries its own texts in two languages, so that it can be copied anywhere.
ALONE = {"src/tutela_verify.py": 2600, "src/tutela_witness.py": 900}
DRAWERS = {"utils.py", "helpers.py", "core.py", "misc.py", "common.py"}


def test_no_file_has_more_than_600_lines():
    """A longer file holds two subjects. A file is split by subject; size alone is no reason to split one."""
    folders = ("src", "tests", "benchmarks", "sample", "tools")
    files = [path for folder in folders for path in (REPOSITORY / folder).rglob("*.py")]
    counted = {place(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    long = {name: lines for name, lines in counted.items() if lines > ALONE.get(name, FILE_LINES)}
    assert not long, long
    assert all(name in counted for name in ALONE)


def test_nine_files_of_ten_keep_to_300_lines():
    """The budget is for the few that need it."""
    sizes = [len(path.read_text(encoding="utf-8").splitlines()) for path in sources()]
    assert statistics.quantiles(sizes, n=10)[-1] <= FILE_AIM


def test_no_function_has_more_than_60_lines():
    """A longer one hides its steps: name them."""
    sizes = {
        f"{place(path)}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path, tree in sources().items()
        for node in functions(tree)
    }
    long = {name: lines for name, lines in sizes.items() if lines > FUNCTION_LINES}
    assert not long, long
    assert statistics.quantiles(sizes.values(), n=10)[-1] < P90


def test_no_line_of_a_template_has_more_than_120_characters():
    """A longer one hides how its elements nest: one element a line."""
    files = (REPOSITORY / "src").rglob("templates/**/*.html")
    wide = {place(path): wide_lines(path.read_text(encoding="utf-8")) for path in files}
    assert len(wide) > 100
    wide = {name: numbers for name, numbers in wide.items() if numbers}
    assert not wide, wide


def test_the_wall_finds_a_wide_line():
    """A wall that finds nothing proves nothing."""
    text = "\n".join(["x" * TEMPLATE_COLUMNS, "x" * (TEMPLATE_COLUMNS + 1), ""])
    assert wide_lines(text) == [2]


def wide_lines(text: str) -> list[int]:
    return [n for n, line in enumerate(text.splitlines(), 1) if len(line) > TEMPLATE_COLUMNS]


def test_there_is_no_drawer_for_odds_and_ends():
    """A file is named after what it holds."""
    wrong = [place(path) for path in sources() if path.name in DRAWERS]
    assert not wrong, wrong


def test_every_function_is_fully_typed():
    """A missing annotation is a question the reader cannot answer."""
    bare = [
        f"{place(path)}:{node.lineno} {node.name}"
        for path, tree in sources().items()
        for node in functions(tree)
        if node.returns is None
        or any(a.annotation is None for a in node.args.args if a.arg not in {"self", "cls"})
    ]
    assert not bare, bare
