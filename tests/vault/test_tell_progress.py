"""How far an import is, in per cent, rows a second and time left; unknown stays unknown."""

import pytest
from django.utils import translation

from tutela.vault import import_progress
from tutela.vault.import_progress import Progress
from tutela.vault.importing.totals import Total


def _progress(done, of, pace=None, *, about=False):
    return Progress(done, Total(of, about), pace=pace, silent=False)


@pytest.mark.parametrize(
    ("done", "of", "percent"), [(0, 10, 0), (1, 3, 33), (999, 1000, 99), (1000, 1000, 99)]
)
def test_a_running_import_is_never_whole(done, of, percent):
    """100 per cent is said when it is finished."""
    assert _progress(done, of).percent == percent


def test_without_a_total_there_is_no_percentage_and_no_time_left():
    """An honest bar says that it does not know."""
    assert _progress(500, 0, 10.0).percent is None
    assert _progress(500, 0, 10.0).left == ""


def test_an_estimate_that_was_too_low_is_no_total():
    """Nobody knows then how much there is; a known total that was passed stays at 99."""
    assert _progress(501, 500, 10.0, about=True).percent is None
    assert _progress(501, 500, 10.0, about=True).left == ""
    assert _progress(501, 500).percent == 99


def test_without_a_pace_there_is_no_time_left():
    """Nothing was committed lately."""
    assert _progress(500, 1000).left == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "1 s"), (20.2, "21 s"), (60, "1 min"), (61, "2 min"), (3600, "1 h 0 min")],
)
def test_a_span_is_rounded_up(seconds, words):
    """It is better to be done early."""
    with translation.override("en"):
        assert import_progress.in_words(seconds) == words


def test_the_pace_is_that_of_the_last_half_minute():
    """Old chunks say nothing about now; a young import is measured over its own age."""
    assert import_progress.pace([(9000, 100.0), (3000, 20.0)], 120.0) == 100.0
    assert import_progress.pace([(1000, 1.0)], 10.0) == 100.0


def test_no_chunk_lately_is_no_pace():
    """Neither zero nor the pace of the past."""
    assert import_progress.pace([], 5.0) is None
    assert import_progress.pace([(9000, 100.0)], 120.0) is None
