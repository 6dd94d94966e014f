"""The scorecard's timetable: the folder in which other systems leave reports, and the weekly notices."""

import logging
from pathlib import Path
from typing import Final

from django.conf import settings
from procrastinate.contrib.django import app

from tutela.access import sign_in
from tutela.base import clock, ids
from tutela.base.errors import TutelaError

from . import files, telling

FOLDER: Final = "evidence-in"
MOST_OF_A_NAME: Final = 1000
logger = logging.getLogger("tutela.scorecard")


@app.periodic(cron="*/5 * * * *", periodic_id="scorecard")
@app.task(name="scorecard.take_reports", queueing_lock="scorecard.take_reports")
def take_reports_now(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Every five minutes: record the reports in the folder; how many."""
    return take_reports(Path(settings.TUTELA_HOME) / FOLDER)


@app.periodic(cron="40 22 * * 0", periodic_id="scorecard-tell")
@app.task(name="scorecard.tell", queueing_lock="scorecard.tell")
def tell(timestamp: int) -> int:  # noqa: ARG001 (what the queue passes)
    """Once a week, before Monday's work begins in China (cron is in UTC): notify; of how many lines."""
    return telling.tell(clock.now())


def take_reports(folder: Path) -> int:
    """Record each `*.csv` as the host's machine account, and move it to `done` or `refused`.

    A file read twice is refused as a double period, so a crash before the move does no harm. Files of the
    same name are kept side by side.
    """
    for place in (folder, folder / "done", folder / "refused"):
        place.mkdir(mode=0o700, exist_ok=True)
    actor, recorded = sign_in.local_operator(), 0
    for file in sorted(folder.glob("*.csv")):
        if file.is_symlink() or not file.is_file():
            continue
        try:
            recorded += len(files.add_all(actor, file))
        except TutelaError as refused:
            logger.warning("%s a file of reports was refused", refused.code)
            file.replace(_free(folder / "refused", file))
        else:
            file.replace(_free(folder / "done", file))
    return recorded


def _free(place: Path, file: Path) -> Path:
    """A path for a file that replaces no other: its name, or with a number."""
    names = (file.name, *(f"{file.stem}-{n}{file.suffix}" for n in range(2, MOST_OF_A_NAME)))
    free = next((name for name in names if not (place / name).exists()), None)
    return place / (free or f"{file.stem}-{ids.uuid7()}{file.suffix}")
