"""The pages of backups: what each post sees and may do, what the rule says, and what the second person decides."""

import json
import re

import pytest
from django.urls import reverse

from tests.access import cast
from tests.backup import shown
from tests.console.stage import browser
from tutela.backup import drill_report
from tutela.backup.models import Change, Drill
from tutela.crypto import sign

ENGLISH = {"accept-language": "en"}
RULE = re.compile(
    r'rule-(good|short|unknown)"> <div class="figure-label">([^<]*)</div> <div class="figure">(\d+)'
)
PAGES = (
    "backup-overview", "backup-list-runs", "backup-list-drills", "backup-list-targets", "backup-list-recipients",
    "backup-list-outside",
    "backup-view-policy", "backup-read-runbook", "backup-read-card",
)  # fmt: skip


@pytest.fixture(scope="module")
def people(database):
    cast.plant_branches()
    posts = ("system_admin", "security_admin", "auditor", "service_agent")
    return {post: cast.hire(post, "HQ") for post in posts}


@pytest.fixture(scope="module")
def scene(people):
    return shown.plant(people["system_admin"], people["security_admin"])


def page(people, post, view, *args, **asked):
    answer = browser(people[post].staff).get(reverse(view, args=args), asked, headers=ENGLISH)
    return re.sub(r"\s+", " ", answer.content.decode()) if answer.status_code == 200 else answer


def send(people, post, view, *args, **given):
    return browser(people[post].staff).post(reverse(view, args=args), given, headers=ENGLISH)


@pytest.mark.parametrize("post", ["system_admin", "security_admin", "auditor"])
def test_who_may_see_backups_sees_every_page(people, scene, post):
    """And the run and the drill behind the lists."""
    for view in PAGES:
        assert isinstance(page(people, post, view), str), view
    for run in scene.runs.values():
        assert isinstance(page(people, post, "backup-view-run", run.id), str)
    for drill in scene.drills.values():
        assert isinstance(page(people, post, "backup-view-drill", drill.id), str)
    assert isinstance(page(people, post, "backup-view-target", scene.far.id), str)


def test_an_agent_sees_none_of_them(people, scene):
    """Nor may start anything."""
    for view in PAGES:
        assert page(people, "service_agent", view).status_code == 403
    assert send(people, "service_agent", "backup-start-run", kind="full").status_code == 403


def test_the_rule_counts_what_lies_there_and_tells_what_is_broken(people, scene):
    """Live, near and far; two kinds of media and the live disk; one copy has a verdict against it."""
    told = page(people, "auditor", "backup-overview")
    figures = re.findall(RULE, told)
    assert figures == [
        ("good", "Copies", "3"), ("good", "Kinds of media", "3"), ("good", "Offsite", "1"),
        ("good", "Immutable", "1"), ("short", "Errors", "1"),
    ]  # fmt: skip


def test_a_run_shows_its_copies_its_verifications_and_the_commands(people, scene):
    """The manifest's own lines; and how far a run is that goes on."""
    told = page(people, "auditor", "backup-view-run", scene.runs["daily"].id)
    assert "cat data.tar.zst.age.[0-9]* | age --decrypt" in told
    assert "vault.record" in told
    assert "opened to its end" in told
    going = page(people, "auditor", "backup-view-run", scene.runs["running"].id)
    assert 'value="24"' in going
    assert 'hx-trigger="every 1s"' in going
    broken = page(people, "auditor", "backup-view-run", scene.runs["broken"].id)
    assert "the last verdict is against it" in broken


def test_missed_runs_are_found_by_their_state(people, scene):
    told = page(people, "auditor", "backup-list-runs", state="missed")
    assert told.count("bg-red-lt") == 1
    assert f"/backup/runs/{scene.runs['missed'].id}/" in told


def test_a_second_person_decides_and_the_first_may_only_withdraw(people, scene):
    """The page offers what the action permits."""
    own = page(people, "system_admin", "backup-view-policy")
    other = page(people, "security_admin", "backup-view-policy")
    assert (f"approve-{scene.change.id}" in own, f"approve-{scene.change.id}" in other) == (
        False,
        True,
    )
    refused = send(people, "system_admin", "backup-decide-change", scene.change.id, do="approve")
    assert refused.status_code == 302
    assert Change.objects.get(id=scene.change.id).decision == ""
    assert (
        send(people, "auditor", "backup-decide-change", scene.change.id, do="approve").status_code
        == 403
    )
    send(people, "security_admin", "backup-decide-change", scene.change.id, do="approve")
    assert Change.objects.get(id=scene.change.id).decision == "approved"
    assert "Edition 2 is in force" in page(people, "auditor", "backup-view-policy")


def test_a_key_is_refused_at_its_field_and_a_private_one_never_comes_back(people, scene):
    """Whoever pastes the wrong half must not find it on the next page."""
    secret = "AGE-SECRET-KEY-1QQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQQ"
    answer = send(
        people,
        "system_admin",
        "backup-add-recipient",
        name="new",
        role="escrow",
        opens="all",
        key=secret,
    )
    told = answer.content.decode()
    assert (answer.status_code, "backup.key_is_private" in told) == (422, True)
    assert secret not in told


def test_the_runbook_prints_commands_and_times_of_the_last_passed_drill(people, scene):
    """Of the passed one, not of the newer failed ones; without a teardown."""
    told = page(people, "auditor", "backup-read-runbook")
    for line in ("sftp -r backup@store:/copies/SET .", "pg_restore --exit-on-error"):
        assert line in told
    assert "took 2 min 20 s" in told
    assert "rights of every role as before" in told
    assert "Destroy the scratch copy" not in told


def test_the_report_is_handed_out_with_a_signature_that_holds(people, scene):
    answer = browser(people["auditor"].staff).get(
        reverse("backup-read-report", args=[scene.drills["passed"].id])
    )
    told = json.loads(answer.content)
    text = drill_report.canonical(told["report"])
    sign.verify(bytes.fromhex(told["public_key"]), text, bytes.fromhex(told["signature"]))
    assert told["report"]["level"] == 4


def test_a_drill_shows_its_stages_and_what_failed(people, scene):
    told = page(people, "auditor", "backup-view-drill", scene.drills["failed"].id)
    assert "backup.checks_failed" in told.replace("<wbr>", "")
    assert told.count("not reached") == 1
    assert Drill.objects.get(id=scene.drills["failed"].id).state == "failed"


def test_the_wizard_leads_from_what_happened_to_the_lines_to_type(people, scene):
    """A lost machine offers only what lies elsewhere; a broken copy is never offered."""
    first = page(people, "system_admin", "backup-restore")
    assert "What happened?" in first
    lost = page(people, "system_admin", "backup-restore", happened="machine")
    assert lost.count("Check this one") == 2
    assert "fits best" in lost
    every = page(people, "system_admin", "backup-restore", happened="database")
    assert every.count("Check this one") == 4
    copy = scene.runs["daily"].copies.get(target=scene.far)
    last = page(people, "system_admin", "backup-restore", happened="machine", copy=str(copy.id))
    assert f"--from {scene.far.url} --identity KEY --signer " in last
    assert "Its key set is kept" in last
    assert page(people, "auditor", "backup-restore").status_code == 403
