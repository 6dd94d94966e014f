"""A pack verifies without Tutela; one that was touched does not."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

import tutela_verify
from tutela.base import clock
from tutela.base.errors import NotAllowed
from tutela.crypto import sign as ed25519
from tutela.scorecard import actions, signing
from tutela.scorecard.actions import Definition, Report
from tutela.scorecard.errors import PeriodWrong
from tutela.trail import queries
from tutela.vault import actions as vault


@pytest.fixture(scope="module")
def pack(people, tmp_path_factory):
    """A pack of ninety days with outside evidence, an own measure and a count of the vault."""
    vault.count_encryption()
    today, officer = clock.today(), people["compliance_officer"].actor
    for name, part, whole in (("tls-share", 97, 100), ("complaint-48h", 9, 10)):
        report = Report(
            target=name, begins=today - timedelta(days=20), ends=today, unit="percent",
            source="gateway", signer="Li", numerator=part, denominator=whole,
        )  # fmt: skip
        actions.add_evidence(officer, report)
    actions.define_measure(officer, Definition(
        name="safe-road", title="Safe road", formula="(tls-share + complaint-48h) / 2 - 1",
        goal=90, unit="percent", direction="at_least", department="it", cadence=31, starts=today,
    ))  # fmt: skip
    path = tmp_path_factory.mktemp("pack") / "pack.zip"
    actions.write_pack(people["auditor"].actor, today - timedelta(days=89), today, path)
    return path


def changed(pack, tmp_path, name, edit):
    """The pack with one file edited; an edit that gives None leaves the file out."""
    path = tmp_path / "changed.zip"
    with zipfile.ZipFile(pack) as source, zipfile.ZipFile(path, "w") as target:
        for one in source.namelist():
            data = source.read(one)
            data = edit(data) if one == name else data
            if data is not None:
                target.writestr(one, data)
    return path


def test_a_pack_verifies(pack, capsys):
    """Signature, hashes and every figure are equal."""
    key = signing.public_key().hex()
    assert tutela_verify.main(["pack", str(pack), "--key", key]) == 0, capsys.readouterr().out
    told = capsys.readouterr().out
    assert "DIFFERENT" not in told
    assert "own-safe-road: 92.5 percent" in told
    assert told.count("figure ") >= 15


def test_another_key_is_told(pack):
    """Somebody else's pack is not the company's."""
    other = ed25519.public_of(ed25519.generate()).hex()
    assert tutela_verify.main(["pack", str(pack), "--key", other]) == 1


def test_every_file_is_watched(pack, tmp_path):
    """A flipped byte in any file, or a file gone, is found."""
    with zipfile.ZipFile(pack) as opened:
        names = opened.namelist()
    for name in names:
        flip = changed(
            pack, tmp_path, name, lambda data: data[:-3] + bytes([data[-3] ^ 1]) + data[-2:]
        )
        assert tutela_verify.main(["pack", str(flip)]) == 1, name
        gone = changed(pack, tmp_path, name, lambda _data: None)
        assert tutela_verify.main(["pack", str(gone)]) == 1, name


def test_bytes_flipped_in_the_zip_are_found_or_change_nothing(pack, tmp_path):
    """No flipped byte makes another figure pass."""
    whole = pack.read_bytes()
    path = tmp_path / "flipped.zip"
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        try:
            same = contents(path) == contents(pack)
        except Exception:
            same = False
        assert same or tutela_verify.main(["pack", str(path)]) == 1, place


def contents(path):
    with zipfile.ZipFile(path) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_a_figure_that_its_rows_do_not_give_is_found_even_when_signed_anew(pack, tmp_path):
    """The forger has the key, but not the rows."""
    held = contents(pack)
    manifest = json.loads(held["manifest.json"])
    figure = next(one for one in manifest["figures"] if one["target"] == "complaint-48h")
    figure["value"] = 100.0
    held["manifest.json"] = json.dumps(manifest).encode()
    assert tutela_verify.main(["pack", str(signed(held, tmp_path))]) == 1


def signed(held, tmp_path):
    """A pack of these files, hashed and signed with the house's key."""
    import hashlib

    named = {name: data for name, data in held.items() if name not in tutela_verify.UNLISTED}
    lines = [
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(named.items())
    ]
    named["SHA256SUMS"] = "".join(lines).encode()
    named["signature.txt"] = signing.sign(named["SHA256SUMS"]).hex().encode()
    path = tmp_path / "signed.zip"
    with zipfile.ZipFile(path, "w") as target:
        for name, data in named.items():
            target.writestr(name, data)
    return path


def test_the_summaries_speak_both_languages(pack):
    """An officer in either language reads the same figures."""
    import docx

    held = contents(pack)
    assert "暂无数据" in held["summary.html"].decode()
    assert "no data yet" in held["summary.html"].decode()
    document = docx.Document(io.BytesIO(held["summary.docx"]))
    assert [len(table.rows) for table in document.tables] == [16, 16]


def test_writing_a_pack_leaves_a_leaf(pack, people):
    """With the file's hash, so that a pack can be told from another."""
    (leaf,) = queries.leaves(event="scorecard.pack.written", limit=1)
    assert leaf.actor_id == people["auditor"].actor.id
    assert leaf.detail["figures"] == 15


def test_the_key_lies_closed(pack, home):
    """Mode 0600 and sealed: the private key is not its bytes."""
    file = home / signing.NAME
    assert file.stat().st_mode & 0o777 == 0o600
    assert len(file.read_bytes()) > 32


def test_a_pack_of_the_future_or_by_a_stranger_is_refused(people, tmp_path):
    """And no file is left behind."""
    today, path = clock.today(), tmp_path / "no.zip"
    with pytest.raises(PeriodWrong):
        actions.write_pack(people["auditor"].actor, today, today + timedelta(days=1), path)
    with pytest.raises(NotAllowed):
        actions.write_pack(people["service_agent"].actor, today, today, path)
    assert list(tmp_path.iterdir()) == []


def test_junk_is_no_pack(tmp_path):
    """One sentence, no trace back."""
    path = tmp_path / "junk.zip"
    path.write_bytes(b"not a zip at all")
    assert tutela_verify.main(["pack", str(path)]) == 1
    assert tutela_verify.main(["pack", str(tmp_path / "nowhere.zip")]) == 1
