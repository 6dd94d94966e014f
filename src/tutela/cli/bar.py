"""The bar of a long command: per cent of what is known, rows, rows a second, time left."""

from collections.abc import Callable
from math import floor

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from .words import gettext as _


class PercentColumn(ProgressColumn):
    """Whole per cent, rounded down, 99 at most: it is whole when the bar is gone. As on the page. A
    question mark while nobody knows how much there is."""

    def render(self, task: Task) -> Text:
        known = "?" if task.total is None else str(min(99, floor(task.percentage)))
        return Text(f"{known:>3} %", style="progress.percentage")


class RowsColumn(ProgressColumn):
    """Rows done, of how many, and how many a second."""

    def render(self, task: Task) -> Text:
        done = f"{task.completed:,.0f}"
        of = "" if task.total is None else f" / {task.total:,.0f}"
        pace = "" if not task.speed else f" · {task.speed:,.0f}/s"
        return Text(f"{done}{of} " + _("rows") + pace, style="progress.download")


def rows(console: Console) -> Progress:
    """A bar that goes when it is done."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        PercentColumn(),
        RowsColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )


def watcher(bar: Progress, description: str) -> Callable[[int, int], None]:
    """What to tell of (rows done, rows in all or 0). What was done before the first time counts for
    the percentage, not for the pace."""
    number = bar.add_task(description, total=None)
    (task,) = [one for one in bar.tasks if one.id == number]
    begun = False

    def watch(done: int, total: int) -> None:
        nonlocal begun
        if not begun:
            bar.reset(number, completed=done)
            begun = True
        # Not by `update`: it forgets the pace whenever the total is estimated anew.
        task.total = total or None
        bar.update(number, completed=done)

    return watch
