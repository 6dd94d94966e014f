"""A pack verifies without Tutela; one that was touched does not."""

import hashlib
import io
import json
import re
import zipfile
from datetime import datetime, timedelta

import pytest
from django.utils import timezone, translation

import tutela_verify
from tutela.base import clock
from tutela.base.errors import NotAllowed
from tutela.crypto import sign as ed25519
from tutela.scorecard import signing, summary
from tutela.scorecard.actions.evidence import Report, add_evidence
from tutela.scorecard.actions.measures import Definition, define_measure
from tutela.scorecard.actions.packs import write_pack
from tutela.scorecard.errors import PackInFuture
from tutela.scorecard.reports import Reports
from tutela.trail import queries
from tutela.vault.actions.counts import count_encryption

SHARE = {"unit": "percent", "numerator": 9, "denominator": 10}


@pytest.fixture(scope="module")
def pack(people, tmp_path_factory):
    """A pack of ninety days with outside evidence, an own measure and a count of the vault."""
    count_encryption()
    today, officer = clock.today(), people["compliance_officer"].actor
    for name, part, whole in (("tls-share", 97, 100), ("complaint-48h", 9, 10)):
        report = Report(
            target=name, begins=today - timedelta(days=20), ends=today, unit="percent",
            source="gateway", signer="Li", numerator=part, denominator=whole,
        )  # fmt: skip
        add_evidence(officer, report)
    define_measure(officer, Definition(
        name="safe-road", title="Safe road", formula="(tls-share + complaint-48h) / 2 - 1",
        goal=90, unit="percent", direction="at_least", department="it", cadence=31, starts=today,
    ))  # fmt: skip
    path = tmp_path_factory.mktemp("pack") / "pack.zip"
    write_pack(people["auditor"].actor, today - timedelta(days=89), today, path)
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


def test_a_pack_verifies(pack, told):
    """Signature, hashes and every figure are equal."""
    key = signing.public_key().hex()
    assert tutela_verify.main(["pack", str(pack), "--key", key]) == 0
    said = told()
    assert "DIFFERENT" not in said
    assert "own-safe-road: 92.5 percent" in said
    assert said.count("figure ") >= 15


def test_another_key_is_told(pack, told):
    """Somebody else's pack is not the company's."""
    other = ed25519.public_of(ed25519.generate()).hex()
    assert tutela_verify.main(["pack", str(pack), "--key", other]) == 1
    said = told()
    assert "key        the pack is not signed by the given key" in said
    assert "(the given key)" not in said
    assert "(the key in the pack, which is not the given key)" in said


def test_a_wrong_key_is_never_called_the_right_one_in_chinese(pack, told, monkeypatch):
    """And no unit is a program's word."""
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    other = ed25519.public_of(ed25519.generate()).hex()
    assert tutela_verify.main(["pack", str(pack), "--key", other]) == 1
    said = told()
    assert "与所给公钥不是同一把" in said
    assert "与所给公钥相符" not in said
    assert "own-safe-road：92.5 %，" in said
    assert not re.search(r"percent|count|days|hours", said)


def test_the_key_may_come_from_a_file(pack, tmp_path, told):
    """As `tutela evidence key` prints it; anything else is no key."""
    file = tmp_path / "company.key"
    file.write_text(signing.public_key().hex() + "\n")
    assert tutela_verify.main(["pack", str(pack), "--key", str(file)]) == 0
    assert "(the given key)" in told()
    file.write_text("what is this")
    assert tutela_verify.main(["pack", str(pack), "--key", str(file)]) == 1
    assert "not a public key of 64 hex digits" in told()


def test_a_pack_names_its_key(pack):
    """By the short name that the console and the shell show, in the manifest and the summary."""
    held = contents(pack)
    name = signing.key_id(signing.public_key())
    assert json.loads(held["manifest.json"])["key_id"] == name
    assert held["summary.html"].decode().count(name) == 2


@pytest.fixture
def told(capsys, monkeypatch):
    """What was printed since, in English."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    return lambda: capsys.readouterr().out


def names_of(pack):
    with zipfile.ZipFile(pack) as opened:
        return opened.namelist()


def flip(data):
    return data[:-3] + bytes([data[-3] ^ 1]) + data[-2:]


def test_a_changed_file_is_named(pack, tmp_path, told):
    """Rows, summaries, the manifest, the key: each by its name and the same sentence."""
    for name in set(names_of(pack)) - tutela_verify.UNLISTED:
        assert tutela_verify.main(["pack", str(changed(pack, tmp_path, name, flip))]) == 1, name
        said = told()
        assert f"DIFFERENT  file       {name} has a different hash" in said, name
        assert "NOT EQUAL: do not rely on this pack" in said


def test_a_changed_list_or_signature_is_named(pack, tmp_path, told):
    """The signature is of other bytes."""
    for name in tutela_verify.UNLISTED:
        assert tutela_verify.main(["pack", str(changed(pack, tmp_path, name, flip))]) == 1
        assert "signature  does not match this list of hashes and this key" in told(), name


def test_a_file_that_is_gone_is_named(pack, tmp_path, told):
    """And the figures of the other files are still told."""
    rows = [name for name in names_of(pack) if name.startswith("evidence/")]
    for name in (*rows, "summary.html", "summary.docx"):
        gone = changed(pack, tmp_path, name, lambda _data: None)
        assert tutela_verify.main(["pack", str(gone)]) == 1
        said = told()
        assert f"DIFFERENT  file       {name} is missing" in said
        target = name.removeprefix("evidence/").removesuffix(".csv")
        assert said.count("figure ") == 15
        assert (f"figure     {target}: its rows are not in the pack" in said) is (name in rows)
    for name in ("manifest.json", "public-key.txt", *tutela_verify.UNLISTED):
        gone = changed(pack, tmp_path, name, lambda _data: None)
        assert tutela_verify.main(["pack", str(gone)]) == 1
        assert "DIFFERENT" in told()


def test_a_file_more_is_named(pack, tmp_path, told):
    """Nobody slips a page in."""
    path = tmp_path / "more.zip"
    path.write_bytes(pack.read_bytes())
    with zipfile.ZipFile(path, "a") as opened:
        opened.writestr("letter.html", "praise")
    assert tutela_verify.main(["pack", str(path)]) == 1
    assert "DIFFERENT  file       letter.html is not listed" in told()


def test_a_pack_signed_by_another_is_found_by_the_company_s_key(pack, tmp_path, told):
    """All in it agrees with itself; only the key that was told by another way does not."""
    path = signed(contents(pack), tmp_path, ed25519.generate())
    assert tutela_verify.main(["pack", str(path), "--key", signing.public_key().hex()]) == 1
    said = told()
    assert "the pack is not signed by the given key" in said
    assert "the pack names the key" in said


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


def test_a_figure_that_its_rows_do_not_give_is_found_even_when_signed_anew(pack, tmp_path, told):
    """The forger has the key, but not the rows."""
    held = contents(pack)
    manifest = json.loads(held["manifest.json"])
    figure = next(one for one in manifest["figures"] if one["target"] == "complaint-48h")
    figure["value"] = 100.0
    held["manifest.json"] = json.dumps(manifest).encode()
    assert tutela_verify.main(["pack", str(signed(held, tmp_path))]) == 1
    assert "complaint-48h: 100 percent, from the rows 90.0 (9 of 10)" in told()


def test_rows_that_cannot_be_read_are_one_bad_line(pack, tmp_path, told):
    """The other figures are still worked out."""
    held = contents(pack)
    held["evidence/tls-share.csv"] += b"1,yesterday,a,b,0,{}\n"
    assert tutela_verify.main(["pack", str(signed(held, tmp_path))]) == 1
    said = told()
    assert "figure     tls-share: its rows cannot be read (ValueError)" in said
    assert "equal      figure     complaint-48h" in said


def test_a_second_pack_of_the_same_days_says_what_changed(pack, people, tmp_path, told):
    """A report that came late, a correction: each figure then and now; the reader checks it."""
    first = json.loads(contents(pack)["manifest.json"])
    assert first["earlier"] is None
    today, officer = clock.today(), people["compliance_officer"].actor
    late = Report(
        target="leak-drill", begins=today - timedelta(days=40), ends=today - timedelta(days=39),
        unit="count", source="book", signer="Li", value=1,
    )  # fmt: skip
    add_evidence(officer, late)
    (row,) = [one.row for one in Reports("complaint-48h")]
    mended = Report(
        target="complaint-48h", begins=row.begins, ends=row.ends, unit="percent", source="gateway",
        signer="Li", numerator=8, denominator=10, corrects=row.id, reason="one was late",
    )  # fmt: skip
    add_evidence(officer, mended)
    path = tmp_path / "second.zip"
    write_pack(people["auditor"].actor, today - timedelta(days=89), today, path)
    since = json.loads(contents(path)["manifest.json"])["earlier"]
    assert since["file_hash"] == hashlib.sha256(pack.read_bytes()).hexdigest()
    values = {
        one["target"]: (one["then"]["value"], one["now"]["value"]) for one in since["changes"]
    }
    assert values["leak-drill"] == (None, 1.0)
    assert values["complaint-48h"] == (90.0, 80.0)
    assert "tls-share" not in values
    assert tutela_verify.main(["pack", str(path)]) == 0
    assert "complaint-48h: 80 percent, in the pack of" in told()
    assert "one was late" in contents(path)["evidence/complaint-48h.csv"].decode()
    assert "Changes since the pack of" in contents(path)["summary.html"].decode()


def test_an_equal_figure_says_what_else_has_changed(people, tmp_path, told):
    """Nobody reads the same figure twice and is left to guess: here it is made of twice as much."""
    today, officer = clock.today(), people["compliance_officer"].actor
    first, last = today - timedelta(days=60), today - timedelta(days=31)
    held = []
    for n in (40, 39):
        report = Report(
            target="remediation", begins=today - timedelta(days=n),
            ends=today - timedelta(days=n - 1), source="list", signer="Li", **SHARE,
        )  # fmt: skip
        add_evidence(officer, report)
        path = tmp_path / f"{n}.zip"
        write_pack(people["auditor"].actor, first, last, path)
        held.append(contents(path))
    (change,) = json.loads(held[1]["manifest.json"])["earlier"]["changes"]
    assert (change["target"], change["then"]["value"], change["now"]["value"]) == (
        "remediation", 90.0, 90.0,
    )  # fmt: skip
    assert tutela_verify.main(["pack", str(tmp_path / "39.zip")]) == 0
    (line,) = [one for one in told().splitlines() if "change " in one]
    assert "remediation: still 90 percent, but since the pack of" in line
    assert "numerator 9 → 18, denominator 10 → 20, rows 1 → 2, external 1 → 2, latest row" in line
    page = held[1]["summary.html"].decode()
    assert "Figure unchanged; changed: components, the number of rows" in page
    assert "数字未变；变动：构成、证据行数" in page


def test_a_goal_is_judged_by_its_own_period_as_on_the_scorecard(pack):
    """One a week, two a year: both figures stand beside each other, with the days of the second."""
    held = contents(pack)
    page, today = held["summary.html"].decode(), clock.today()
    for text in ("≥ 1 time</td>", "≥ 2 times</td>", "a goal by year by the year", "年度目标按全年"):
        assert text in page
    figures = {row["target"]: row["judged"] for row in json.loads(held["manifest.json"])["figures"]}
    year = figures["trainings"]
    assert (year["begins"], year["ends"]) == (
        (today - timedelta(days=364)).isoformat(), (today + timedelta(days=1)).isoformat(),
    )  # fmt: skip


def signed(held, tmp_path, private=None):
    """A pack of these files, hashed and signed with the house's key or another, which it then shows."""
    if private:
        held["public-key.txt"] = ed25519.public_of(private).hex().encode() + b"\n"
    named = {name: data for name, data in held.items() if name not in tutela_verify.UNLISTED}
    lines = [
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(named.items())
    ]
    named["SHA256SUMS"] = "".join(lines).encode()
    listed = named["SHA256SUMS"]
    made = ed25519.sign(private, listed) if private else signing.sign(listed)
    named["signature.txt"] = made.hex().encode()
    path = tmp_path / "signed.zip"
    with zipfile.ZipFile(path, "w") as target:
        for name, data in named.items():
            target.writestr(name, data)
    return path


def test_a_change_of_unit_is_worked_out_alike(people, tmp_path, told):
    """Reports in hours, then as a share: the latest unit counts, and the outsider agrees."""
    today, officer = clock.today(), people["compliance_officer"].actor
    for days, facts in ((9, {"unit": "hours", "value": 30.0}), (8, SHARE), (7, SHARE)):
        report = Report(
            target="satisfaction", begins=today - timedelta(days=days),
            ends=today - timedelta(days=days - 1), source="survey", signer="Li", **facts,
        )  # fmt: skip
        add_evidence(officer, report)
    path = tmp_path / "units.zip"
    write_pack(people["auditor"].actor, today - timedelta(days=30), today, path)
    assert tutela_verify.main(["pack", str(path)]) == 0
    assert "satisfaction: 90 percent, 3 rows" in told()


def test_the_summaries_speak_both_languages(pack):
    """An officer in either language reads the same figures."""
    import docx

    held = contents(pack)
    assert "暂无数据" in held["summary.html"].decode()
    assert "no data yet" in held["summary.html"].decode()
    document = docx.Document(io.BytesIO(held["summary.docx"]))
    assert [len(table.rows) for table in document.tables] == [16, 16]
    first, second = document.sections
    assert "证据包" in first.header.paragraphs[0].text
    assert "Evidence pack" in second.header.paragraphs[0].text
    assert second.footer.paragraphs[0].text.startswith("Page")


def test_the_summaries_tell_when_in_the_company_s_time(pack):
    """As people write it; the manifest keeps the exact moment."""
    held = contents(pack)
    at = datetime.fromisoformat(json.loads(held["manifest.json"])["written_at"])
    told = timezone.localtime(at).strftime("Created at %Y-%m-%d %H:%M (")
    assert told in held["summary.html"].decode()
    assert "T00:00:00" not in held["summary.html"].decode()


def test_one_of_a_thing_is_told_in_the_singular():
    """A change tells the figure with its unit, and no whole where there is none."""
    reading = {"value": 1, "numerator": 1, "denominator": 0, "evidence": 1, "newest": None}
    with translation.override("en"):
        assert summary._state(reading, "count") == "1 time (rows: 1, latest –)"
        shared = reading | {"value": 99.999, "denominator": 1234}
        told = "99.99 % (1 of 1,234, rows: 1, latest –)"
        assert summary._state(shared, "percent") == told


def test_writing_a_pack_leaves_a_leaf(pack, people):
    """With the file's hash, so that a pack can be told from another."""
    leaf = queries.leaves(queries.LeafFilter(event="scorecard.pack.written"), limit=9)[-1]
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
    with pytest.raises(PackInFuture):
        write_pack(people["auditor"].actor, today, today + timedelta(days=1), path)
    with pytest.raises(NotAllowed):
        write_pack(people["service_agent"].actor, today, today, path)
    assert list(tmp_path.iterdir()) == []


def test_junk_is_no_pack(tmp_path):
    """One sentence, no trace back."""
    path = tmp_path / "junk.zip"
    path.write_bytes(b"not a zip at all")
    assert tutela_verify.main(["pack", str(path)]) == 1
    assert tutela_verify.main(["pack", str(tmp_path / "nowhere.zip")]) == 1
