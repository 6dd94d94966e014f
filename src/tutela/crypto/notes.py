"""C2SP signed notes of a log: Ed25519, type 0x01."""

import base64
import binascii

from .errors import BadValue
from .raw import ed25519
from .raw.hashing import sha256

_KIND = b"\x01"


def note_text(origin: str, size: int, root: bytes) -> str:
    """The text of a checkpoint."""
    return f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"


def sign_note(text: str, name: str, private: bytes) -> str:
    """The text as a signed note."""
    return text + "\n" + sign_line(text, name, private)


def sign_line(text: str, name: str, private: bytes) -> str:
    """The signature line of a text."""
    key_id = sha256(name.encode() + b"\n" + _KIND + ed25519.public_of(private))[:4]
    packed = base64.b64encode(key_id + ed25519.sign(private, text.encode())).decode()
    return f"\N{EM DASH} {name} {packed}\n"


def open_note(note: str, name: str, public: bytes) -> tuple[str, int, bytes]:
    """(origin, size, root) of a checkpoint signed by this key. SignatureInvalid, BadValue."""
    text, _, lines = note.rpartition("\n\n")
    key_id = sha256(name.encode() + b"\n" + _KIND + public)[:4]
    try:
        origin, size, root = text.split("\n")[:3]
        for line in lines.splitlines():
            _, who, packed = line.split(" ")
            value = base64.b64decode(packed, validate=True)
            if who == name and value[:4] == key_id:
                ed25519.verify(public, (text + "\n").encode(), value[4:])
                return origin, int(size), base64.b64decode(root, validate=True)
    except (ValueError, binascii.Error):
        raise BadValue("note") from None
    raise BadValue("note-signatures")
