"""One installation signs with one key: a machine without it, or with another, signs nothing and says why."""

import shutil

import pytest
from django.db import DatabaseError, connection, connections
from django.test.utils import override_settings
from django.utils import translation

from tests.console.stage import browser
from tutela.base import clock
from tutela.base.errors import NotAllowed
from tutela.cli import shell
from tutela.scorecard import checks, signing
from tutela.scorecard.actions.keys import adopt_key, signing_key
from tutela.scorecard.actions.packs import write_pack
from tutela.scorecard.errors import SigningKeyForeign, SigningKeyMissing
from tutela.trail import queries


@pytest.fixture
def signs(people):
    """Whoever may write packs."""
    return people["auditor"].actor


@pytest.fixture(autouse=True)
def _first(home, people):
    """Each test begins as a new installation: no key on this machine, none known."""
    (home / signing.NAME).unlink(missing_ok=True)
    with connections["owner"].cursor() as cursor:
        cursor.execute("TRUNCATE scorecard_signing_key")


@pytest.fixture
def second(tmp_path):
    """Another machine of the installation: the same database and root key, a data directory of its own."""
    folder = tmp_path / "second"
    folder.mkdir(mode=0o700)
    with override_settings(TUTELA_HOME=folder):
        yield folder


def found():
    """What the doctor says of the key, in English."""
    with translation.override("en"):
        told = checks.evidence_key()
    return told.state, told.sentence, told.mend


def write(actor, folder):
    today = clock.today()
    write_pack(actor, today, today, folder / "pack.zip")


def test_the_first_pack_makes_the_key_and_records_its_public_half(signs, home, tmp_path):
    """With a leaf; later packs record nothing more."""
    assert found()[:2] == (
        "good",
        "No evidence pack has been signed yet; the first one creates the key.",
    )
    write(signs, tmp_path)
    write(signs, tmp_path)
    assert signing.known() == signing.public_key()
    leaves = queries.leaves(queries.LeafFilter(event="scorecard.key.recorded"), limit=9)
    assert leaves[0].actor_id == signs.id
    state, sentence, mend = found()
    assert (state, mend) == ("good", "")
    assert signing.key_id(signing.public_key()) in sentence


def test_looking_at_the_page_makes_and_records_no_key(people, signs):
    """Only the first pack does, or the command: on the machine whose key readers know."""
    client = browser(people["auditor"].staff)
    client.cookies["django_language"] = "en"
    assert (
        "The first pack creates the signing key" in client.get("/scorecard/packs/").content.decode()
    )
    assert (signing.known(), signing.is_here()) == (None, False)


def test_who_may_not_write_packs_records_no_key(people, signs):
    """The verb asks the gate, not only the page."""
    with pytest.raises(NotAllowed):
        signing_key(people["marketing_analyst"].actor)
    assert signing.known() is None


def test_a_machine_without_the_key_makes_none_and_signs_nothing(signs, home, tmp_path):
    """Once the installation has one; with the file copied it signs as the first does."""
    write(signs, tmp_path)
    folder = tmp_path / "second"
    folder.mkdir(mode=0o700)
    with override_settings(TUTELA_HOME=folder):
        with pytest.raises(SigningKeyMissing):
            write(signs, tmp_path)
        assert list(folder.iterdir()) == []
        state, sentence, mend = found()
        assert (state, "missing on this machine" in sentence) == ("bad", True)
        assert f"Copy evidence.key from a machine of this installation to {folder}" in mend
        shutil.copy2(home / signing.NAME, folder)
        write(signs, tmp_path)
        assert found()[0] == "good"


def test_a_machine_with_another_key_signs_nothing(signs, second, home, tmp_path):
    """Two machines that both made one before either was recorded: the first to be recorded is it."""
    signing.make()
    other = signing.key_id(signing.public_key())
    with override_settings(TUTELA_HOME=home):
        write(signs, tmp_path)
        known = signing.key_id(signing.public_key())
    with pytest.raises(SigningKeyForeign) as refused:
        write(signs, tmp_path)
    assert {other, known} == set(refused.value.params.values())
    state, sentence, mend = found()
    assert (state, other in sentence, known in sentence) == ("bad", True, True)
    assert f"Replace {second / signing.NAME} with the file of a machine that has {known}" in mend
    assert list(tmp_path.glob("*.part")) == []


def test_a_key_that_nobody_recorded_yet_is_pointed_out(signs):
    """An installation that signed before the database knew keys: one command records the right one."""
    signing.make()
    state, _sentence, mend = found()
    assert (state, mend) == (
        "warning", "On the machine whose public key the readers have, run: tutela evidence key",
    )  # fmt: skip
    signing_key(signs)
    assert found()[0] == "good"


def test_a_lost_key_is_replaced_by_adopting_one(signs, people, home, tmp_path):
    """Only by whoever may write packs; the old one stays in the table and signs no more."""
    write(signs, tmp_path)
    lost = signing.public_key()
    (home / signing.NAME).unlink()
    with pytest.raises(NotAllowed):
        adopt_key(people["service_agent"].actor)
    assert not signing.is_here()
    made = adopt_key(signs)
    assert made == signing.known() == signing.public_key() != lost
    assert adopt_key(signs) == made
    write(signs, tmp_path)
    with connection.cursor() as cursor:
        cursor.execute("SELECT public_key FROM scorecard_signing_key ORDER BY number")
        assert [one for (one,) in cursor.fetchall()] == [lost.hex(), made.hex()]


def test_a_recorded_key_cannot_be_changed(signs):
    """Append only, by the database's own rights."""
    signing_key(signs)
    for statement in ("UPDATE {} SET number = 9", "DELETE FROM {}", "TRUNCATE {}"):
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute(statement.format("scorecard_signing_key"))


def test_the_shell_prints_adopts_and_examines_the_key(signs, home, capfd):
    """`evidence key`, `evidence key --adopt`, and a line of `tutela doctor`."""
    assert shell.run(["evidence", "key"]) == 0
    first = capfd.readouterr().out.strip()
    assert first == signing.public_key().hex()
    (home / signing.NAME).unlink()
    assert shell.run(["evidence", "key"]) == 1
    assert "[scorecard.signing_key_missing]" in capfd.readouterr().err
    shell.run(["doctor", "--json"])
    assert '{"id": "evidence.key", "state": "bad"' in capfd.readouterr().out
    assert shell.run(["evidence", "key", "--adopt"]) == 0
    assert capfd.readouterr().out.strip() == signing.public_key().hex() != first
    shell.run(["doctor", "--json"])
    assert '{"id": "evidence.key", "state": "good"' in capfd.readouterr().out


def test_the_page_of_packs_says_why_it_cannot_sign(people, signs, tmp_path):
    """Instead of a key that readers do not know."""
    write(signs, tmp_path)
    folder = tmp_path / "second"
    folder.mkdir(mode=0o700)
    client = browser(people["auditor"].staff)
    assert signing.public_key().hex() in client.get("/scorecard/packs/").content.decode()
    with override_settings(TUTELA_HOME=folder):
        page = client.get("/scorecard/packs/")
    assert page.status_code == 200
    assert "scorecard.signing_key_missing" in page.content.decode()
