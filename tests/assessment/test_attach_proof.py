"""Files as proof of a rating: several at once, sealed, with their own day, and over when their time is."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from tests.access import cast
from tests.console.stage import browser, text
from tutela.access.errors import PermissionMissing
from tutela.assessment import errors, queries, rules
from tutela.assessment.actions import assessments, ratings
from tutela.base import clock
from tutela.proof.actions.attachments import Upload, open_attachment
from tutela.proof.errors import AttachmentUnknown, EvidenceInFuture, FileTwice, ProofNeeded
from tutela.proof.models import Attachment
from tutela.trail.queries import LeafFilter, leaves

YEAR = clock.today().year
People = dict[str, cast.Member]


@pytest.fixture(scope="module")
def opened(people: People) -> People:
    assessments.open_assessment(people["compliance_officer"].actor, YEAR)
    return people


def upload(data: bytes, *, days: int | None = None, **facts: object) -> Upload:
    """A file of yesterday that is over so many days from today."""
    expires = None if days is None else clock.today() + timedelta(days=days)
    day = clock.today() - timedelta(days=9)
    return Upload(
        **{"name": "log.txt", "file": BytesIO(data), "evidence_date": day, "expires": expires}
        | facts
    )


def attach(people: People, control: str, *files: Upload) -> list[Attachment]:
    officer = people["compliance_officer"].actor
    return ratings.attach_proof(officer, YEAR, control, files)


def verdict(control: str) -> str:
    return queries.line(queries.lines(queries.assessment(YEAR)), control).verdict


def test_several_files_are_kept_sealed_and_open_again(opened: People) -> None:
    """Each with its hash; the auditor reads one, which leaves a trace."""
    first, second = attach(opened, "ISMS-03", upload(b"one"), upload(b"two", name="b.doc"))
    assert first.sha256 != second.sha256
    assert b"one" not in bytes(first.parts.get().sealed)
    _, data = open_attachment(actor=opened["auditor"].actor, attachment_id=second.id)
    assert data == b"two"
    assert (
        leaves(LeafFilter(event="governance.attachment.opened"))[0].detail["file_hash"]
        == second.sha256
    )


def test_who_may_not_read_assessments_does_not_open_their_files(opened: People) -> None:
    """A service agent reads the programme, yet not this: the answer is that there is no such file."""
    (held,) = attach(opened, "ISMS-04", upload(b"secret minutes"))
    with pytest.raises(AttachmentUnknown):
        open_attachment(actor=opened["service_agent"].actor, attachment_id=held.id)


def test_all_files_are_kept_or_none(opened: People) -> None:
    """The same one twice, or one of a day to come, takes the others back with it."""
    for bad, refusal in (
        (upload(b"a"), FileTwice),
        (upload(b"c", evidence_date=clock.today() + timedelta(days=1)), EvidenceInFuture),
    ):
        with pytest.raises(refusal):
            attach(opened, "ISMS-05", upload(b"a"), bad)
    assert not queries.line(queries.lines(queries.assessment(YEAR)), "ISMS-05").files


def test_a_file_is_evidence_enough_for_met(opened: People) -> None:
    """Words are not needed beside it."""
    officer = opened["compliance_officer"].actor
    with pytest.raises(errors.ProofMissing):
        ratings.rate_control(officer, YEAR, "ISMS-06", ratings.NewRating(verdict="met"))
    attach(opened, "ISMS-06", upload(b"contract"))
    ratings.rate_control(officer, YEAR, "ISMS-06", ratings.NewRating(verdict="met"))
    assert verdict("ISMS-06") == "met"


def test_expired_proof_is_never_met(opened: People) -> None:
    """The rating says so and counts as not met, until a newer file stands beside."""
    officer = opened["compliance_officer"].actor
    attach(opened, "ISMS-07", upload(b"old", days=0))
    ratings.rate_control(
        officer, YEAR, "ISMS-07", ratings.NewRating(verdict="met", evidence="Record 7")
    )
    assert verdict("ISMS-07") == "expired"
    assert queries.tally(queries.lines(queries.assessment(YEAR))).expired == 1
    client = browser(opened["compliance_officer"].staff)
    client.cookies["django_language"] = "en"
    assert "have expired" in text(client.get(f"/assessments/{YEAR}/controls/ISMS-07/"))
    attach(opened, "ISMS-07", upload(b"new", days=1))
    assert verdict("ISMS-07") == "met"


@pytest.mark.parametrize(
    ("typed", "days", "shown"),
    [("met", [0], "expired"), ("met", [0, 1], "met"), ("met", [0, None], "met"), ("met", [], "met"),
     ("partly", [0], "partly"), ("", [0], "")],
)  # fmt: skip
def test_only_a_met_without_a_file_that_holds_is_expired(
    typed: str, days: list[int | None], shown: str
) -> None:
    """A day of expiry is the first that proves nothing."""
    ends = [None if n is None else clock.today() + timedelta(days=n) for n in days]
    assert rules.with_proof(typed, ends, clock.today()) == shown


def test_files_come_by_the_page_several_at_once(opened: People) -> None:
    """With one day for all; without a day the page says so and keeps nothing."""
    client = browser(opened["compliance_officer"].staff)
    address = f"/assessments/{YEAR}/controls/ISMS-08/files/"

    def files() -> list[SimpleUploadedFile]:
        return [SimpleUploadedFile(f"{n}.txt", f"file {n}".encode()) for n in range(2)]

    assert client.post(address, {"proofs": files(), "evidence_date": ""}).status_code == 422
    assert client.post(address, {"evidence_date": str(clock.today())}).status_code == 422
    assert (
        client.post(address, {"proofs": files(), "evidence_date": str(clock.today())}).status_code
        == 302
    )
    page = text(client.get(f"/assessments/{YEAR}/controls/ISMS-08/"))
    assert "0.txt" in page
    assert "1.txt" in page


def _proof(name: str, **facts: object) -> dict[str, object]:
    sent = SimpleUploadedFile(f"{name}.txt", f"file {name}".encode())
    return {"proofs": [sent], "evidence_date": str(clock.today()), **facts}


def test_attaching_keeps_the_rating_typed_above(opened: People) -> None:
    """Ticked, remarked, attached in one press; the file is the evidence that met asks for."""
    client = browser(opened["compliance_officer"].staff)
    address = f"/assessments/{YEAR}/controls/ISMS-09/"
    rating = {"verdict": "met", "note": "Seen on site", "evidence": "", "version": 0}
    assert client.post(f"{address}files/", _proof("one", **rating)).status_code == 302
    line = queries.line(queries.lines(queries.assessment(YEAR)), "ISMS-09")
    assert (line.verdict, line.rating.note, len(line.files)) == ("met", "Seen on site", 1)
    page = text(client.get(address))
    assert 'id="rating"' in page
    assert page.count('form="rating"') == 4


def test_what_was_typed_survives_a_refused_file_and_a_refused_rating(opened: People) -> None:
    """The file without a day is refused, nothing is kept, the page still holds tick and remark; a rating
    that lacks its remark is refused, the file is kept."""
    client = browser(opened["compliance_officer"].staff)
    address = f"/assessments/{YEAR}/controls/ISMS-10/"
    rating = {"verdict": "partly", "note": "Half of it", "evidence": "", "version": 0}
    refused = client.post(f"{address}files/", _proof("two", **rating) | {"evidence_date": ""})
    shown = text(refused)
    assert (refused.status_code, "Half of it" in shown) == (422, True)
    assert re.search(r'value="partly"[^>]*checked', shown)
    refused = client.post(f"{address}files/", _proof("two", **rating | {"note": ""}))
    assert re.search(r'value="partly"[^>]*checked', text(refused))
    line = queries.line(queries.lines(queries.assessment(YEAR)), "ISMS-10")
    assert (refused.status_code, line.verdict, len(line.files)) == (422, "", 1)


def test_saving_keeps_a_file_that_was_chosen_and_not_attached(opened: People) -> None:
    """Save sends what stands in the form below it too."""
    client = browser(opened["compliance_officer"].staff)
    address = f"/assessments/{YEAR}/controls/ISMS-11/"
    rating = {"verdict": "met", "note": "", "evidence": "", "version": 0}
    assert client.post(address, _proof("three", **rating)).status_code == 302
    line = queries.line(queries.lines(queries.assessment(YEAR)), "ISMS-11")
    assert (line.verdict, len(line.files)) == ("met", 1)


def test_a_live_control_takes_files_but_never_a_typed_yes(opened: People) -> None:
    """Its page has no choice to tick, a typed one changes nothing, and the database refuses it too."""
    client = browser(opened["compliance_officer"].staff)
    address = f"/assessments/{YEAR}/controls/ENC-01/"
    assert 'name="verdict"' not in text(client.get(address))
    client.post(address, {"verdict": "met", "note": "", "evidence": "believe me", "version": 0})
    attach(opened, "ENC-01", upload(b"screenshot"))
    assert verdict("ENC-01") == "no_data"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE assessment_rating SET verdict = 'met' WHERE control = 'ENC-01'")


def test_no_file_is_added_once_handed_in(opened: People) -> None:
    """What the second person confirms is what was handed in."""
    for state in (rules.State.SUBMITTED, rules.State.CLOSED):
        with pytest.raises(errors.AssessmentNotOpen):
            rules.check_open(state)


def test_a_wrong_file_is_withdrawn_from_a_rating(opened: People) -> None:
    """Unless the control is met by it alone; the report and the counts leave it out."""
    officer = opened["compliance_officer"]
    (wrong,) = attach(opened, "ISMS-12", upload(b"wrong"))
    ratings.rate_control(
        officer.actor, YEAR, "ISMS-12", ratings.NewRating(verdict="met", note="", evidence="")
    )
    page = f"/attachments/{wrong.id}/withdraw/"
    refused = browser(officer.staff).post(page, {"reason": "Wrong year"})
    assert refused.status_code == 422
    with pytest.raises(ProofNeeded):
        ratings.withdraw_proof(officer.actor, wrong, "Wrong year")
    attach(opened, "ISMS-12", upload(b"right"))
    done = browser(officer.staff).post(page, {"reason": "Wrong year"})
    assert done.headers["Location"] == f"/assessments/{YEAR}/controls/ISMS-12/"
    line = queries.line(queries.lines(queries.assessment(YEAR)), "ISMS-12")
    assert (len(line.files), len(line.attachments), line.verdict) == (1, 2, "met")


def test_an_expired_file_is_withdrawn_and_no_longer_speaks(opened: People) -> None:
    """The rating then stands on its words."""
    officer = opened["compliance_officer"].actor
    (old,) = attach(opened, "SRV-04", upload(b"old", days=-1))
    facts = {"verdict": "met", "note": "", "evidence": "Register 7"}
    ratings.rate_control(officer, YEAR, "SRV-04", ratings.NewRating(**facts))
    assert verdict("SRV-04") == "expired"
    ratings.withdraw_proof(officer, old, "Old one")
    assert verdict("SRV-04") == "met"


def test_nobody_withdraws_from_a_rating_that_may_not_change(opened: People) -> None:
    """Who only reads may not; and what was handed in stays, by the same rule as adding."""
    (held,) = attach(opened, "SRV-03", upload(b"mine"))
    with pytest.raises(PermissionMissing):
        ratings.withdraw_proof(opened["auditor"].actor, held, "Not mine")
    for post, status in (("auditor", 403), ("service_agent", 404)):
        shown = browser(opened[post].staff).get(f"/attachments/{held.id}/withdraw/")
        assert (shown.status_code, held.name in text(shown)) == (status, False)
