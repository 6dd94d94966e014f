"""An installation from before the four rooms (commit e40e9a1) is upgraded with all its data."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.urls import reverse

from tests.conftest import TEMPLATE, _point_at, close_all
from tests.console.stage import browser
from tutela.access.models import Staff
from tutela.assessment import queries as ratings
from tutela.assessment.models import Assessment, Risk
from tutela.base import clock
from tutela.base.readings import Ask
from tutela.cli.running import first_run, layout, session
from tutela.committee import queries
from tutela.committee.models import Committee, Meeting
from tutela.documents.models import Version
from tutela.programme import queries as programme
from tutela.programme import registry
from tutela.programme.models import DutyOccurrence, Task
from tutela.proof.models import Attachment
from tutela.proof.registry import HOLDERS
from tutela.scorecard import system, written

NAME = "t_upgrade_installation"
DUMP = Path(__file__).parents[1] / "vectors" / "installation" / "e40e9a1.sql"
# The dump has files of a task and of a rating only.
FILE_OF_A_DUTY = """
    INSERT INTO public.governance_attachment
    SELECT gen_random_uuid(), 'duty.txt', a.size, a.sha256, a.evidence_date, NULL, a.uploaded_at, a.by_id, o.id, NULL, '', ''
    FROM public.governance_attachment a, public.governance_duty_occurrence o WHERE a.holder_kind = 'rating' AND o.state = 'done'
"""
ROOMS = ("governance", "documents", "committee", "assessment")


def applied() -> dict[tuple[str, str], object]:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT app, name, applied FROM django_migrations")
        return {(app, name): at for app, name, at in cursor.fetchall()}


def counts() -> dict[str, int]:
    """Rows by table of the four rooms."""
    with connections["owner"].cursor() as cursor:
        tables = connections["owner"].introspection.table_names(cursor)
        ours = [one for one in tables if one.startswith(tuple(f"{room}_" for room in ROOMS))]
        found = {}
        for table in ours:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            found[table] = cursor.fetchone()[0]
        return found


@pytest.fixture(scope="module")
def old(cluster) -> Iterator[None]:
    """The database as the old program left it; nothing of today's has touched it."""
    close_all()
    with cluster.connect() as server:
        server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {NAME} OWNER {layout.OWNER}")
    with cluster.connect(layout.OWNER, NAME) as owner:
        owner.execute(DUMP.read_text(encoding="utf-8"))
        owner.execute(FILE_OF_A_DUTY)
    _point_at(NAME)
    yield
    close_all()
    _point_at(TEMPLATE)
    with cluster.connect() as server:
        server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


@pytest.fixture(scope="module")
def upgraded(old) -> dict[str, object]:
    """What stood before, then the upgrade as `tutela up` does it."""
    before = {"applied": applied(), "counts": counts()}
    kinds = ContentType.objects.filter(app_label="governance", model__startswith="attachment")
    before["kinds"] = {row.model: row.id for row in kinds}
    first_run.migrate()
    return before


def test_every_old_migration_is_known_and_none_runs_again(upgraded):
    """The rows of the four rooms' migrations are what they were, and nothing is left to do."""
    before, now = upgraded["applied"], applied()
    assert {app for app, _name in before} >= set(ROOMS)
    assert {key: now.get(key) for key in before} == before
    assert not session.pending()


def test_every_row_is_still_there(upgraded):
    """By table, and no table went."""
    before, now = upgraded["counts"], counts()
    assert before["governance_task"] == 2
    assert before["documents_version"] == before["committee_meeting"] == 1
    assert {table: now.get(table) for table in before} == before


def test_the_kinds_of_rows_keep_their_names(upgraded):
    """A second set beside the old one would be read by nobody."""
    found = ContentType.objects.filter(app_label__in=["governance", "programme", "proof"])
    assert set(found.values_list("app_label", flat=True)) == {"governance", "proof"}
    kept = found.filter(model__startswith="attachment")
    assert upgraded["kinds"] == {row.model: row.id for row in kept}
    assert set(kept.values_list("app_label", flat=True)) == {"proof"}


def test_the_rooms_read_what_was_written(upgraded):
    """Across rooms too: a task knows its resolution, a rating its file, a duty who closed it."""
    given = Task.objects.get(origin_kind="resolution")
    assert programme.files(Task.objects.exclude(pk=given.pk).get()).get().size == 3
    assert programme.files(DutyOccurrence.objects.get(state="done")).get().name == "duty.txt"
    assert registry.origin(given.origin_kind, given.origin_id).page == reverse(
        "committee-view-meeting", args=[Meeting.objects.get().id]
    )
    proof = Attachment.objects.get(holder_kind="rating")
    assert ratings.rating_of(proof).control == "ISMS-03"
    assert HOLDERS[proof.holder_kind].withdrawal.page(proof).endswith("/ISMS-03/")
    assert DutyOccurrence.objects.get(state="done").evidence == "Report 7"
    assert Version.objects.get().state == "published"
    assert Risk.objects.get().title == "Loss"
    ends = clock.today() + timedelta(days=365)
    facts = system._moments(system._facts(), Ask(target="isms-built", begins=ends, ends=ends))
    assert [len(facts[part]) for part in ("policies", "committee")] == [1, 1]


def test_seats_of_before_stay_without_a_person(upgraded):
    """Nobody was appointed, so nobody is entered; they count, and nobody is invited by them."""
    committee = Committee.objects.get()
    seats = list(queries.seats_on(committee.id, clock.today()))
    assert seats
    assert {seat.staff_id for seat in seats} == {None}
    assert queries.members(committee) == []
    officer = browser(Staff.objects.get(login__startswith="compliance-officer", staff_no="S2"))
    page = officer.get(f"/committee/{committee.id}/", headers={"Accept-Language": "en"})
    assert "No person named" in page.content.decode()


def test_packs_of_before_are_listed_and_not_kept(upgraded):
    """None was stored; the page says so and offers none."""
    assert all(pack.kept is None for pack in written.packs(20))


def test_every_page_opens(upgraded):
    """For whoever runs the programme, with the old rows in it."""
    person = Staff.objects.get(login__startswith="compliance-officer", staff_no="S2")
    page = browser(person)
    year = Assessment.objects.get().year
    names = [
        reverse(name)
        for name in (
            "governance-view-programme",
            "governance-list-departments",
            "governance-view-year",
            "governance-my-work",
            "governance-list-tasks",
            "documents-list-documents",
            "assessment-list",
            "risk-list",
        )
    ]
    names += [reverse("governance-view-task", args=[one.id]) for one in Task.objects.all()]
    names += [
        reverse("governance-view-target", args=["tls-share"]),
        reverse("governance-view-occurrence", args=[DutyOccurrence.objects.get(state="done").pk]),
        reverse("documents-view-document", args=[Version.objects.get().document_id]),
        reverse("committee-view-meeting", args=[Meeting.objects.get().id]),
        reverse("assessment-view", args=[year]),
        reverse("assessment-rate", args=[year, "ISMS-03"]),
        reverse("risk-view", args=[Risk.objects.get().id]),
    ]
    assert {name: page.get(name).status_code for name in names} == dict.fromkeys(names, 200)
