"""Each kind of evidence is taken away, and the line is looked at: never green without it."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connections, transaction

from tests.console import stage
from tutela.base import clock
from tutela.scorecard import actions, outside
from tutela.scorecard.actions import Report
from tutela.scorecard.board import board
from tutela.scorecard.rules import Cause, Status
from tutela.vault import actions as vault

LOST = [
    ("encryption-rate", "DELETE FROM vault.encryption_count"),
    ("access-system", "DELETE FROM access_assignment"),
    ("access-system", "DELETE FROM access_matrix_version"),
    ("leak-drill", "DELETE FROM scorecard_outside_evidence"),
]


@pytest.fixture(scope="module")
def house(database):
    """People, one customer, a count of the vault, a report of a drill."""
    made = stage.build()
    vault.count_encryption()
    actions.add_evidence(made.people["compliance_officer"].actor, report())
    return made


def report(**facts):
    """A drill in the last thirty days."""
    today = clock.today()
    return Report(
        target="leak-drill", begins=today - timedelta(days=30), ends=today, unit="count",
        source="book", signer="Wang", **{"value": 1} | facts,
    )  # fmt: skip


@contextmanager
def without(statement):
    """The table without its rows, seen by the reader, and afterwards as before."""
    with transaction.atomic(using="owner"):
        with connections["owner"].cursor() as cursor:
            cursor.execute(statement)
        reader = connections["default"].connection
        connections["default"].connection = connections["owner"].connection
        try:
            yield
        finally:
            connections["default"].connection = reader
            transaction.set_rollback(True, using="owner")


def line(target):
    return next(line for line in board(clock.now()) if line.target == target)


@pytest.mark.parametrize(("target", "statement"), LOST)
def test_a_target_whose_evidence_is_gone_is_not_green(house, target, statement):
    """Green before, never after."""
    assert line(target).status is Status.MET
    with without(statement):
        assert line(target).status is not Status.MET


def test_targets_that_nobody_measures_are_not_green(house):
    """Everything that is green has evidence behind it."""
    green = [one for one in board(clock.now()) if one.status is Status.MET]
    assert {one.target for one in green} == {"encryption-rate", "access-system", "leak-drill"}
    assert all(one.reading.evidence > 0 for one in green)


def test_old_proof_is_not_green(house):
    """A count that nobody renewed says nothing about today."""
    later = clock.now() + timedelta(days=30)
    told = next(one for one in board(later) if one.target == "encryption-rate")
    assert (told.status, told.cause) == (Status.AT_RISK, Cause.STALE)


def test_outside_evidence_that_is_corrected_away_is_not_green(house):
    """A corrected row counts no more. It comes last: the correction stays."""
    (row,) = [one.id for one in outside.latest(10) if one.target == "leak-drill"]
    actor = house.people["compliance_officer"].actor
    actions.add_evidence(actor, report(value=0, corrects=row, reason="it was another company's"))
    assert line("leak-drill").status is not Status.MET
