"""Files as proof: sealed and hashed, of the kind that they are called, each in its place."""

import io
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, connections, transaction

from tests.detect.files_made import FILES
from tutela.base import clock
from tutela.programme.actions import tasks
from tutela.programme.actions.attachments import attach
from tutela.proof import errors, queries
from tutela.proof.actions.attachments import MEGABYTES, Upload, open_attachment
from tutela.trail import queries as trail


def make(member):
    new = tasks.NewTask(title="Renew the notice", due=clock.today(), department="it")
    return tasks.create_task(member.actor, new)


def upload(data=b"proof", **facts):
    given = {"name": "C:\\x\\proof.txt", "file": io.BytesIO(data), "evidence_date": clock.today()}
    return Upload(**(given | facts))


def test_a_file_comes_back_as_it_was(crew):
    """Sealed in the database, with hash, name without path, and a leaf for each opening."""
    data = bytes(range(256)) * 6000
    held = attach(crew.officer.actor, make(crew.officer), upload(data))
    _, opened = open_attachment(crew.officer.actor, held.id)
    assert (opened, held.name) == (data, "proof.txt")
    assert held.parts.count() == 3
    assert data[:64] not in bytes(held.parts.first().sealed)
    assert (
        trail.leaves(trail.LeafFilter(event="governance.attachment.opened"))[0].detail["file_hash"]
        == held.sha256
    )


def test_a_replaced_file_is_not_handed_out(crew):
    """Somebody put other sealed bytes in its place."""
    task = make(crew.officer)
    one, other = (attach(crew.officer.actor, task, upload(data)) for data in (b"a", b"b"))
    part = other.parts.get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute(
                "UPDATE governance_attachment_part SET sealed = '' WHERE id = %s", [part.pk]
            )
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "UPDATE governance_attachment_part SET sealed = %s WHERE attachment_id = %s",
            [bytes(part.sealed), one.id],
        )
    before = len(trail.leaves(trail.LeafFilter(event="governance.attachment.opened")))
    with pytest.raises(errors.FileDamaged):
        open_attachment(crew.officer.actor, one.id)
    # The trace comes first, so that also a look which fails is told of.
    assert len(trail.leaves(trail.LeafFilter(event="governance.attachment.opened"))) == before + 1


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"evidence_date": timedelta(days=1)}, errors.EvidenceInFuture),
        ({"expires": timedelta(days=0)}, errors.ExpiryInvalid),
        ({"file": io.BytesIO(b"")}, errors.FileEmpty),
        ({"file": io.BytesIO(bytes(MEGABYTES * 1024 * 1024 + 1))}, errors.FileTooLarge),
    ],
)
def test_a_file_that_cannot_be_proof_is_refused(crew, facts, error):
    """From the future, expired on arrival, empty, too large: each with its sentence."""
    given = {
        name: clock.today() + value if isinstance(value, timedelta) else value
        for name, value in facts.items()
    }
    with pytest.raises(error):
        attach(crew.officer.actor, make(crew.officer), upload(**given))


@pytest.mark.parametrize("ending", ["pdf", "docx", "XLSX", "png", "jpg", "jpeg"])
def test_a_file_under_another_kind_s_name_is_refused(crew, ending):
    """Random bytes called a PDF prove nothing: nobody can open them."""
    given = upload(bytes(range(256)), name=f"proof.{ending}")
    with pytest.raises(errors.FileOtherwise):
        attach(crew.officer.actor, make(crew.officer), given)


@pytest.mark.parametrize(
    ("ending", "of"), [("docx", "xlsx"), ("xlsx", "zip"), ("docx", "half a zip")]
)
def test_an_office_file_is_looked_into(crew, ending, of):
    """Both begin as a zip; only what lies inside tells them apart."""
    given = upload(FILES[of][0], name=f"proof.{ending}")
    with pytest.raises(errors.FileOtherwise):
        attach(crew.officer.actor, make(crew.officer), given)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"%PDF-1.7\n"),
        ("a.PNG", b"\x89PNG\r\n\x1a\n"),
        ("a.jpg", b"\xff\xd8\xff\xe0"),
        ("a.xlsx", FILES["xlsx"][0]),
        ("a.docx", FILES["docx"][0]),
        ("b.docx", FILES["office with a password"][0]),
        ("a.xls", b"<html><table>"),
        ("a.log", b"%PDF-1.7\n"),
        ("pdf", b"plain"),
    ],
)
def test_any_kind_of_file_is_proof_under_its_own_name(crew, name, data):
    """An Office file with a password too, and whatever else a system writes."""
    given = upload(data, name=name)
    held = attach(crew.officer.actor, make(crew.officer), given)
    assert held.name == name


def test_the_same_file_twice_is_refused_and_a_newer_one_stands_beside(crew):
    """Nothing is replaced: both are kept with their hashes."""
    task = make(crew.officer)
    attach(crew.officer.actor, task, upload(b"1"))
    with pytest.raises(errors.FileTwice):
        attach(crew.officer.actor, task, upload(b"1"))
    attach(crew.officer.actor, task, upload(b"2"))
    assert queries.files("task", str(task.id)).count() == 2
