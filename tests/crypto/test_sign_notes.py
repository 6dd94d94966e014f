"""Signed notes, checkpoints and cosignatures of C2SP."""

import base64
import contextlib
import hashlib
import struct

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey
from hypothesis import given
from hypothesis import strategies as st

from tutela.crypto import notes
from tutela.crypto.errors import BadValue, SignatureInvalid
from tutela.crypto.notes import Kind, NoteKey

# Key and note of the reference implementation's documentation (sumdb/note).
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
PETER_PRIVATE = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
PETER_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER_LINE = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
# The checkpoint of the C2SP texts, with the lines of its log and of its witness.
SOFA = (
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
    "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
)
SEED, OTHER = bytes(range(32)), bytes(range(1, 33))
ORIGIN, WITNESS, AT = "tutela/0190/trail/1", "witness.example/w1", 1_790_000_000
ROOT = hashlib.sha256(b"root").digest()


def text():
    return notes.note_text(ORIGIN, 5, ROOT)


def note():
    return notes.sign_note(text(), ORIGIN, SEED)


def key(kind=Kind.ED25519, name=ORIGIN, private=SEED):
    return NoteKey(name, kind, notes.public_of(kind, private))


def refused(code, call, *args):
    with pytest.raises(BadValue) as told:
        call(*args)
    assert told.value.code == code


def test_the_key_and_the_note_of_the_reference_are_read_and_signed_alike():
    """Ed25519 is deterministic, so our line is theirs."""
    peter = notes.read_key(PETER)
    assert (peter.name, peter.kind, str(peter)) == ("PeterNeumann", Kind.ED25519, PETER)
    assert peter.public == notes.public_of(Kind.ED25519, PETER_PRIVATE)
    assert notes.sign_line(PETER_TEXT, "PeterNeumann", PETER_PRIVATE) == PETER_LINE
    notes.check_signed(notes.read_note(PETER_TEXT + "\n" + PETER_LINE), [peter])


def test_keys_that_others_publish_are_read():
    """Their ids are those of name, type and key."""
    for vkey in (
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "paic.google.com/log/0+609b8245+Ae74NkuIVBowBYu37xUJ5e3wf52bMPhW9e59idWfWR2j",
        "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
    ):
        assert str(notes.read_key(vkey)) == vkey


def test_the_checkpoint_of_the_c2sp_texts_is_read():
    """Its keys are not in the texts, so both lines are of unknown keys and are ignored."""
    sofa = notes.read_note(SOFA)
    head = notes.read_checkpoint(sofa.text)
    assert (head.origin, head.size, head.extensions) == (
        "example.com/behind-the-sofa",
        20852163,
        (),
    )
    assert base64.b64encode(head.root).decode() == "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
    assert [(s.name, s.id.hex()) for s in sofa.signatures] == [
        ("example.com/behind-the-sofa", "033de0ae"), ("witness.example.com/w1", "8d66cf3f"),
    ]  # fmt: skip
    assert struct.unpack(">Q", sofa.signatures[1].value[:8])[0] == 1679315147
    assert str(sofa) == SOFA
    with pytest.raises(SignatureInvalid):
        notes.check_signed(sofa, [key()])


@pytest.mark.parametrize(
    ("size", "root", "line"),
    [
        (6_476_701, "mb8QLQIs0Z0yP5Cstq6guj87oXWeC9gEM8oVikmm9Wk=",
         "Az3grsLX85Gz+s1SiTbgkuqxgItqFq7gsMUEyVnrsa9LM7Us9S+1xbFIGu95949rj4nPRYfvimWEPWL+o3GeoWwOoAw="),
        (59_045_944, "LE6Lx+GNVyuFBv/jKcFIiPkG1WC7DHwG0clpfN/TBlA=",
         "Az3grk9ctaTv+CITXOwxCEHU3APAw5X7Ck14+fvFlh0GCktwX15+XPzy//GgL2G50ZgY05e8eXFTWcvW6pN5tozsLQQ="),
    ],
)  # fmt: skip
def test_checkpoints_of_gos_checksum_database_are_verified(size, root, line):
    """A log that others run; its key has another name than its origin."""
    key = notes.read_key("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")
    note = f"go.sum database tree\n{size}\n{root}\n\n\N{EM DASH} sum.golang.org {line}\n"
    assert notes.open_note(note, key.name, key.public)[:2] == ("go.sum database tree", size)
    with pytest.raises(SignatureInvalid):
        notes.open_note(note.replace(str(size), str(size + 1)), key.name, key.public)


def test_a_log_signs_and_everybody_opens():
    """And nobody opens it under another name or key."""
    assert notes.open_note(note(), ORIGIN, key().public) == (ORIGIN, 5, ROOT)
    for name, private in ((ORIGIN, OTHER), ("tutela/0190/trail/2", SEED)):
        with pytest.raises(SignatureInvalid):
            notes.open_note(note(), name, notes.public_of(Kind.ED25519, private))


def test_a_changed_text_is_not_signed():
    """The size is one more."""
    with pytest.raises(SignatureInvalid):
        notes.open_note(note().replace("\n5\n", "\n6\n"), ORIGIN, key().public)


def independent_message(kind, name, at):
    """What is signed, written from the text of tlog-cosignature alone."""
    if kind is Kind.COSIGNATURE:
        return b"cosignature/v1\ntime " + str(at).encode() + b"\n" + text().encode()
    label, named, origin = b"subtree/v1\n\0", name.encode(), ORIGIN.encode()
    return struct.pack(
        f">12sB{len(named)}sQB{len(origin)}sQQ32s",
        label, len(named), named, at, len(origin), origin, 0, 5, ROOT,
    )  # fmt: skip


LIBRARY = {
    Kind.COSIGNATURE: (Ed25519PrivateKey.from_private_bytes, Ed25519PublicKey.from_public_bytes),
    Kind.ML_DSA: (MLDSA44PrivateKey.from_seed_bytes, MLDSA44PublicKey.from_public_bytes),
}
COSIGNATURES = pytest.mark.parametrize(
    "kind", [Kind.COSIGNATURE, Kind.ML_DSA], ids=lambda kind: kind.name
)


@COSIGNATURES
def test_a_cosignature_is_verified_by_a_reading_of_the_standard_that_is_not_ours(kind):
    """And one that it makes is verified by ours."""
    private, public = LIBRARY[kind]
    mine = key(kind, WITNESS)
    line = notes.cosign(text(), WITNESS, kind, SEED, AT)
    packed = base64.b64decode(line.split(" ")[2])
    raw = hashlib.sha256(WITNESS.encode() + b"\n" + bytes([kind]) + mine.public).digest()[:4]
    assert packed[:12] == raw + struct.pack(">Q", AT)
    public(mine.public).verify(packed[12:], independent_message(kind, WITNESS, AT))

    theirs = private(SEED).sign(independent_message(kind, WITNESS, AT + 1))
    made = base64.b64encode(raw + struct.pack(">Q", AT + 1) + theirs).decode()
    assert notes.cosigned(f"{note()}— {WITNESS} {made}\n", [mine]) == {mine: AT + 1}


@COSIGNATURES
def test_a_cosignature_holds_for_its_time_and_its_checkpoint_alone(kind):
    """The time is what is signed, not what stands beside it."""
    mine = key(kind, WITNESS)
    line = notes.cosign(text(), WITNESS, kind, SEED, AT)
    assert notes.cosigned(note() + line, [mine]) == {mine: AT}
    packed = bytearray(base64.b64decode(line.split(" ")[2]))
    packed[11] ^= 1
    later = f"— {WITNESS} {base64.b64encode(bytes(packed)).decode()}\n"
    other = notes.sign_note(notes.note_text(ORIGIN, 6, ROOT), ORIGIN, SEED)
    for wrong in (note() + later, other + line):
        with pytest.raises(SignatureInvalid):
            notes.cosigned(wrong, [mine])


def test_only_the_post_quantum_cosignature_names_its_witness():
    """The same key under another name is another statement there; extension lines are no part of it."""
    line = notes.cosign(text(), WITNESS, Kind.ML_DSA, SEED, AT)
    more = notes.sign_note(text() + "an extension\n", ORIGIN, SEED)
    assert notes.cosigned(more + line, [key(Kind.ML_DSA, WITNESS)])
    line = notes.cosign(text(), WITNESS, Kind.COSIGNATURE, SEED, AT)
    with pytest.raises(SignatureInvalid):
        notes.cosigned(more + line, [key(Kind.COSIGNATURE, WITNESS)])


def test_lines_of_unknown_keys_are_ignored():
    """Also those that share a name or an id with a known one."""
    unknown = "— " + WITNESS + " " + base64.b64encode(b"\xff\xff\xff\xffwhatever").decode() + "\n"
    same_id = "— elsewhere " + base64.b64encode(key().id + bytes(64)).decode() + "\n"
    assert notes.open_note(note() + unknown + same_id, ORIGIN, key().public)[1] == 5


def test_a_wrong_line_of_a_known_key_spoils_the_note():
    """A right one beside it does not help."""
    wrong = "— " + ORIGIN + " " + base64.b64encode(key().id + bytes(64)).decode() + "\n"
    with pytest.raises(SignatureInvalid):
        notes.open_note(f"{text()}\n{wrong}", ORIGIN, key().public)
    witness = key(Kind.COSIGNATURE, WITNESS)
    short = "— " + WITNESS + " " + base64.b64encode(witness.id + bytes(64)).decode() + "\n"
    with pytest.raises(SignatureInvalid):
        notes.verified(notes.read_note(note() + short), [key(), witness])


def test_a_signature_without_time_is_no_cosignature():
    """A log's own line never counts as a witness."""
    assert notes.cosigned(note(), [key()]) == {}
    refused("cosignature-type", notes.cosign, text(), ORIGIN, Kind.ED25519, SEED, AT)
    refused("cosignature-time", notes.cosign, text(), ORIGIN, Kind.COSIGNATURE, SEED, 0)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (b"", "note-blank-line"),
        (b"text\n", "note-blank-line"),
        (b"text\n\n", "note-end"),
        (PETER_TEXT + "\n" + PETER_LINE.strip(), "note-end"),
        (PETER_TEXT + "\n" + PETER_LINE + "\n", "note-end"),
        (PETER_TEXT + "\n" + PETER_LINE.replace("—", "-"), "note-line"),
        (PETER_TEXT + "\n" + PETER_LINE.replace("— ", "—"), "note-line"),
        (PETER_TEXT + "\n" + PETER_LINE.replace("PeterN", "Peter+N"), "note-name"),
        (PETER_TEXT + "\n" + PETER_LINE.replace("PeterN", "Peter\u00a0N"), "note-name"),
        (PETER_TEXT + "\n" + PETER_LINE.replace("PeterNeumann", ""), "note-name"),
        (PETER_TEXT + "\n" + PETER_LINE.replace("=", ""), "note-base64"),
        (PETER_TEXT + "\n" + PETER_LINE.replace("nAM=", "nAN="), "note-base64"),
        (PETER_TEXT + "\n" + "— PeterNeumann x08gow==\n", "note-base64"),
        (PETER_TEXT + "\n" + PETER_LINE * 65, "note-signatures"),
        (PETER_TEXT + "\r\n" + PETER_LINE, "note-control"),
        (PETER_TEXT.replace(" ", "\t") + "\n" + PETER_LINE, "note-control"),
        ((PETER_TEXT + "\n" + PETER_LINE).encode() + b"\xff\n", "note-utf8"),
        ("x" * notes.LONGEST_NOTE + "\n\n" + PETER_LINE, "note-size"),
    ],
)  # fmt: skip
def test_a_malformed_note_is_refused_with_its_reason(wrong, code):
    """Whole, before any signature is looked at."""
    refused(code, notes.read_note, wrong)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("", "checkpoint-lines"),
        ("origin\n5\n", "checkpoint-lines"),
        ("origin\n5\nAAAA", "checkpoint-lines"),
        (f"\n5\n{base64.b64encode(ROOT).decode()}\n", "checkpoint-origin"),
        (f"o\n05\n{base64.b64encode(ROOT).decode()}\n", "checkpoint-size"),
        (f"o\n-5\n{base64.b64encode(ROOT).decode()}\n", "checkpoint-size"),
        (f"o\n5 \n{base64.b64encode(ROOT).decode()}\n", "checkpoint-size"),
        (f"o\n٥\n{base64.b64encode(ROOT).decode()}\n", "checkpoint-size"),
        (f"o\n9223372036854775808\n{base64.b64encode(ROOT).decode()}\n", "checkpoint-size"),
        (f"o\n{'1' * 5000}\n{base64.b64encode(ROOT).decode()}\n", "checkpoint-size"),
        (f"o\n5\n{base64.b64encode(ROOT).decode().strip('=')}\n", "checkpoint-root"),
        (f"o\n5\n{base64.b64encode(ROOT[:31]).decode()}\n", "checkpoint-root"),
        (f"o\n5\n{base64.b64encode(ROOT).decode()}\n\nmore\n", "checkpoint-lines"),
    ],
)
def test_a_malformed_checkpoint_is_refused_with_its_reason(wrong, code):
    """A size has one spelling, a root 32 bytes."""
    refused(code, notes.read_checkpoint, wrong)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("", "vkey-type"),
        ("PeterNeumann", "vkey-type"),
        (PETER.replace("c74f20a3", "c74f20a4"), "vkey-id"),
        (PETER.replace("c74f20a3", "C74F20A3"), "vkey-id"),
        (PETER.replace("PeterNeumann", "PeterNeuman"), "vkey-id"),
        (PETER.replace("PeterNeumann", ""), "vkey-name"),
        (PETER.replace("Peter", "Peter "), "vkey-name"),
        (PETER.replace("+ARpc", "+BRpc"), "vkey-type"),
        (PETER[:-4], "vkey-size"),
        (PETER + "=", "vkey-base64"),
    ],
)
def test_a_malformed_key_is_refused_with_its_reason(wrong, code):
    """A mistyped key never becomes one that matches nothing."""
    refused(code, notes.read_key, wrong)


def test_what_no_checkpoint_can_say_is_not_written():
    """The writer is as strict as the reader."""
    refused("checkpoint-origin", notes.note_text, "", 5, ROOT)
    refused("checkpoint-origin", notes.note_text, "a\nb", 5, ROOT)
    refused("checkpoint-size", notes.note_text, "a", -1, ROOT)
    refused("checkpoint-size", notes.note_text, "a", 1 << 63, ROOT)
    refused("checkpoint-root", notes.note_text, "a", 5, ROOT[:31])
    refused("note-text", notes.sign_line, "no end", "a", SEED)
    refused("vkey-name", notes.sign_line, "text\n", "a b", SEED)
    refused("key-size", notes.sign_line, "text\n", "a", SEED[:31])
    refused(
        "checkpoint-origin",
        notes.cosign,
        notes.note_text("o" * 256, 5, ROOT),
        WITNESS,
        Kind.ML_DSA,
        SEED,
        AT,
    )


@given(st.text(max_size=200))
def test_no_text_breaks_the_readers(something):
    """They read it or refuse it."""
    for reader in (notes.read_note, notes.read_checkpoint, notes.read_key, notes.read_lines):
        with contextlib.suppress(BadValue):
            reader(something)


@given(st.integers(0, notes.LARGEST), st.binary(min_size=32, max_size=32))
def test_what_is_written_is_read(size, root):
    """Every size and root."""
    assert notes.read_checkpoint(notes.note_text(ORIGIN, size, root)) == notes.Checkpoint(
        ORIGIN, size, root
    )
