"""What we promise has a test: each row of the promises' pages names tests that exist."""

import ast
import re

from tests.walls.house import REPOSITORY

ENGLISH, CHINESE = REPOSITORY / "docs" / "promises.md", REPOSITORY / "docs" / "promises.zh-CN.md"
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def rows(page):
    """The cells of each row with a promise, and the tests that it names."""
    lines = [
        line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("| ")
    ]
    return [(line, _TEST.findall(line)) for line in lines if line.split("|")[1].strip(" -") and
            line.split("|")[2].strip() not in {"Tests", "测试"}]  # fmt: skip


def test_every_promise_names_a_test():
    """One without a test leaves the page."""
    assert len(rows(ENGLISH)) > 20
    assert [line for line, tests in rows(ENGLISH) if not tests] == []


def test_every_test_that_is_named_exists():
    """A test that is renamed or removed takes its promise along, or is named anew."""
    named = {test for _line, tests in rows(ENGLISH) for test in tests}
    missing = []
    for file, name in sorted(named):
        path = REPOSITORY / file
        tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.Module([], [])
        if name not in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}:
            missing.append(f"{file}::{name}")
    assert missing == []


def test_both_languages_promise_the_same():
    """The same rows with the same tests, in the same order."""
    assert [tests for _l, tests in rows(ENGLISH)] == [tests for _l, tests in rows(CHINESE)]


def test_every_attacker_of_the_threat_model_is_on_the_page():
    """Whoever adds a row to SECURITY.md says how it is tested."""
    text = (REPOSITORY / "SECURITY.md").read_text(encoding="utf-8")
    table = text.partition("| Attacker |")[2].partition("\n\n")[0].splitlines()[2:]
    attackers = [line.split("|")[1].strip() for line in table]
    headings = re.findall(r"^## (.+)$", ENGLISH.read_text(encoding="utf-8"), re.MULTILINE)
    assert attackers
    assert [one for one in attackers if one not in headings] == []
