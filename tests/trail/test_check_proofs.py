"""`tutela-verify` checks the trail without Tutela: checkpoints, proofs, continuation, exports, sealed segments."""

import base64
import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

import tutela_verify
from tests.trail.logbook import ORIGIN, Log, Signer, document, encoded, packed
from tutela.crypto import merkle

SIZE, COUNT, FIRST = 700, 300, 300


@pytest.fixture(scope="module")
def log():
    return Log.of(SIZE)


@pytest.fixture
def put(tmp_path):
    """A file with these contents; its path as the command takes it."""

    def place(name, data):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return str(path)

    return place


@pytest.fixture
def policy(put, log):
    return put("policy.txt", log.policy())


@pytest.fixture
def run(capsys):
    """The command's exit code and what it says."""

    def command(*words):
        code = tutela_verify.main([str(word) for word in words])
        return code, capsys.readouterr().out

    return command


def test_a_checkpoint_is_believed_with_the_logs_signature_and_its_quorum(run, put, log, policy):
    """Two of three witnesses, one of them by ML-DSA-44."""
    code, said = run("checkpoint", put("checkpoint", log.note(SIZE)), "--policy", policy)
    assert code == 0, said
    assert f"{ORIGIN}: 700 entries" in said
    assert "quorum     reached: 2 of 3 witnesses" in said
    assert "outside.example/w2" in said


def test_one_witness_too_few_is_not_a_quorum(run, put, log, policy):
    code, said = run(
        "checkpoint", put("checkpoint", log.note(SIZE, witnesses=1)), "--policy", policy
    )
    assert code == 1
    assert "DIFFERENT  quorum     NOT reached: 1 of 3 witnesses" in said


def test_groups_of_groups_are_counted(run, put, log):
    """One of the auditors, and both outsiders."""
    w1, w2, w3 = (one.line for one in log.witnesses)
    lines = f"log {log.signer.line}\nwitness a {w1}\nwitness b {w2}\nwitness c {w3}\n"
    lines += (
        "group inside any a\ngroup outside all b c\ngroup both all inside outside\nquorum both\n"
    )
    given = put("policy.txt", lines)
    code, _ = run("checkpoint", put("two", log.note(SIZE, witnesses=2)), "--policy", given)
    assert code == 1
    code, said = run("checkpoint", put("three", log.note(SIZE, witnesses=3)), "--policy", given)
    assert code == 0, said


def test_the_logs_key_line_alone_is_enough(run, put, log):
    """Then no witness is asked for; a key of another log is no key."""
    note = put("checkpoint", log.note(SIZE, witnesses=0))
    assert run("checkpoint", note, "--key", log.signer.line)[0] == 0
    assert run("checkpoint", note, "--key", put("key", log.signer.line + "\n"))[0] == 0
    assert run("checkpoint", note, "--key", Signer(ORIGIN, 1).line)[0] == 1
    assert run("checkpoint", note, "--key", Signer("other.example", 1, log.signer.key).line)[0] == 1
    assert run("checkpoint", note)[0] == 1


def test_a_log_may_sign_with_ml_dsa_44(run, put, log):
    signer = Signer(ORIGIN, 6)
    note = put("checkpoint", log.text(SIZE) + "\n" + signer.sign(log.text(SIZE)))
    code, said = run("checkpoint", note, "--key", signer.line)
    assert code == 0, said


def test_every_changed_byte_of_a_checkpoint_is_found(run, put, log, policy):
    """Of the text and of the signatures of known keys, whatever it is changed to."""
    note = log.note(SIZE).encode()
    for place in range(0, len(note), 97):
        changed = note[:place] + bytes([note[place] ^ 1]) + note[place + 1 :]
        assert run("checkpoint", put("changed", changed), "--policy", policy)[0] == 1, place


def test_a_signature_that_names_a_known_key_and_is_wrong_spoils_the_note(run, put, log):
    """A right one beside it does not help."""
    text = log.text(SIZE)
    forged = f"— {ORIGIN} {base64.b64encode(log.signer.id + bytes(64)).decode()}\n"
    note = put("checkpoint", text + "\n" + log.signer.sign(text) + forged)
    code, said = run("checkpoint", note, "--key", log.signer.line)
    assert code == 1
    assert f"signature  of the log {ORIGIN} is wrong" in said


def test_lines_of_unknown_keys_are_ignored(run, put, log, policy):
    """A witness that the policy does not know counts for nothing and spoils nothing."""
    stranger = Signer("stranger.example", 4).sign(log.text(SIZE))
    assert (
        run("checkpoint", put("checkpoint", log.note(SIZE) + stranger), "--policy", policy)[0] == 0
    )


NOTES = {
    "no UTF-8": b"\xff\n1\n2\n\n",
    "no blank line": f"{ORIGIN}\n1\nAAAA\n".encode(),
    "no signature": f"{ORIGIN}\n1\nAAAA\n\n".encode(),
    "a carriage return": f"{ORIGIN}\r\n1\nAAAA\n\n— a AAAA\n".encode(),
    "two lines": f"{ORIGIN}\n1\n\n— {ORIGIN} AAAAAAAA\n".encode(),
    "leading zero": f"{ORIGIN}\n01\n{'A' * 43}=\n\n— {ORIGIN} AAAAAAAA\n".encode(),
    "too large a size": f"{ORIGIN}\n9223372036854775808\n{'A' * 43}=\n\n— {ORIGIN} AAAAAAAA\n".encode(),
    "short root": f"{ORIGIN}\n1\nAAAA\n\n— {ORIGIN} AAAAAAAA\n".encode(),
    "loose base64": f"{ORIGIN}\n1\n{'A' * 42}B=\n\n— {ORIGIN} AAAAAAAA\n".encode(),
    "another dash": f"{ORIGIN}\n1\n{'A' * 43}=\n\n- {ORIGIN} AAAAAAAA\n".encode(),
    "a plus in the name": f"{ORIGIN}\n1\n{'A' * 43}=\n\n— a+b AAAAAAAA\n".encode(),
    "empty log, other root": f"{ORIGIN}\n0\n{'A' * 43}=\n\n— {ORIGIN} AAAAAAAA\n".encode(),
    "empty": b"",
    "large": b"a" * (1 << 21),
}


@pytest.mark.parametrize("kind", NOTES)
def test_a_malformed_note_is_refused_with_a_reason(run, put, policy, kind):
    code, said = run("checkpoint", put("note", NOTES[kind]), "--policy", policy)
    assert code == 1
    assert said.count("\n") == 2
    assert "Traceback" not in said


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("quorum nobody", "a member is not defined above"),
        ("group g 2 w1\nquorum g", "at least one and at most all"),
        ("group g 0 w1\nquorum g", "at least one and at most all"),
        ("group g any w1\ngroup h any w1\nquorum h", "belongs to two groups"),
        ("group g any h\ngroup h any w1\nquorum g", "not defined above"),
        ("group none any w1\nquorum none", "a name stands in it twice"),
        ("witness w9 {again}\nquorum none", "a key stands in it twice"),
        ("witness w9 {log}\nquorum none", "the type of the key does not fit"),
        ("log a+00000000+AAAA\nquorum none", "a key is invalid"),
        ("log {wrong_id}\nquorum none", "the id of a key"),
        ("quorum none\nquorum none", "one quorum"),
        ("wittness w9 {again}\nquorum none", "it is none of"),
        ("# nothing", "no quorum line"),
        ("quorum none\x0b", "control characters"),
    ],
)
def test_a_wrong_policy_is_refused_and_its_line_named(run, put, log, line, why):
    first = log.witnesses[0].line
    wrong = log.signer.line.replace(log.signer.id.hex(), "00000000")
    text = line.format(again=first, log=Signer("l.example", 1).line, wrong_id=wrong)
    given = put("policy.txt", f"log {log.signer.line}\nwitness w1 {first}\n{text}\n")
    code, said = run("checkpoint", put("checkpoint", log.note(SIZE)), "--policy", given)
    assert code == 1
    assert why in said


def test_a_proof_says_who_saw_whom_when_and_what_for(run, put, log, policy):
    code, said = run("proof", put("a.tlog-proof", log.proof(5, SIZE)), "--policy", policy)
    assert code == 0, said
    for part in (
        "inclusion  the entry is number 5 of the log", "2026-09-21T14:13:20.005Z", "vault.field.revealed, shown: in clear",
        "staff 0192f0c1-7a54-7c33-9d1e-2f6f5c1a4b01, by page from 10.1.2.3", "purpose    claim",
        "customer 0192f0c1-0000-7000-8000-000000000005", "decision   allowed (cell claims_adjuster:2:claim",
    ):  # fmt: skip
        assert part in said, part


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 512, 700])
def test_every_place_of_a_tree_can_be_proved(run, put, log, policy, size):
    for index in {0, size // 2, size - 1}:
        code, said = run("proof", put("a", log.proof(index, size)), "--policy", policy)
        assert code == 0, (index, said)


def test_a_changed_entry_is_not_proved(run, put, log, policy):
    """Another purpose in the bytes; another entry at the place; another place for the entry."""
    entry = log.entries[5].replace(b'"purpose":"claim"', b'"purpose":"audit"')
    code, said = run("proof", put("a", log.proof(5, SIZE, entry)), "--policy", policy)
    assert code == 1
    assert "the entry is NOT number 5" in said
    moved = log.proof(5, SIZE).replace("index 5\n", "index 4\n")
    assert run("proof", put("b", moved), "--policy", policy)[0] == 1
    assert (
        run(
            "proof",
            put("c", log.proof(5, SIZE)),
            "--leaf",
            put("leaf", log.entries[6]),
            "--policy",
            policy,
        )[0]
        == 1
    )


def _without_step(text):
    lines = text.split("\n")
    return "\n".join([*lines[:3], *lines[4:]])


def _with_step(text):
    lines = text.split("\n")
    return "\n".join([*lines[:3], lines[3], *lines[3:]])


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (_without_step, "number of hashes"),
        (_with_step, "number of hashes"),
        (lambda text: text.replace("index 5\n", "index 700\n"), "not in the tree"),
        (lambda text: text.replace("index 5\n", "index 05\n"), "a number is not written"),
        (lambda text: text.replace("index 5\n", ""), "does not state an index"),
        (lambda text: text.replace("tlog-proof@v1", "tlog-proof@v2"), "is not a proof"),
        (lambda text: text.replace("\n\n", "\n"), "is not a proof"),
        (lambda text: text[:-20], "the note has no signatures"),
        (lambda _: "", "is not a proof"),
        (
            lambda text: text.replace("index 5\n", "index 5\n" + "A" * 43 + "=\n" * 100),
            "number of hashes",
        ),
    ],
)
def test_a_malformed_proof_is_refused_with_a_reason(run, put, log, policy, edit, why):
    code, said = run("proof", put("a", edit(log.proof(5, SIZE))), "--policy", policy)
    assert code == 1
    assert why in said


def test_bytes_that_are_no_entry_are_refused(run, put, policy):
    """Even if the log holds them: a second meaning of a name, another time than the id's, no JSON."""
    for entry in (
        b"x" * 40,
        encoded(document(0, "w", "", 1, t_ms=1)),
        b"y" * 16 + b'{"id":1,"id":2}',
        b"",
    ):
        log = Log.of(3)
        log.entries[1], log.tiles[1] = entry, merkle.leaf_hash(entry)
        own = put("own.txt", log.policy())
        code, said = run("proof", put("a", log.proof(1, 3)), "--policy", own)
        assert code == 1
        assert "are not an entry of Tutela's trail" in said


@pytest.mark.parametrize(
    ("old", "new"), [(0, 700), (1, 2), (1, 700), (256, 700), (300, 512), (511, 512), (700, 700)]
)
def test_a_later_checkpoint_continues_an_earlier_one(run, put, log, policy, old, new):
    proof, early = put("p", log.consistency(old, new)), put("early", log.note(old))
    code, said = run("consistency", proof, early, "--policy", policy)
    assert code == 0, said


def test_a_rewritten_log_does_not_continue(run, put, log, policy):
    """The same signer, another entry in the past: nothing can be proved, and the parts do not fit."""
    other = Log.of(SIZE)
    other.signer, other.witnesses = log.signer, log.witnesses
    other.entries[3] = encoded(document(3, "w", "0" * 64, 1, purpose="audit"))
    other.tiles[3] = merkle.leaf_hash(other.entries[3])
    early = put("early", log.note(300))
    code, said = run(
        "consistency", put("p", other.consistency(300, SIZE)), early, "--policy", policy
    )
    assert code == 1
    assert "is NOT the beginning" in said
    for text, why in (
        (log.consistency(299, SIZE), "another size"),
        (log.consistency(300, SIZE).replace("old 300", "old 0"), "another size"),
        ("nothing", "is not a proof"),
    ):
        code, said = run("consistency", put("q", text), early, "--policy", policy)
        assert (code, why in said) == (1, True), said


def table(log, first, count):
    """The lines of the table for readers, as the format says."""
    rows = [list(tutela_verify.ROW)]
    for index in range(first, first + count):
        told = json.loads(log.entries[index][16:])
        rows.append([
            str(index), told["id"], f"2026-09-21T14:13:{20 + index // 1000}.{index % 1000:03}Z", told["event"],
            "staff", told["actor"]["id"], "page", "10.1.2.3", f"customer:{told['subjects'][0][1]}", "clear", "1 2",
            "7", told["purpose"], "", "allow", "", "1", hashlib.sha256(b"\0" + log.entries[index]).hexdigest(),
        ])  # fmt: skip
    return rows


def as_csv(rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(place, column, text)
    return out.getvalue()


def exported(tmp_path, log, first=FIRST, count=COUNT, **changes):
    """An export of entries between two checkpoints."""
    manifest = {
        "format": "tutela-trail-1", "origin": ORIGIN, "first": first, "count": count,
        "before": log.nodes(0, first), "after": log.nodes(first + count, SIZE),
    }  # fmt: skip
    files = {
        "manifest.json": json.dumps(manifest), "leaves": log.leaves(first, count), "policy.txt": log.policy(),
        "checkpoint.txt": log.note(SIZE), "earlier.txt": log.note(first),
    }  # fmt: skip
    files |= changes
    return packed(
        tmp_path / "export.zip", {name: data for name, data in files.items() if data is not None}
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx", "jsonl", ""])
def test_a_whole_export_is_complete_between_its_checkpoints(run, tmp_path, log, policy, kind):
    rows = table(log, FIRST, COUNT)
    lines = "".join(
        json.dumps(
            {"index": n, "hash": log.tiles[n].hex(), "entry": json.loads(log.entries[n][16:])}
        )
        + "\n"
        for n in range(FIRST, FIRST + COUNT)
    )
    data = {"csv": as_csv, "xlsx": as_xlsx, "jsonl": lambda _: lines, "": lambda _: None}[kind](
        rows
    )
    code, said = run(
        "export", exported(tmp_path, log, **{f"trail.{kind}": data}), "--policy", policy
    )
    assert code == 0, said
    assert "300 to 599 are all entries of the log" in said
    assert ("every line says what its entry says" in said) is bool(kind)


def test_an_export_that_begins_with_the_log_needs_no_earlier_checkpoint(run, tmp_path, log):
    path = exported(tmp_path, log, first=0, **{"earlier.txt": None})
    code, said = run("export", path)
    assert code == 0, said
    assert "compare its keys with the company's" in said
    assert run("export", exported(tmp_path, log, **{"earlier.txt": None}))[0] == 1


def test_a_table_that_says_another_thing_is_found(run, tmp_path, log):
    """One cell, one line less, one more, two swapped, other columns: the index of the line is named."""

    def says(edit, name="trail.csv", write=as_csv):
        rows = table(log, FIRST, COUNT)
        edit(rows)
        code, said = run("export", exported(tmp_path, log, **{name: write(rows)}))
        assert code == 1
        return said

    def put_purpose(rows):
        rows[5][12] = "audit"

    assert "the line of index 304 " in says(put_purpose)
    assert "the line of index 304 " in says(put_purpose, "trail.xlsx", as_xlsx)
    assert "the line of index 309 " in says(lambda rows: rows.pop(10))
    assert "the line of index 599 " in says(lambda rows: rows.pop())
    assert "the line of index 600 " in says(lambda rows: rows.append(rows[-1]))
    assert "the line of index 300 " in says(lambda rows: rows.insert(1, rows.pop(2)))
    assert "columns of the trail" in says(lambda rows: rows[0].reverse())


def removed(log, at):
    log.entries[at] = b""


def altered(log, at):
    log.entries[at] = log.entries[at].replace(b'"purpose":"claim"', b'"purpose":"audit"')


def swapped(log, at):
    log.entries[at], log.entries[at + 7] = log.entries[at + 7], log.entries[at]


def inserted(log, at):
    log.entries.insert(at, encoded(document(9999, "w", "0" * 64, 1)))


@pytest.mark.parametrize("fault", [removed, altered, swapped, inserted])
@pytest.mark.parametrize("at", [300, 301, 511, 512, 580])
def test_the_first_bad_index_is_named(run, put, tmp_path, fault, at):
    """Whatever was done with the rows: the log's own hashes stay, and the first that does not fit is told."""
    log = Log.of(SIZE)
    whole = {name: getattr(log, name)(SIZE) for name in ("note",)}
    early, policy = log.note(FIRST), log.policy()
    fault(log, at)
    files = {"checkpoint.txt": whole["note"], "earlier.txt": early, "policy.txt": policy}
    code, said = run("export", exported(tmp_path, log, **files))
    assert code == 1
    assert f"the first bad index is {at} " in said
    code, said = run("segment", put("segment.gz", log.segment(FIRST, COUNT)))
    assert code == 1
    assert f"the first bad index is {at} " in said


@pytest.mark.parametrize("at", [301, 511, 512, 580])
def test_an_entry_whose_hash_was_replaced_too_is_named_by_its_writers_chain(run, tmp_path, at):
    """The root does not fit any more; the next entry of the same writer still names the old hash."""
    log = Log.of(SIZE)
    files = {
        "checkpoint.txt": log.note(SIZE),
        "earlier.txt": log.note(FIRST),
        "policy.txt": log.policy(),
    }
    altered(log, at)
    log.tiles[at] = merkle.leaf_hash(log.entries[at])
    code, said = run("export", exported(tmp_path, log, **files))
    assert code == 1
    assert "do not lead to the checkpoint's root" in said
    assert f"the first bad index is {at}: the next entry of its writer" in said


def test_a_segment_is_what_its_seal_says(run, put, log, policy):
    """The seal is an entry like others, with its own proof; a sealed file is compared by its hash."""
    parquet = put("segment.parquet", b"PAR1 not read")
    digest = hashlib.sha256(b"PAR1 not read").hexdigest()
    nodes = "".join(log.nodes(256, 256 + 300))
    detail = {
        "epoch": 1, "segment": "2026-10", "first": 256, "last": 555, "leaves": 300, "file": digest, "pointers": "00" * 32,
        "range": hashlib.sha256(bytes.fromhex(nodes)).hexdigest(), "since_ms": 1_790_000_000_256,
        "until_ms": 1_790_000_000_555,
    }  # fmt: skip
    later = Log.of(SIZE)
    later.signer, later.witnesses = log.signer, log.witnesses

    def sealed(**changes):
        told = {"event": "trail.segment.sealed", "detail": {**detail, **changes}}
        later.entries[600] = encoded(document(600, "w", "0" * 64, 1, **told))
        later.tiles[600] = merkle.leaf_hash(later.entries[600])
        return put("seal.tlog-proof", later.proof(600, SIZE))

    leaves = put("segment.gz", log.segment(256, 300))
    words = ("--parquet", parquet, "--policy", policy)
    code, said = run("segment", leaves, "--seal", sealed(), *words)
    assert code == 0, said
    assert "seal       its entry says the same" in said
    for name, value in (
        ("first", 255),
        ("leaves", 301),
        ("range", "11" * 32),
        ("until_ms", 1),
        ("file", "22" * 32),
    ):
        code, said = run("segment", leaves, "--seal", sealed(**{name: value}), *words)
        assert code == 1, name
        assert (
            f"its entry differs in: {name}" if name != "file" else "is not the sealed one"
        ) in said


@pytest.mark.parametrize(
    "data",
    [
        b"", b"tutela/leaves@v1\n", b"tutela/leaves@v1\n{}\n", b"tutela/leaves@v2\n{}\n", b"\x1f\x8b broken",
        b'tutela/leaves@v1\n{"first":0,"count":1,"range":[]}\n',
        b'tutela/leaves@v1\n{"first":-1,"count":1,"range":["%s"]}\n' % (b"0" * 64),
        b'tutela/leaves@v1\n{"first":0,"first":0,"count":1,"range":["%s"]}\n' % (b"0" * 64),
        b'tutela/leaves@v1\n{"first":0,"count":1,"range":["%s"]}\n' % (b"0" * 64),
        b"[" * 100_000,
    ],
)  # fmt: skip
def test_a_malformed_list_of_entries_is_refused_with_a_reason(run, put, data):
    code, said = run("segment", put("leaves", data))
    assert code == 1
    assert "Traceback" not in said
    assert "DIFFERENT" in said


def test_a_cut_list_names_the_entry_where_it_ends(run, put, log):
    whole = log.leaves(256, 300)
    code, said = run("segment", put("cut", whole[:-1]))
    assert (code, "ends within entry 555" in said) == (1, True)
    code, said = run("segment", put("long", whole + b"x"))
    assert (code, "more bytes follow" in said) == (1, True)


@pytest.mark.parametrize("name", ["nowhere", "."])
@pytest.mark.parametrize("verb", ["checkpoint", "proof", "export", "segment"])
def test_a_file_that_cannot_be_read_is_one_sentence(run, tmp_path, policy, verb, name):
    code, said = run(verb, tmp_path / name, "--policy", policy)
    assert code == 1
    assert "cannot be read" in said


def test_a_touched_export_is_refused(run, tmp_path, log):
    """A byte of the list of entries, and a file that is not listed."""
    path = exported(tmp_path, log)
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 1
    path.write_bytes(bytes(data))
    assert run("export", path)[0] == 1


def proof_pack(tmp_path, log, **changes):
    names = {"claim": ["理赔", "Claim"], "vault.field.revealed": ["查看明文", "Clear values shown"]}
    files = {
        "leaf.tlog-proof": log.proof(5, SIZE), "leaf": log.entries[5], "checkpoint.txt": log.note(SIZE),
        "policy.txt": log.policy(), "names.json": json.dumps(names),
    }  # fmt: skip
    return packed(tmp_path / "proof.zip", files | changes)


def test_a_proof_in_a_zip_brings_its_policy_and_names(run, tmp_path, log):
    """The names are marked as the pack's own."""
    code, said = run("proof", proof_pack(tmp_path, log))
    assert code == 0, said
    assert "purpose    claim “Claim”" in said
    assert "the file's own; compare its keys" in said
    assert run("proof", proof_pack(tmp_path, log, leaf=log.entries[6]))[0] == 1
    assert run("proof", proof_pack(tmp_path, log, **{"checkpoint.txt": log.note(699)}))[0] == 1


def test_text_of_a_file_cannot_command_the_terminal(run, put):
    """Control and direction characters in an origin or an entry come escaped."""
    log = Log.of(3)
    log.entries[1] = encoded(document(1, "w", "", 1, purpose="\x1b[2J\u202e"))
    log.tiles[1] = merkle.leaf_hash(log.entries[1])
    _, said = run("proof", put("a", log.proof(1, 3)), "--policy", put("own.txt", log.policy()))
    assert "\x1b" not in said
    assert "\u202e" not in said


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh_CN.UTF-8", ("收录", "全部一致")), ("en_US.UTF-8", ("inclusion", "all equal"))],
)
def test_one_file_alone_in_an_empty_folder_is_enough(tmp_path, log, language, words):
    """A bare Python: no Tutela on its path, nothing of its settings; the result also as a page."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    shutil.copy(tutela_verify.__file__, folder / "check.py")
    proof_pack(folder, log)
    told = subprocess.run(
        [sys.executable, "-I", "check.py", "proof", "proof.zip", "--page", "result.html"],
        cwd=folder, env={"LC_ALL": language, "PATH": os.defpath}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout + told.stderr
    assert all(word in told.stdout for word in words)
    page = (folder / "result.html").read_text(encoding="utf-8")
    assert words[1] in page
    assert {file.name for file in folder.iterdir()} == {"check.py", "proof.zip", "result.html"}


def test_memory_does_not_grow_with_the_list(put):
    """Forty thousand entries and four hundred take about the same."""
    code = (
        "import sys, runpy; sys.argv = ['check', 'segment', sys.argv[1]]\n"
        f"sys.path.insert(0, {str(Path(tutela_verify.__file__).parent)!r})\n"
        "try: runpy.run_module('tutela_verify', run_name='__main__')\n"
        "except SystemExit: print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
    )
    entry = encoded(document(0, "w", "0" * 64, 1))
    peaks = []
    for count in (400, 40_000):
        log = Log(entries=[entry] * count, tiles=[merkle.leaf_hash(entry)] * count)
        path = put("leaves", log.segment(0, count))
        told = subprocess.run(
            [sys.executable, "-c", code, path], capture_output=True, text=True, check=True
        )
        assert "all equal" in told.stdout or "全部一致" in told.stdout, told.stdout
        peaks.append(int(told.stdout.split()[-1]))
    assert peaks[1] < peaks[0] + 8_000
