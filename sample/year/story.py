"""The year as a whole: the installation is prepared, the people come, then everything in its order."""

import csv
import logging
import sys
from pathlib import Path
from random import Random

from django.db import transaction

from sample.year import assessments, backups, committee, duties, outside, policies, programme, risks
from sample.year.stage import PLAYED_SYSTEM, Year, began, moment, playing
from tutela.access import seed as rights
from tutela.access import snapshot
from tutela.access.actions.imports import import_branches, import_staff
from tutela.base import clock
from tutela.cli.running import first_run, session
from tutela.committee.models import Committee
from tutela.keys import actions as keys
from tutela.programme.actions.first_run import plant

SEED = 7
SCENES = (programme, duties, policies, committee, assessments, risks, backups, outside)


def tell(files: Path) -> None:
    """Prepare a new installation and play the year into it; one that has a committee stays as it is."""
    # Some of the first notices are for posts that nobody holds yet.
    logging.getLogger("tutela.notices").setLevel(logging.WARNING)
    if session.pending():
        first_run.migrate()
    rights.seed()
    keys.first_run()
    if Committee.objects.exists():
        return
    year = Year(began(clock.today()), clock.now(), Random(SEED), files.parent / "backups")
    with playing(moment(year.since(-7))):
        _people(files)
    with playing(moment(year.since(-7), 12)) as played, transaction.atomic():
        # All or nothing: half a year would be worse than none, and nobody else sees it before its end.
        plant(year.starts)
        for scene in SCENES:
            scene.stage(year)
        done = year.play(played)
    print(f"  {done} acts since {year.starts}", file=sys.stderr)


def _people(files: Path) -> None:
    """Branches and staff through the door that `tutela staff import` uses."""
    import_branches(PLAYED_SYSTEM, _rows(files / "branches.csv"))
    import_staff(PLAYED_SYSTEM, _rows(files / "staff.csv"))
    snapshot.stop()  # who may do what is read anew, with the people


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))
