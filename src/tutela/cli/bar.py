"""Progress bars of long commands, on standard error."""

from collections.abc import Callable
from math import floor

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from .translations import gettext as _


class PercentColumn(ProgressColumn):
    """Percentage rounded down, at most 99, as on the page; a question mark while the total is unknown."""

    def render(self, task: Task) -> Text:
        known = "?" if task.total is None else str(min(99, floor(task.percentage)))
        return Text(f"{known:>3} %", style="progress.percentage")


class RowsColumn(ProgressColumn):
    """Rows done, the total if known, and rows per second."""

    def render(self, task: Task) -> Text:
        done = f"{task.completed:,.0f}"
        of = "" if task.total is None else f" / {task.total:,.0f}"
        pace = "" if not task.speed else f" · {task.speed:,.0f}/s"
        return Text(f"{done}{of} " + _("rows") + pace, style="progress.download")


def rows(console: Console) -> Progress:
    """A transient bar with percentage, rows, rate and remaining time."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        PercentColumn(),
        RowsColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )


def counter(console: Console, unit: str) -> Progress:
    """A transient bar that counts `unit`."""
    done = TextColumn("{task.completed} " + unit)
    return Progress(
        TextColumn("{task.description}"), BarColumn(), done, console=console, transient=True
    )


def watcher(bar: Progress, description: str) -> Callable[[int, int], None]:
    """Add a task; returns its callback for (rows done, total or 0). Rows done before the first call count
    for the percentage, not for the rate."""
    number = bar.add_task(description, total=None)
    (task,) = [candidate for candidate in bar.tasks if candidate.id == number]
    begun = False

    def watch(done: int, total: int) -> None:
        nonlocal begun
        if not begun:
            bar.reset(number, completed=done)
            begun = True
        # Not through `update`, which resets the rate whenever the total changes.
        task.total = total or None
        bar.update(number, completed=done)

    return watch
