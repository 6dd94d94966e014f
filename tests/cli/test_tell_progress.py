"""The bar of an import in the shell: per cent, rows, pace; no guess where nothing is known."""

from io import StringIO

import pytest
from rich.console import Console

from tutela.cli import bar


@pytest.fixture
def shown(monkeypatch):
    """A bar in English whose clock moves by a second at each look."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    made = bar.rows(Console(file=StringIO(), width=120))
    seconds = iter(range(1000))
    made.get_time = lambda: float(next(seconds))
    return made


def _told(shown) -> tuple[str, str]:
    (task,) = shown.tasks
    return bar.PercentColumn().render(task).plain, bar.RowsColumn().render(task).plain


def test_without_a_total_the_percentage_is_a_question_mark(shown):
    """Rows done are told all the same."""
    watch = bar.watcher(shown, "importing")
    watch(5000, 0)
    percent, rows = _told(shown)
    assert percent == "  ? %"
    assert rows.startswith("5,000 rows")


def test_a_known_total_gives_whole_per_cent_rounded_down(shown):
    """It never says 100: an import is whole when it is finished, and then the bar is gone."""
    watch = bar.watcher(shown, "importing")
    watch(1000, 3000)
    assert _told(shown)[0] == " 33 %"
    watch(2999, 3000)
    assert _told(shown)[0] == " 99 %"
    watch(3000, 3000)
    assert _told(shown)[0] == " 99 %"


def test_what_an_earlier_run_did_is_no_pace(shown):
    """A resumed import begins at its percentage and not with a thousand rows a second; a total that is
    estimated anew does not make it forget."""
    watch = bar.watcher(shown, "importing")
    watch(900_000, 1_000_000)
    assert _told(shown) == (" 90 %", "900,000 / 1,000,000 rows")
    watch(901_000, 1_000_100)
    watch(902_000, 1_000_050)
    assert _told(shown)[1].endswith("/s")
