"""Signed notes, checkpoints and cosignatures of C2SP (signed-note, tlog-checkpoint, tlog-cosignature).

note = sign_note(note_text(origin, size, root), origin, private)    # as a log does
origin, size, root = open_note(note, origin, public)                # SignatureInvalid, BadValue
line = cosign(read_note(note).text, "w1.example", Kind.COSIGNATURE, private, at=seconds)    # as a witness does
cosigned(note + line, [read_key("w1.example+…+…")])    # {key: seconds}

Whatever is malformed is refused whole with BadValue, whose code names the reason (`note-...`, `checkpoint-...`,
`vkey-...`).
"""

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from .errors import BadValue, SignatureInvalid
from .raw import ed25519, mldsa
from .raw.hashing import sha256

DASH = "\N{EM DASH}"
LONGEST_NOTE = 256 * 1024
"""Bytes. Sixteen ML-DSA-44 lines take 52 KiB."""
MOST_SIGNATURES = 64
LARGEST = (1 << 63) - 1
"""Of sizes and of times in seconds."""
HASH_SIZE = 32
_SUBTREE = b"subtree/v1\n\0"
_TIME_SIZE = 8


class Kind(IntEnum):
    """The signature types of C2SP that are signed and verified here, by their byte."""

    ED25519 = 0x01
    COSIGNATURE = 0x04
    ML_DSA = 0x06


PUBLIC_SIZE = {Kind.ED25519: 32, Kind.COSIGNATURE: 32, Kind.ML_DSA: 1312}
SIGNATURE_SIZE = {Kind.ED25519: 64, Kind.COSIGNATURE: 64, Kind.ML_DSA: 2420}
"""Without the time that stands before it in cosignatures."""


@dataclass(frozen=True)
class NoteKey:
    """A public key under its name, as verifiers know it."""

    name: str
    kind: Kind
    public: bytes

    def __post_init__(self) -> None:
        _check_name(self.name, "vkey-name")
        if len(self.public) != PUBLIC_SIZE[self.kind]:
            raise BadValue("vkey-size")

    @cached_property
    def id(self) -> bytes:
        """The four bytes by which signature lines name the key."""
        return key_id(self.name, self.kind, self.public)

    def __str__(self) -> str:
        """The key as a vkey: name, key id, type and key."""
        packed = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{packed}"


@dataclass(frozen=True)
class Signature:
    """One signature line: the key's name and id, the bytes after the id, and the line with its end."""

    name: str
    id: bytes
    value: bytes
    line: str


@dataclass(frozen=True)
class Note:
    """A note: the text with the newline that ends it, and its signature lines as they stand."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return self.text + "\n" + "".join(signature.line for signature in self.signatures)


@dataclass(frozen=True)
class Checkpoint:
    """What a note of a log says: `size` leaves have the root hash `root`."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()


def key_id(name: str, kind: Kind, public: bytes) -> bytes:
    """The first four bytes of SHA-256 over name, newline, type and public key."""
    return sha256(name.encode() + b"\n" + bytes([kind]) + public)[:4]


def public_of(kind: Kind, private: bytes) -> bytes:
    """The public key of a private one (32 bytes; of ML-DSA the seed)."""
    return mldsa.public_of(private) if kind is Kind.ML_DSA else ed25519.public_of(private)


def generate(kind: Kind) -> bytes:
    """A new private key of 32 bytes."""
    return mldsa.generate() if kind is Kind.ML_DSA else ed25519.generate()


def read_key(vkey: str) -> NoteKey:
    """The key of a vkey. BadValue if it is malformed, of another type, or its id is not that of name and key."""
    name, _, rest = vkey.partition("+")
    given, _, packed = rest.partition("+")
    data = _unpack(packed, "vkey-base64")
    try:
        kind = Kind(data[0])
    except (ValueError, IndexError):
        raise BadValue("vkey-type") from None
    key = NoteKey(name, kind, data[1:])
    if given != key.id.hex():
        raise BadValue("vkey-id")
    return key


def note_text(origin: str, size: int, root: bytes) -> str:
    """The text of a checkpoint. BadValue for what no checkpoint can say."""
    if not origin or _has_control(origin):
        raise BadValue("checkpoint-origin")
    if not 0 <= size <= LARGEST:
        raise BadValue("checkpoint-size")
    if len(root) != HASH_SIZE:
        raise BadValue("checkpoint-root")
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"


def read_note(data: str | bytes) -> Note:
    """The parts of a note; no signature is verified. BadValue."""
    text = _text(data)
    body, blank, lines = text.rpartition("\n\n")
    if not blank:
        raise BadValue("note-blank-line")
    if not lines.endswith("\n"):
        raise BadValue("note-end")
    return Note(body + "\n", read_lines(lines))


def read_lines(lines: str) -> tuple[Signature, ...]:
    """Signature lines, each with its end. BadValue."""
    if not lines.endswith("\n"):
        raise BadValue("note-end")
    found = lines.removesuffix("\n").split("\n")
    if len(found) > MOST_SIGNATURES:
        raise BadValue("note-signatures")
    return tuple(map(_read_line, found))


def read_checkpoint(text: str) -> Checkpoint:
    """What the text of a note says as a checkpoint. BadValue."""
    origin, *rest = text.removesuffix("\n").split("\n")
    if not text.endswith("\n") or len(rest) < 2 or "" in rest:
        raise BadValue("checkpoint-lines")
    if not origin:
        raise BadValue("checkpoint-origin")
    size, root, *extensions = rest
    head = _unpack(root, "checkpoint-root")
    if len(head) != HASH_SIZE:
        raise BadValue("checkpoint-root")
    return Checkpoint(origin, read_number(size, "checkpoint-size"), head, tuple(extensions))


def read_number(digits: str, code: str) -> int:
    """A decimal number without sign or leading zeros, at most 2**63 - 1. BadValue with the code."""
    plain = digits.isascii() and digits.isdigit() and len(digits) <= 19
    if not plain or (digits[0] == "0" and digits != "0") or int(digits) > LARGEST:
        raise BadValue(code)
    return int(digits)


def sign_note(text: str, name: str, private: bytes) -> str:
    """The text as a note signed with Ed25519 (type 0x01). BadValue."""
    return text + "\n" + sign_line(text, name, private)


def sign_line(text: str, name: str, private: bytes) -> str:
    """The signature line of a text with Ed25519 (type 0x01). BadValue."""
    if not text.endswith("\n") or _has_control(text.replace("\n", "")):
        raise BadValue("note-text")
    key = NoteKey(name, Kind.ED25519, ed25519.public_of(private))
    return _line(key, ed25519.sign(private, text.encode()))


def open_note(note: str | bytes, name: str, public: bytes) -> tuple[str, int, bytes]:
    """(origin, size, root) of a checkpoint that this Ed25519 key signed. SignatureInvalid, BadValue."""
    parts = read_note(note)
    check_signed(parts, [NoteKey(name, Kind.ED25519, public)])
    head = read_checkpoint(parts.text)
    return head.origin, head.size, head.root


def check_signed(note: Note, keys: Iterable[NoteKey]) -> None:
    """SignatureInvalid unless one of the keys signed the note and no line of theirs is wrong.

    Lines of other keys are ignored, those that share only the name or only the id too.
    """
    if not verified(note, keys):
        raise SignatureInvalid


def verified(note: Note, keys: Iterable[NoteKey]) -> dict[NoteKey, int | None]:
    """The keys that signed, with the seconds of a cosignature. SignatureInvalid if a line of theirs is wrong."""
    known = {(key.name, key.id): key for key in keys}
    times: dict[NoteKey, int | None] = {}
    for signature in note.signatures:
        key = known.get((signature.name, signature.id))
        if key is not None and key not in times:
            times[key] = _verify(note.text, key, signature.value)
    return times


def cosigned(note: str | bytes, keys: Iterable[NoteKey]) -> dict[NoteKey, int]:
    """The witnesses' keys whose cosignature the note bears, with its seconds; not those without a time.

    SignatureInvalid if one is wrong, BadValue.
    """
    times = verified(read_note(note), keys)
    return {key: at for key, at in times.items() if at}


def cosign(text: str, name: str, kind: Kind, private: bytes, at: int) -> str:
    """The cosignature line of a checkpoint's text; `at` in seconds since 1970. BadValue.

    A log signs with `Kind.ML_DSA` in the same way, under its origin.
    """
    if not 0 < at <= LARGEST or kind is Kind.ED25519:
        raise BadValue("cosignature-time" if kind is not Kind.ED25519 else "cosignature-type")
    key = NoteKey(name, kind, public_of(kind, private))
    message = _cosigned_message(text, key, at)
    signed = mldsa.sign if kind is Kind.ML_DSA else ed25519.sign
    return _line(key, at.to_bytes(_TIME_SIZE, "big") + signed(private, message))


def _cosigned_message(text: str, key: NoteKey, at: int) -> bytes:
    """What a cosignature signs; that of ML-DSA names the witness and leaves extension lines out."""
    head = read_checkpoint(text)
    if key.kind is Kind.COSIGNATURE:
        return f"cosignature/v1\ntime {at}\n{text}".encode()
    start = 0
    numbers = (start, head.size)
    return b"".join(
        (
            _SUBTREE,
            _short(key.name, "vkey-name"),
            at.to_bytes(_TIME_SIZE, "big"),
            _short(head.origin, "checkpoint-origin"),
            *(number.to_bytes(_TIME_SIZE, "big") for number in numbers),
            head.root,
        )
    )


def _verify(text: str, key: NoteKey, value: bytes) -> int | None:
    """The seconds of a cosignature, None of a signature without. SignatureInvalid, BadValue."""
    if key.kind is Kind.ED25519:
        ed25519.verify(key.public, text.encode(), value)
        return None
    at = int.from_bytes(value[:_TIME_SIZE], "big")
    if len(value) != _TIME_SIZE + SIGNATURE_SIZE[key.kind] or at > LARGEST:
        raise SignatureInvalid
    check = mldsa.verify if key.kind is Kind.ML_DSA else ed25519.verify
    check(key.public, _cosigned_message(text, key, at), value[_TIME_SIZE:])
    return at


def _short(text: str, code: str) -> bytes:
    """A text of 1 to 255 bytes behind its length."""
    data = text.encode()
    if not 0 < len(data) < 256:
        raise BadValue(code)
    return bytes([len(data)]) + data


def _line(key: NoteKey, value: bytes) -> str:
    return f"{DASH} {key.name} {base64.b64encode(key.id + value).decode()}\n"


def _read_line(line: str) -> Signature:
    dash, _, rest = line.partition(" ")
    name, _, packed = rest.partition(" ")
    if dash != DASH:
        raise BadValue("note-line")
    _check_name(name, "note-name")
    data = _unpack(packed, "note-base64")
    if len(data) < 5:
        raise BadValue("note-base64")
    return Signature(name, data[:4], data[4:], line + "\n")


def _text(data: str | bytes) -> str:
    """The note's characters. BadValue."""
    try:
        raw = data if isinstance(data, bytes) else data.encode()
        if len(raw) > LONGEST_NOTE:
            raise BadValue("note-size")
        text = raw.decode()
    except UnicodeError:
        raise BadValue("note-utf8") from None
    if _has_control(text.replace("\n", "")):
        raise BadValue("note-control")
    return text


def _has_control(text: str) -> bool:
    return any(char < " " for char in text)


def _check_name(name: str, code: str) -> None:
    """BadValue for what cannot be the name of a key."""
    if not name or "+" in name or any(char.isspace() or char < " " for char in name):
        raise BadValue(code)


def _unpack(packed: str, code: str) -> bytes:
    """Base64 in its one canonical spelling. BadValue with the code."""
    try:
        data = base64.b64decode(packed.encode("ascii"), validate=True)
    except (binascii.Error, ValueError):
        raise BadValue(code) from None
    if base64.b64encode(data).decode() != packed:
        raise BadValue(code)
    return data
