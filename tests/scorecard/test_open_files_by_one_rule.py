"""A file opens by the rule of the thing it hangs on; else it is answered like one that is not there."""

import re
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest

import tutela
from tests.access import cast
from tests.console.stage import browser
from tests.documents import steps
from tests.doors.answers import asked
from tests.doors.things import NOBODY
from tutela.access.posts import POSTS
from tutela.assessment.actions import assessments, ratings
from tutela.base import clock
from tutela.programme.actions import attachments, tasks
from tutela.proof import queries
from tutela.proof.actions.attachments import Upload

UUID_TEXT = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
PEOPLE = [code for code, post in POSTS.items() if post.kind == "staff"]
# Every module that answers with a file. A new one stands here and, if it hands out what somebody put in,
# in the table below.
SERVING = {
    "backup/drill_views.py": "signed reports of drills, by the right to see backups, which hold no value of a customer",
    "api/packs.py": "kept packs, by the right to write packs, with a leaf of their own",
    "console/witness_views.py": "a checkpoint of hashes to carry, by the right to record what a witness signs",
    "console/segment_views.py": "leaves of a sealed month, by the right to search the trail, with a leaf of their own",
    "console/proof_pages.py": "proofs of the trail, by the right to search it, written for the request",
    "assessment/views.py": "the report, by the right to read assessments, before it is looked up",
    "documents/file_views.py": "documents, below",
    "proof/views.py": "attachments, below",
    "web/exports.py": "lists as files, by the page's own right",
    "scorecard/views.py": "packs that are written for the request, and the verifier",
    "vault/batch_views.py": "rejected rows, which have tests of their own",
}


@pytest.fixture(scope="module")
def crew(database: str) -> dict[str, cast.Member]:
    cast.plant_branches()
    return {post: cast.hire(post, "EAST") for post in PEOPLE}


class _Cast:
    """Whom the document steps need."""

    def __init__(self, drafter: cast.Member) -> None:
        self.drafter = drafter


def _upload(name: str) -> Upload:
    day = clock.today() - timedelta(days=1)
    return Upload(name=name, file=BytesIO(name.encode()), evidence_date=day)


@pytest.fixture(scope="module")
def places(crew: dict[str, cast.Member]) -> dict[str, tuple[str, str, str]]:
    """For each kind of thing: the page of the thing, and the method and address of its file."""
    officer = crew["compliance_officer"].actor
    year = clock.today().year
    assessments.open_assessment(officer, year)
    (rated,) = ratings.attach_proof(officer, year, "ISMS-03", [_upload("rating.txt")])
    keeper = cast.hire("system_admin", department="it")
    task = tasks.create_task(
        crew["security_admin"].actor,
        tasks.NewTask(title="Renew", due=clock.today(), department="it"),
    )
    done = attachments.attach(keeper.actor, task, _upload("task.txt"))
    version = steps.filed(_Cast(crew["security_admin"]))
    return {
        "task": (f"/tasks/{task.pk}/", "post", f"/attachments/{done.pk}/"),
        "rating": (f"/assessments/{year}/", "post", f"/attachments/{rated.pk}/"),
        "withdraw": (f"/assessments/{year}/", "get", f"/attachments/{rated.pk}/withdraw/"),
        "draft": (
            f"/documents/{version.document_id}/",
            "get",
            f"/documents/versions/{version.pk}/file/",
        ),
    }


def test_every_module_that_hands_out_files_is_known() -> None:
    """A new way to hand a file out must be looked at."""
    package = Path(tutela.__file__).parent
    found = {
        str(path.relative_to(package))
        for path in package.rglob("*.py")
        if re.search("Content-Disposition|FileResponse", path.read_text("utf-8"))
    }
    assert found == set(SERVING)


@pytest.mark.parametrize("kind", ["task", "rating", "withdraw", "draft"])
@pytest.mark.parametrize("post", PEOPLE)
def test_a_file_opens_with_its_thing_or_is_not_there(crew, places, post: str, kind: str) -> None:
    """Whoever sees the thing is answered (who reads ratings only may not withdraw); else words, status, leaf
    and work are those of an id that nobody has."""
    page, method, address = places[kind]
    client, actor = browser(crew[post].staff), crew[post].actor
    if client.get(page).status_code == 200:
        assert getattr(client, method)(address).status_code in (
            {200, 403} if kind == "withdraw" else {200}
        )
        return
    held = re.findall(UUID_TEXT, address)[0]
    there = asked(actor, lambda: getattr(client, method)(address), {"file": held})
    nowhere = address.replace(held, str(NOBODY))
    absent = asked(actor, lambda: getattr(client, method)(nowhere), {"file": NOBODY})
    assert there.status == 404, (post, kind)
    assert (there.text, there.leaves) == (absent.text, absent.leaves)
    assert there.subjects == absent.subjects == frozenset()


@pytest.mark.parametrize("kind", ["task", "rating", "draft"])
def test_who_sees_the_thing_opens_its_file(crew, places, kind: str) -> None:
    """At least the compliance officer, who sees all of them."""
    _, method, address = places[kind]
    answer = getattr(browser(crew["compliance_officer"].staff), method)(address)
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_file_of_another_room_is_not_withdrawn_by_its_id(crew, places) -> None:
    """Reports from outside are withdrawn with their row."""
    assert queries.attachment_or_none(UUID(int=0)) is None
    answer = browser(crew["compliance_officer"].staff).get(f"/attachments/{uuid4()}/withdraw/")
    assert answer.status_code == 404
