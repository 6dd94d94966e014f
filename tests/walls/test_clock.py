"""Nothing reads the wall clock by itself, so that a test can move time and passes at any hour.

The product asks `base/clock.py`, and so do tests; a test that needs another moment replaces `clock.now`.
PostgreSQL's clock cannot be moved by a test: who compares with it stands below with the reason.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.walls.house import REPOSITORY

READS = {
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today",
    "time.time", "time.time_ns", "time.clock_gettime", "django.utils.timezone.now",
}  # fmt: skip
# These read the clock only when they are given no moment: the number of arguments that make one.
READS_ALONE = {
    "time.localtime": 1, "time.gmtime": 1, "time.ctime": 1, "time.asctime": 1, "time.strftime": 2,
    "django.utils.timezone.localdate": 1, "django.utils.timezone.localtime": 1,
}  # fmt: skip
IN_A_PROGRAM = re.compile(r"\b(time\.time|time_ns|datetime\.(utc)?now|date\.today|timezone\.now)\(")
SQL_READS = re.compile(
    r"\b(now\(\)|(clock|statement|transaction)_timestamp\(\)|current_(date|timestamp|time)\b"
    r"|local(time|timestamp)\b)",
    re.IGNORECASE,
)
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|VALUES|SET|WHERE)\b")
MAY_READ = {
    "src/tutela/base/clock.py": "the clock",
    "src/tutela/base/ids.py": "an id's time only orders ids; one read each would cost a call more",
    "src/tutela_witness.py": "stands alone, without Tutela's clock; dates what it signs",
    "tests/sample/test_year.py": "asks whether the played year has given the true clock back",
    "tests/soak/shifted_clock.py": "sets the clock of a whole run",
    "tests/soak/test_pass_under_other_clocks.py": "works out by how much to set it",
}
STORES = "the row is stored with PostgreSQL's time, as the product's own statement does"
AGES = "rows are made older or younger than PostgreSQL's time, which the product compares them with"
MONTH = "PostgreSQL makes the trail's partitions by its own month"
ANY = "any moment does: the statement must be refused, or the column is not what is tested"
BACK = "the log is replayed to a moment of PostgreSQL's own clock"
MAY_READ_IN_SQL = {
    "src/tutela/access/actions/attempts.py": "every server process shares the attempts, so one clock ends them",
    "src/tutela/cli/running/state.py": "a worker's heartbeat is PostgreSQL's time",
    "src/tutela/console/home.py": "a worker's heartbeat is PostgreSQL's time",
    "src/tutela/trail/writer.py": "compares PostgreSQL's clock with ours",
    "src/tutela/vault/import_progress.py": "the start that it is compared with is PostgreSQL's time",
    "src/tutela/vault/importing/statements.py": STORES,
    "src/tutela/vault/undo/actions.py": STORES,
    "src/tutela/watch/watcher.py": "compares PostgreSQL's clock with ours",
    "tests/backup/test_back_up_files.py": BACK,
    "tests/backup/test_bring_a_moment_back.py": BACK,
    "tests/backup/test_take_by_pgbackrest.py": BACK,
    "tests/access/test_share_attempts.py": "compares with the ends that PostgreSQL set",
    "tests/committee/test_correct_attendance.py": ANY,
    "tests/trail/test_close_by_tree.py": AGES,
    "tests/trail/test_sequence_leaves.py": ANY,
    "tests/console/test_watch_import_on_page.py": AGES,
    "tests/documents/test_approve_document.py": ANY,
    "tests/doors/test_tell_no_difference.py": STORES,
    "tests/faults/installation.py": ANY,
    "tests/scorecard/evidence_stage.py": AGES,
    "tests/scorecard/test_change_the_past.py": AGES,
    "tests/scorecard/test_lose_evidence.py": AGES,
    "tests/scorecard/test_show_rows.py": AGES,
    "tests/trail/test_believe_bytes.py": MONTH,
    "tests/trail/test_close.py": MONTH,
    "tests/trail/test_refuse_change.py": MONTH,
    "tests/vault/test_assign_work_item.py": ANY,
    "tests/vault/test_count_encryption.py": ANY,
    "tests/vault/test_register_source.py": ANY,
    "tests/vault/test_resume_verify.py": AGES,
    "tests/vault_importing/test_undo_import.py": ANY,
}


def read_by(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Lines that read the wall clock in Python, under whatever name it was imported."""
    names = dict(_imported(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name) and _full(node, names) in READS:
            yield node.lineno, _full(node, names)
        elif isinstance(node, ast.Call) and (name := _full(node.func, names)) in READS_ALONE:
            if len(node.args) + len(node.keywords) < READS_ALONE[name]:
                yield node.lineno, name
        elif isinstance(node, ast.Constant) and (found := IN_A_PROGRAM.search(str(node.value))):
            yield node.lineno, f"{found[0]} in a program's text"


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Each name that an import binds, and what it stands for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                root = one.name.partition(".")[0]
                yield (one.asname, one.name) if one.asname else (root, root)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((one.asname or one.name, f"{node.module}.{one.name}") for one in node.names)


def _full(node: ast.expr, names: dict[str, str]) -> str:
    """The dotted name that an expression stands for; empty when it is none."""
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    if isinstance(node, ast.Attribute) and (root := _full(node.value, names)):
        return f"{root}.{node.attr}"
    return ""


def read_in_sql_by(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Statements in Python that ask PostgreSQL for its time."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found = SQL_READS.search(node.value)
            if found and SQL.search(node.value):
                yield node.lineno, found[0]


@cache
def _files() -> dict[str, ast.Module]:
    """Product and tests, migrations too, without the examples below."""
    paths = sorted(path for root in ("src", "tests") for path in (REPOSITORY / root).rglob("*.py"))
    return {
        path.relative_to(REPOSITORY).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in paths
        if path != Path(__file__)
    }


@pytest.mark.parametrize(
    ("allowed", "reads"), [(MAY_READ, read_by), (MAY_READ_IN_SQL, read_in_sql_by)]
)
def test_only_the_clock_reads_the_time(allowed, reads):
    """A file more is a decision: it joins the list with its reason. A file that reads no more leaves it."""
    found = {name: list(reads(tree)) for name, tree in _files().items()}
    wrong = [
        f"{name}:{line} reads the wall clock ({what})"
        for name, lines in found.items()
        if name not in allowed
        for line, what in lines
    ]
    wrong += [f"{name} is allowed to, and does not" for name in allowed if not found.get(name)]
    assert not wrong, "use tutela.base.clock:\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "from datetime import datetime as d\nd.now(UTC)",
        "import datetime\ndatetime.date.today()",
        "from time import time as t\nt()",
        "import time\ntime.strftime('%Y')",
        "from django.utils import timezone\nfield(default=timezone.now)",
        "from django.utils.timezone import localdate\nlocaldate()",
        "run('import time; print(time.time())')",
    ],
)
def test_each_way_to_read_it_is_seen(text):
    """Also under another name, as a default, and in a program that a test starts."""
    assert list(read_by(ast.parse(text)))


@pytest.mark.parametrize(
    "text",
    [
        "from tutela.base import clock\nclock.now()",
        "from django.utils import timezone\ntimezone.localdate(at)",
        "import time\ntime.monotonic()",
        "import time\ntime.strftime('%Y', moment)",
    ],
)
def test_what_is_given_its_moment_is_not(text):
    """Turning a moment into text or a day reads no clock."""
    assert not list(read_by(ast.parse(text)))


def kept_days(tree: ast.Module) -> Iterator[int]:
    """Lines that keep a day or an instant from when a file is read: constants, parameters, defaults."""
    for node in tree.body:
        parts: list[ast.expr | ast.stmt] = [node]
        if isinstance(node, ast.FunctionDef):
            parts = [
                *node.decorator_list,
                *node.args.defaults,
                *filter(None, node.args.kw_defaults),
            ]
        elif isinstance(node, ast.ClassDef):
            parts = [*node.decorator_list]
        for call in (call for part in parts for call in ast.walk(part)):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in {
                "clock.now",
                "clock.today",
            }:
                yield call.lineno


def test_no_test_keeps_the_day_on_which_it_was_read():
    """A run that passes midnight would compare it with the next day. A year alone may be kept: what is
    opened for a year stays that year's."""
    wrong = [
        f"{path.relative_to(REPOSITORY).as_posix()}:{line}"
        for path in sorted((REPOSITORY / "tests").rglob("*.py"))
        for text in [path.read_text(encoding="utf-8")]
        for line in kept_days(ast.parse(text))
        if not re.search(r"clock\.today\(\)\.year\b", text.splitlines()[line - 1])
    ]
    assert not wrong, "ask the clock in the test:\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "TODAY = clock.today()",
        "GOOD = Duty(starts=clock.today() + timedelta(days=1))",
        "@pytest.mark.parametrize('at', [clock.now()])\ndef test_it(at): ...",
        "def call(at=clock.now()): ...",
    ],
)
def test_each_way_to_keep_a_day_is_seen(text):
    """A constant, a parameter of a test, a default."""
    assert list(kept_days(ast.parse(text)))


def test_a_day_asked_for_in_a_test_is_not_kept():
    """A function runs on its own day."""
    assert not list(kept_days(ast.parse("def test_it():\n    assert clock.today()")))
