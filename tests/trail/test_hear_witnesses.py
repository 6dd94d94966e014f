"""What witnesses say is believed as far as it proves itself, and calls go only where they may."""

import http.server
import threading
from contextlib import contextmanager

import pytest

from tests.trail.conftest import CLERK, query
from tests.trail.test_ask_witnesses import crew as crew  # noqa: PLC0414 a fixture
from tests.trail.test_ask_witnesses import grow, leaves
from tests.trail.test_ask_witnesses import tree as tree  # noqa: PLC0414 a fixture
from tutela.crypto import notes
from tutela.crypto.notes import Kind
from tutela.trail.errors import CosignatureRefused, PolicyDamaged
from tutela.trail.tree import actions, asking, signers, state, witnesses
from tutela.trail.tree.calling import CallFailed, call, may_call
from tutela.trail.tree.policy_rules import PolicyWrong, read_policy

pytestmark = pytest.mark.usefixtures("database")
OTHER = bytes(range(32))


def signed_elsewhere(head, size, root=bytes(32)):
    """What our own key signed in another history."""
    return signers.sign(notes.note_text(head.origin, size, root), head.origin)


@contextmanager
def answering(*answers):
    """A server that gives these answers in turn (the last again): (status, content type, body, headers)."""
    given = list(answers)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def do_GET(self):
            status, kind, body, *more = given.pop(0) if len(given) > 1 else given[0]
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            for name, value in more:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def policy_of(url):
    """A policy of one witness with a key that nobody here holds."""
    key = notes.NoteKey(
        "liar.example/w", Kind.COSIGNATURE, notes.public_of(Kind.COSIGNATURE, OTHER)
    )
    witnesses.path().write_text(f"witness liar {key} {url}\nquorum liar\n")
    return key


def fault():
    return witnesses.contacts()["liar"].fault


PLAIN = "text/plain"


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ((200, PLAIN, b""), "note-end"),
        ((200, PLAIN, b"nothing\n"), "note-line"),
        ((200, PLAIN, "— other AAAAAAA=\n".encode()), "no-witness"),
        ((200, PLAIN, b"x" * 300_000), "answer"),
        ((403, PLAIN, b""), "signature"),
        ((404, PLAIN, b""), "unknown-log"),
        ((409, "text/x.tlog.size", b"0\n"), "answer"),
        ((409, "text/x.tlog.size", b"01\n"), "answer"),
        ((409, "text/x.tlog.size", b"999999999\n"), "ahead"),
        ((409, PLAIN, b"0\n"), "other-root"),
        ((422, PLAIN, b""), "proof"),
        ((500, PLAIN, b""), "answer"),
        ((302, PLAIN, b"", ("Location", "http://169.254.169.254/")), "answer"),
    ],
)  # fmt: skip
def test_a_strange_answer_is_named_and_closes_nothing(crew, answer, said):
    """A larger tree that is only claimed neither."""
    with answering(answer) as url:
        policy_of(url)
        assert asking.ask_all() == 0
    assert fault() == said
    assert query("SELECT count(*) FROM trail.fault") == [(0,)]


def test_a_false_signature_is_not_kept(crew):
    """Its line bears the name and id of the policy's key."""
    head = state.newest()
    text = notes.read_note(head.note).text
    line = notes.cosign(text, "liar.example/w", Kind.COSIGNATURE, bytes(32), 1_790_000_000)
    key = notes.NoteKey(
        "liar.example/w", Kind.COSIGNATURE, notes.public_of(Kind.COSIGNATURE, OTHER)
    )
    theirs = notes.read_lines(line)[0]
    forged = f"— {key.name} {notes.base64.b64encode(key.id + theirs.value).decode()}\n"
    with answering((200, PLAIN, forged.encode())) as url:
        policy_of(url)
        before = query("SELECT count(*) FROM trail.cosignature")
        assert asking.ask_all() == 0
    assert fault() == "signature-invalid"
    assert query("SELECT count(*) FROM trail.cosignature") == before


def test_a_cosignature_from_the_future_or_without_time_is_not_kept(crew):
    """A quorum is as fresh as its times."""
    text = notes.read_note(state.newest().note).text
    far = notes.cosign(text, "liar.example/w", Kind.COSIGNATURE, OTHER, 9_000_000_000)
    with answering((200, PLAIN, far.encode())) as url:
        policy_of(url)
        asking.ask_all()
    assert fault() == "clock"


def test_a_witness_that_holds_a_larger_tree_of_ours_closes_the_log(crew):
    """As after a restore of database and data directory together: our own signature is the proof. Said once."""
    crew.hire("audit")
    head = grow()
    _home, server = crew.members["audit"]
    newer = signed_elsewhere(head, head.size + 50)
    assert server.add(f"old 0\n\n{newer}".encode())[0] == 200
    crew.agree(1)
    before = leaves("trail.tree.contradicted")
    assert asking.ask_all() == 0
    assert witnesses.contacts()["audit"].fault == "contradicted"
    assert leaves("trail.tree.contradicted") == before + 1
    assert query("SELECT kind, index FROM trail.fault") == [("root", head.size + 50)]
    assert state.health().why == "root"
    assert query("SELECT evidence FROM trail.witness WHERE name = 'audit'")[0][0].startswith(
        notes.read_note(newer).text
    )
    asking.ask_all()
    assert leaves("trail.tree.contradicted") == before + 1


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://127.0.0.1:1", "unreachable"),
        ("https://127.0.0.1:1", "unreachable"),
        ("http://169.254.169.254/latest", "address"),
        ("http://[fe80::1]/", "address"),
        ("http://0.0.0.0/", "address"),
        ("http://8.8.8.8/", "address"),
        ("https://224.0.0.1/", "address"),
        ("http://no-such-host.invalid/", "unreachable"),
    ],
)
def test_calls_go_only_where_they_may(crew, url, why):
    """Not to the cloud's metadata, nor without TLS beyond the house."""
    with pytest.raises(CallFailed) as told:
        call("GET", url)
    assert told.value.why == why


def test_which_addresses_may_be_called():
    """Inside the house with and without TLS, outside with it."""
    assert all(
        may_call(one, tls)
        for one in ("127.0.0.1", "::1", "10.1.2.3", "fd00::1")
        for tls in (True, False)
    )
    assert may_call("8.8.8.8", True)
    assert not may_call("8.8.8.8", False)
    for never in (
        "169.254.169.254",
        "::ffff:169.254.169.254",
        "fe80::1%eth0",
        "255.255.255.255",
        "ff02::1",
        "::",
    ):
        assert not may_call(never, True)


def test_a_certificate_that_nobody_vouches_for_is_refused(crew):
    """The connection is not TLS at all here."""
    with answering((200, PLAIN, b"")) as url, pytest.raises(CallFailed) as told:
        call("GET", url.replace("http:", "https:"))
    assert told.value.why == "tls"


def vkey(name, kind=Kind.COSIGNATURE, private=OTHER):
    return str(notes.NoteKey(name, kind, notes.public_of(kind, private)))


KEY, SECOND, LOG = (
    vkey("a.example"),
    vkey("b.example", private=bytes(32)),
    vkey("log", Kind.ED25519),
)


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("", 0, "quorum-missing"),
        ("witness a\n", 1, "line"),
        ("observer a\n", 1, "line"),
        (f"witness a {KEY[:-4]}\n", 1, "vkey-size"),
        (f"witness a {KEY.replace('a.example', 'x.example')}\n", 1, "vkey-id"),
        (f"witness a {LOG}\n", 1, "vkey-type"),
        (f"log {KEY}\n", 1, "vkey-type"),
        (f"witness a {KEY}\nwitness b {KEY}\n", 2, "key-twice"),
        (f"witness a {KEY}\nwitness a {SECOND}\n", 2, "name-twice"),
        (f"witness none {KEY}\n", 1, "name-twice"),
        (f"witness a {KEY} ftp://x\n", 1, "url"),
        (f"witness a {KEY} https://me:secret@x\n", 1, "url"),
        (f"witness a {KEY} https://x:y\n", 1, "url"),
        ("group g any a\n", 1, "name-unknown"),
        (f"witness a {KEY}\ngroup g any\n", 2, "group-empty"),
        (f"witness a {KEY}\ngroup g 2 a\n", 2, "threshold"),
        (f"witness a {KEY}\ngroup g 0 a\n", 2, "threshold"),
        (f"witness a {KEY}\ngroup g any a\ngroup h any a\n", 3, "member-twice"),
        (f"witness a {KEY}\nquorum b\n", 2, "name-unknown"),
        ("quorum none\nquorum none\n", 2, "quorum-twice"),
        ("# \x07\nquorum none\n", 1, "control"),
        ("#\n" * 1001, 0, "lines"),
    ],
)  # fmt: skip
def test_a_wrong_policy_is_refused_with_line_and_reason(text, line, why):
    """A policy with a mistake asks nobody, rather than fewer than meant."""
    with pytest.raises(PolicyWrong) as told:
        read_policy(text.encode())
    assert (told.value.line, told.value.why) == (line, why)


def test_a_policy_of_groups_is_met_as_the_standard_says():
    """Two of three here and one of two there; a comment, tabs and bytes that are no UTF-8 do not matter."""
    named = {
        name: vkey(f"{name}.example", private=bytes([n]) * 32) for n, name in enumerate("abcde", 1)
    }
    lines = [f"\twitness {name}  {key} " for name, key in named.items()]
    text = "\n".join(
        ["# \xe9", *lines, "group x 2 a b c", "group y any d e", "group z all x y", "quorum z", ""]
    )
    policy = read_policy(text.encode("latin-1"))
    assert policy.is_met({"a", "c", "e"})
    assert not policy.is_met({"a", "b", "c"})
    assert not policy.is_met({"a", "d", "e"})
    assert policy.met_since({"a": 50, "b": 40, "c": 10, "d": 45}) == 40
    assert policy.met_since({"a": 50, "d": 45}) is None


def test_a_damaged_policy_asks_nobody_and_is_told(crew):
    """With its line."""
    witnesses.path().write_text("witness a\n")
    assert asking.ask_all() == 0
    with pytest.raises(PolicyDamaged) as told:
        witnesses.standing()
    assert told.value.params == {"path": "trail.policy", "line": 1, "why": "line"}


def test_what_comes_back_by_hand_must_be_of_our_tree(crew, tmp_path):
    """A checkpoint that we never made, one that nobody in the policy signed, and what is no note."""
    crew.hire("firm", runs=False)
    crew.agree(1)
    head = state.newest()
    foreign = notes.sign_note(
        notes.note_text(head.origin, head.size, bytes(32)), head.origin, OTHER
    )
    for note, why in (
        (head.note, "no-witness"),
        (foreign, "no-checkpoint"),
        ("what", "note-blank-line"),
    ):
        with pytest.raises(CosignatureRefused) as told:
            actions.record(CLERK, note)
        assert told.value.params["why"] == why
