"""A target has one judgement: on home, scorecard, gaps, programme, duties and assessment, and in the pack.

The cases come from the registry: every target of the programme, in every state that evidence can put it in.
"""

import json
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

import tutela_verify
from tests.access import cast
from tests.console.stage import browser
from tutela.assessment.actions import assessments
from tutela.assessment.controls import CONTROLS
from tutela.assessment.models import Assessment
from tutela.base import clock
from tutela.base.readings import SOURCES
from tutela.programme import promises
from tutela.programme.judgements import Condition
from tutela.programme.promises import PROMISES, Promise
from tutela.scorecard.actions.evidence import Report, add_evidence
from tutela.scorecard.actions.packs import write_pack
from tutela.scorecard.board import board
from tutela.trail import writer
from tutela.vault.actions.counts import count_encryption

PAGES = (
    "/scorecard/", "/scorecard/missing/", "/scorecard/departments/", "/programme/", "/duties/",
)  # fmt: skip
HELD = re.compile(r'data-target="([a-z0-9-]+)"(?:\s+data-status="\w+")?\s+data-condition="(\w+)"')


@pytest.fixture(scope="module")
def officer(people: dict[str, cast.Member]) -> cast.Member:
    """Somebody who may see all of it."""
    count_encryption()
    return people["compliance_officer"]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Move the company to a day counted from the present one. The trail compares this clock with the
    database's, which stays."""
    began = clock.now()
    monkeypatch.setattr(writer, "SKEW_SECONDS", float("inf"))
    return lambda days: monkeypatch.setattr(clock, "now", lambda: began + timedelta(days=days))


def report(member: cast.Member, promise: Promise, *, good: bool) -> None:
    """Yesterday's figure of a target that other systems report: it reaches the goal, or does not."""
    share = promise.unit == "percent"
    part = 100 if good else 10
    add_evidence(
        member.actor,
        Report(
            target=promise.target, begins=clock.today() - timedelta(days=1), ends=clock.today(),
            unit=promise.unit, source="gateway", signer="Li",
            value=None if share else promise.goal if good else 0.0,
            numerator=part if share else None, denominator=100 if share else None,
        ),
    )  # fmt: skip


def shown(member: cast.Member) -> dict[str, dict[str, set[str]]]:
    """What each page says of each target."""
    client, year = browser(member.staff), clock.today().year
    found: dict[str, dict[str, set[str]]] = {}
    for page in (*PAGES, f"/assessments/{year}/"):
        html = client.get(page).content.decode()
        for target, condition in HELD.findall(html):
            found.setdefault(page, {}).setdefault(target, set()).add(condition)
    return found


def packed(member: cast.Member, path: Path) -> dict[str, str]:
    """What a pack up to today says of each target; it verifies."""
    today = clock.today()
    write_pack(member.actor, today - timedelta(days=29), today, path)
    assert tutela_verify.check(str(path)).good, tutela_verify.check(str(path)).lines
    with zipfile.ZipFile(path) as opened:
        manifest = json.loads(opened.read("manifest.json"))
    assert manifest["differs"] == []
    return {figure["target"]: figure["status"] for figure in manifest["figures"]}


STATES = {
    # days from the present one on which good, bad or no evidence is reported; the day of looking
    Condition.NO_DATA: (0, None, 0),
    Condition.OVERDUE: (400, None, 400),
    Condition.AT_RISK: (2, False, 2),
    Condition.MET: (900, True, 900),
    Condition.NOT_MET: (1800, False, 1800),
    "stale": (2700, True, 3200),
}
"""In this order: each day's evidence is too old on the next to count for anything."""


@pytest.mark.parametrize("state", STATES)
def test_every_page_and_the_pack_say_the_same(
    officer: cast.Member, at: Callable[[int], None], tmp_path: Path, state: str
) -> None:
    """Whatever the evidence: one word a target, and no page without the targets it is about."""
    day, good, looked = STATES[state]
    at(day)
    for promise in PROMISES:
        source = SOURCES.get(promise.target)
        if good is not None and not (source and source.alone):
            report(officer, promise, good=good)
    at(looked)
    year = clock.today().year
    if not Assessment.objects.filter(year=year).exists():
        assessments.open_assessment(officer.actor, year)
    lines = {line.target: line.condition.value for line in board(clock.now())}
    assert set(lines) == {promise.target for promise in PROMISES}
    assert state == "stale" or state in lines.values()
    pages = shown(officer)
    assert set(pages) == {*PAGES, f"/assessments/{year}/"}
    for page, told in pages.items():
        assert told == {target: {lines[target]} for target in told}, page
    assert set(pages["/programme/"]) == set(pages["/scorecard/"]) == set(lines)
    assert set(pages["/duties/"]) == set(promises.duty_targets().values())
    live = {control.live for control in CONTROLS.values() if control.live}
    assert set(pages[f"/assessments/{year}/"]) == live
    assert set(pages["/scorecard/missing/"]) == {
        target for target, condition in lines.items() if condition != Condition.MET
    }
    assert packed(officer, tmp_path / "pack.zip") == lines
