"""The stand-alone witness: its command, its protocol, its state on the disk."""

import base64
import hashlib
import http.client
import os
import signal
import ssl
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import tutela_witness
from tutela.crypto import certificates, merkle, notes
from tutela.crypto.notes import Kind, NoteKey

ORIGIN, NAME, SEED = "tutela/0190/trail/1", "audit.example/w1", bytes(range(32))
LEAVES = [merkle.leaf_hash(str(number).encode()) for number in range(300)]
FORK = [*LEAVES[:4], *(merkle.leaf_hash(b"other") for _ in range(296))]
LOG = NoteKey(ORIGIN, Kind.ED25519, notes.public_of(Kind.ED25519, SEED))
WITNESS = Path(tutela_witness.__file__)


def node(leaves):
    return lambda level, index: merkle.root(leaves[index << level : (index + 1) << level])


def checkpoint(size, leaves=LEAVES, seed=SEED, origin=ORIGIN):
    return notes.sign_note(notes.note_text(origin, size, merkle.root(leaves[:size])), origin, seed)


def request(old, size, leaves=LEAVES, **facts):
    """The body of add-checkpoint."""
    proof = merkle.consistency_proof(old, size, node(leaves))
    lines = "".join(base64.b64encode(step).decode() + "\n" for step in proof)
    return f"old {old}\n{lines}\n{checkpoint(size, leaves, **facts)}".encode()


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A witness that trusts the log."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert tutela_witness.main(["keygen", str(tmp_path / "w"), NAME]) == 0
    assert tutela_witness.main(["trust", str(tmp_path / "w"), str(LOG)]) == 0
    return tmp_path / "w"


def keys(home, name=NAME):
    """The witness's public keys, from the lines it prints for the policy."""
    private = (home / "keys").read_text().split()
    return [
        NoteKey(name, Kind(data[0]), notes.public_of(Kind(data[0]), data[1:]))
        for data in (
            base64.b64decode(line.split("+")[4] + "+".join(["", *line.split("+")[5:]]))
            for line in private
        )
    ]


class Running:
    """A witness process, and what it answers."""

    def __init__(self, home, *words, tls=None):
        self.process = subprocess.Popen(
            [sys.executable, str(WITNESS), "serve", str(home), "--listen", "127.0.0.1:0", *words],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ, "LC_ALL": "en_US.UTF-8"},
        )  # fmt: skip
        line = self.process.stdout.readline()
        assert "listens on" in line, line
        self.port, self.tls = int(line.rpartition(":")[2]), tls

    def ask(self, method, path, body=None, **headers):
        made = (
            http.client.HTTPSConnection("127.0.0.1", self.port, context=self.tls, timeout=20)
            if self.tls
            else http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        )
        try:
            made.request(method, path, body, headers)
            answer = made.getresponse()
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
        finally:
            made.close()

    def add(self, body):
        return self.ask("POST", "/add-checkpoint", body)

    def end(self, how=signal.SIGKILL):
        self.process.send_signal(how)
        self.process.wait(20)
        self.process.stdout.close()


@pytest.fixture
def running(home):
    server = Running(home)
    yield server
    server.end()


def test_a_growing_log_is_cosigned_with_both_kinds_of_keys(home, running):
    """From nothing, over every size of proof, and once more at the same size."""
    for old, size in ((0, 1), (1, 4), (4, 7), (7, 256), (256, 300), (300, 300)):
        status, kind, lines = running.add(request(old, size))
        assert (status, kind.split(";")[0]) == (200, "text/plain")
        signed = notes.cosigned(checkpoint(size) + lines, keys(home))
        assert set(signed) == set(keys(home))
        assert {key.kind for key in signed} == {Kind.COSIGNATURE, Kind.ML_DSA}


def test_the_newest_checkpoint_can_be_read_by_everybody(home, running):
    """With the signatures of log and witness, at the hash of the origin."""
    digest = hashlib.sha256(ORIGIN.encode()).hexdigest()
    assert running.ask("GET", f"/{digest}/checkpoint")[0] == 404
    running.add(request(0, 5))
    status, _, note = running.ask("GET", f"/{digest}/checkpoint")
    assert status == 200
    assert set(notes.verified(notes.read_note(note), [LOG, *keys(home)])) == {LOG, *keys(home)}
    assert running.ask("GET", "/checkpoint")[0] == 404


def test_another_old_size_is_answered_with_the_stored_one(running):
    """So a log that does not know where the witness stands learns it."""
    running.add(request(0, 5))
    for body in (request(0, 9), request(4, 9), request(7, 9), request(0, 3)):
        assert running.add(body) == (409, "text/x.tlog.size", "5\n")


def test_a_rollback_is_refused(running):
    """A smaller tree is never signed after a larger one, whatever old size is claimed."""
    running.add(request(0, 9))
    assert running.add(request(0, 5))[:2] == (409, "text/x.tlog.size")
    assert running.add(request(9, 12).replace(b"\n12\n", b"\n5\n"))[0] == 403
    assert running.add(b"old 9\n\n" + checkpoint(5).encode())[0] == 400
    assert running.add(request(9, 9))[0] == 200


def test_a_fork_is_refused_and_kept_as_evidence(home, running):
    """Another root for the same size, and a larger tree that does not contain the one before."""
    running.add(request(0, 9))
    status, kind, _ = running.add(b"old 9\n\n" + checkpoint(9, FORK).encode())
    assert (status, kind) == (409, "text/plain; charset=utf-8")
    assert running.add(request(9, 20, FORK))[0] == 422
    kept = [path.read_text() for path in (home / "evidence").iterdir()]
    assert len(kept) == 2
    assert all(checkpoint(9).split("\n")[2] in text for text in kept)
    assert running.add(request(9, 20))[0] == 200


def test_a_proof_that_does_not_fit_is_refused(running):
    """Too short, too long, changed, or given where none belongs."""
    assert (
        running.add(
            request(0, 5).replace(b"old 0\n", b"old 0\n" + base64.b64encode(bytes(32)) + b"\n")
        )[0]
        == 422
    )
    running.add(request(0, 5))
    good = request(5, 9).decode()
    head, note = good.split("\n\n", 1)
    old, *steps = head.split("\n")
    for proof in (steps[:-1], [*steps, steps[0]], [steps[1], steps[0], *steps[2:]], []):
        body = "\n".join([old, *proof]) + "\n\n" + note
        assert running.add(body.encode())[0] == 422
    assert running.add(good.encode())[0] == 200


def test_an_unknown_log_and_a_foreign_signature_are_refused(running):
    """404 before 403, and a wrong line of a trusted key spoils the note."""
    assert running.add(request(0, 5, origin="elsewhere.example/log"))[0] == 404
    assert running.add(request(0, 5, seed=bytes(32)))[0] == 403
    wrong = f"— {ORIGIN} {base64.b64encode(LOG.id + bytes(64)).decode()}\n"
    text = notes.read_note(checkpoint(5)).text
    assert running.add(f"old 0\n\n{text}\n{wrong}".encode())[0] == 403
    assert (
        running.add(f"old 0\n\n{text}\n{wrong}{notes.sign_line(text, ORIGIN, SEED)}".encode())[0]
        == 403
    )
    unknown = f"— other {base64.b64encode(LOG.id + bytes(64)).decode()}\n"
    assert running.add(request(0, 5) + unknown.encode())[0] == 200


HASH_LINE = base64.b64encode(bytes(32)) + b"\n"


@pytest.mark.parametrize(
    "change",
    [
        lambda body: b"",
        lambda body: body.replace(b"old 0", b"old 00"),
        lambda body: body.replace(b"old 0", b"old -1"),
        lambda body: body.replace(b"old 0", b"old  0"),
        lambda body: body.replace(b"old 0\n", b"old 0\r\n"),
        lambda body: body.replace(b"old 0\n", b"old 0\nAAAA\n"),
        lambda body: body.replace(b"old 0\n", b"old 0\n" + HASH_LINE * 64),
        lambda body: body.replace(b"old 0\n", b"old 0\n" + HASH_LINE[:-2] + b"\n"),
        lambda body: body.replace(b"old 0\n\n", b"old 0\n"),
        lambda body: body.replace(b"\n5\n", b"\n05\n"),
        lambda body: body.replace(b"\n5\n", b"\n9223372036854775808\n"),
        lambda body: body.replace(b"\n5\n", b"\n" + b"5" * 5000 + b"\n"),
        lambda body: body[:-1],
        lambda body: body + b"\n",
        lambda body: body + b"\xff",
        lambda body: body.replace("—".encode(), b"-"),
        lambda body: body.replace(b"=\n\n", b"\n\n"),
        lambda body: body + body.split(b"\n\n")[2] * 64,
    ],
)  # fmt: skip
def test_what_is_malformed_is_refused(home, change):
    """400, and nothing is stored."""
    witness = tutela_witness.Witness(home)
    with pytest.raises(tutela_witness.Refused) as told:
        witness.add(change(request(0, 5)))
    assert told.value.status == 400
    assert list((home / "state").iterdir()) == []


def test_requests_that_are_no_requests_are_answered(running):
    """Another path or verb, no length, too long; the connection of a good one can be used again."""
    assert running.ask("POST", "/elsewhere", b"old 0\n")[0] == 404
    assert running.ask("PUT", "/add-checkpoint", b"old 0\n")[0] == 501
    assert running.ask("POST", "/add-checkpoint", iter([b"old 0\n"]))[0] == 411
    assert running.ask("POST", "/add-checkpoint", b"x" * 300_000)[0] == 413
    made = http.client.HTTPConnection("127.0.0.1", running.port, timeout=20)
    for old, size in ((0, 3), (3, 9)):
        made.request("POST", "/add-checkpoint", request(old, size))
        answer = made.getresponse()
        assert answer.status == 200
        answer.read()
    made.close()


def test_of_many_that_come_at_once_one_history_is_stored(running):
    """Each of twenty sizes from 5 on at the same moment: one is signed, the others learn its size."""
    running.add(request(0, 5))
    answers = []
    asking = [
        threading.Thread(
            target=lambda size=size: answers.append((size, running.add(request(5, size))))
        )
        for size in range(6, 26)
    ]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    signed = [size for size, answer in answers if answer[0] == 200]
    assert len(signed) == 1
    assert {answer for _, answer in answers if answer[0] != 200} == {
        (409, "text/x.tlog.size", f"{signed[0]}\n")
    }


def test_what_was_answered_is_on_the_disk_after_a_kill(home):
    """Killed without warning after each answer, the next process stands where the last one answered."""
    for old, size in ((0, 5), (5, 9), (9, 30)):
        server = Running(home)
        assert server.add(request(old, size))[0] == 200
        server.end(signal.SIGKILL)
    server = Running(home)
    assert server.add(request(0, 5)) == (409, "text/x.tlog.size", "30\n")
    server.end()


def test_a_cut_write_leaves_the_state_before(home):
    """What a crash leaves of a part is replaced, and never read."""
    witness = tutela_witness.Witness(home)
    witness.add(request(0, 5))
    (state,) = (home / "state").iterdir()
    state.with_name(state.name + ".part").write_text("half")
    assert tutela_witness.Witness(home).newest(ORIGIN).size == 5
    tutela_witness.Witness(home).add(request(5, 9))
    assert tutela_witness.Witness(home).newest(ORIGIN).size == 9


def test_a_state_that_cannot_be_read_or_stored_signs_nothing(home, running):
    """A witness that forgot would sign a fork."""
    running.add(request(0, 5))
    (state,) = (home / "state").iterdir()
    state.write_text("spoiled")
    assert running.add(request(0, 5))[0] == 500
    state.unlink()
    (home / "state").rmdir()
    assert running.add(request(0, 5))[0] == 500
    assert tutela_witness.main(["show", str(home)]) == 2


def test_two_witnesses_of_a_forking_log_disagree(tmp_path, monkeypatch, home):
    """Each signs what it saw first, so no fork has both."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    tutela_witness.main(["keygen", str(tmp_path / "other"), "firm.example/w2"])
    tutela_witness.main(["trust", str(tmp_path / "other"), str(LOG)])
    one, two = tutela_witness.Witness(home), tutela_witness.Witness(tmp_path / "other")
    one.add(request(0, 20))
    two.add(request(0, 20, FORK))
    for witness, leaves in ((one, FORK), (two, LEAVES)):
        with pytest.raises(tutela_witness.Refused) as told:
            witness.add(request(20, 30, leaves))
        assert told.value.status == 422


def test_it_answers_over_tls(home, tmp_path):
    """With a certificate of the house."""
    authority, authority_key = certificates.authority("Test", certificates_at())
    certificate, key = certificates.server(
        ["127.0.0.1"], authority, authority_key, certificates_at()
    )
    for name, data in (("cert", certificate), ("key", key), ("ca", authority)):
        (tmp_path / name).write_bytes(data)
    context = ssl.create_default_context(cafile=str(tmp_path / "ca"))
    server = Running(
        home, "--cert", str(tmp_path / "cert"), "--key", str(tmp_path / "key"), tls=context
    )
    assert server.add(request(0, 5))[0] == 200
    server.end()


def certificates_at():
    from tutela.base import clock

    return clock.now()


def test_beyond_the_machine_it_wants_tls(home, capsys):
    """Unless a proxy before it has it."""
    assert tutela_witness.main(["serve", str(home), "--listen", "0.0.0.0:0"]) == 2
    assert "--behind-proxy" in capsys.readouterr().err


def test_a_checkpoint_carried_by_hand_is_cosigned(home, tmp_path, capsys):
    """The request in, the cosignature out; an old one is told where the witness stands."""
    carried = tmp_path / "request"
    for old, size in ((0, 5), (5, 9)):
        carried.write_bytes(request(old, size))
        assert tutela_witness.main(["cosign", str(home), str(carried)]) == 0
        note = (tmp_path / "request.cosignature").read_text()
        assert note.startswith(checkpoint(size))
        assert set(notes.cosigned(note, keys(home))) == set(keys(home))
    (tmp_path / "request.cosignature").unlink()
    carried.write_bytes(request(5, 12))
    assert tutela_witness.main(["cosign", str(home), str(carried)]) == 1
    assert "size 9" in capsys.readouterr().out
    assert not (tmp_path / "request.cosignature").exists()


def test_a_bare_checkpoint_is_cosigned_where_no_proof_is_needed(home, tmp_path):
    """The first one, and the same again; a larger one needs the proof."""
    bare = tmp_path / "checkpoint"
    for size, code in ((5, 0), (5, 0), (9, 1), (3, 1)):
        bare.write_text(checkpoint(size))
        assert (
            tutela_witness.main(["cosign", str(home), str(bare), "--out", str(tmp_path / "out")])
            == code
        )


def test_keys_and_logs_are_guarded(home, tmp_path, capsys):
    """Secret keys are the owner's alone, nothing is written over, a mistyped or own key is not trusted."""
    assert (home / "keys").stat().st_mode & 0o777 == 0o600
    assert tutela_witness.main(["keygen", str(home), NAME]) == 2
    assert tutela_witness.main(["keygen", str(tmp_path / "x"), "two words"]) == 2
    assert tutela_witness.main(["trust", str(home), str(LOG)]) == 2
    assert tutela_witness.main(["trust", str(home), str(LOG).replace("0190", "0191")]) == 2
    assert tutela_witness.main(["trust", str(home), str(keys(home)[0])]) == 2
    assert tutela_witness.main(["show", str(tmp_path / "nothing")]) == 2
    capsys.readouterr()
    assert tutela_witness.main(["show", str(home)]) == 0
    shown = capsys.readouterr().out
    assert all(str(key) in shown for key in keys(home))
    assert ORIGIN in shown
    assert "nothing cosigned yet" in shown
