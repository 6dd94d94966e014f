"""A log made by hand, without the product: keys, entries, tree, signed notes, policies, proofs, zips."""

import base64
import gzip
import hashlib
import io
import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from tutela.crypto import merkle

ORIGIN = "tutela/0192f0c1-7a54-7c33-9d1e-2f6f5c1a4b00/trail/1"
START = 1_790_000_000_000


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


@dataclass
class Signer:
    """A key of the log or a witness; `kind` is its type in signed notes."""

    name: str
    kind: int
    key: object = None

    def __post_init__(self) -> None:
        make = MLDSA44PrivateKey if self.kind == 6 else Ed25519PrivateKey
        self.key = self.key or make.generate()

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    @property
    def id(self) -> bytes:
        return hashlib.sha256(
            self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        ).digest()[:4]

    @property
    def line(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64(bytes([self.kind]) + self.public)}"

    def sign(self, text: str, at: int = 1_790_000_100) -> str:
        if self.kind == 1:
            signature = self.key.sign(text.encode())
        elif self.kind == 4:
            signature = at.to_bytes(8, "big") + self.key.sign(
                f"cosignature/v1\ntime {at}\n{text}".encode()
            )
        else:
            origin, size, root = text.split("\n")[:3]
            name, origin = self.name.encode(), origin.encode()
            message = b"subtree/v1\n\0" + bytes([len(name)]) + name + at.to_bytes(8, "big")
            message += bytes([len(origin)]) + origin + bytes(8) + int(size).to_bytes(8, "big")
            signature = at.to_bytes(8, "big") + self.key.sign(message + base64.b64decode(root))
        return f"— {self.name} {b64(self.id + signature)}\n"


def document(number: int, writer: str, previous: str, seq: int, **changes) -> dict:
    ms = START + number
    told = {
        "actor": {"channel": "page", "id": "0192f0c1-7a54-7c33-9d1e-2f6f5c1a4b01", "kind": "staff",
                  "second_factor": 1, "session": "", "source": "10.1.2.3"},
        "classes": [1, 2],
        "decision": {"cell": "claims_adjuster:2:claim", "matrix": "ab" * 32, "outcome": "allow"},
        "detail": {"rows": 1},
        "event": "vault.field.revealed",
        "exposure": "clear",
        "fields": [7],
        "id": f"{ms:012x}"[:8] + "-" + f"{ms:012x}"[8:] + f"-7000-8000-{number:012x}",
        "note": "",
        "purpose": "claim",
        "subjects": [["customer", f"0192f0c1-0000-7000-8000-{number:012x}"]],
        "t_ms": ms,
        "v": 1,
        "work_item": "",
        "writer": writer,
        "writer_previous": previous,
        "writer_seq": seq,
    }  # fmt: skip
    return {**told, **changes}


def encoded(document: dict) -> bytes:
    salt = hashlib.sha256(document["id"].encode()).digest()[:16]
    return salt + json.dumps(document, sort_keys=True, separators=(",", ":")).encode()


@dataclass
class Log:
    """Entries in order; `tiles` are their hashes as the log keeps them, whatever becomes of the entries."""

    entries: list[bytes] = field(default_factory=list)
    tiles: list[bytes] = field(default_factory=list)
    signer: Signer = field(default_factory=lambda: Signer(ORIGIN, 1))
    witnesses: list[Signer] = field(
        default_factory=lambda: [
            Signer("audit.example/w1", 4),
            Signer("outside.example/w2", 6),
            Signer("w3.example", 4),
        ]
    )

    notes: dict[tuple[str, int], str] = field(default_factory=dict)

    @classmethod
    def of(cls, count: int) -> "Log":
        log, previous, writer = cls(), "0" * 64, "0192f0c1-7a54-7c33-9d1e-2f6f5c1a4bff"
        for number in range(count):
            entry = encoded(document(number, writer, previous, number + 1))
            log.entries.append(entry)
            log.tiles.append(merkle.leaf_hash(entry))
            previous = log.tiles[-1].hex()
        return log

    def node(self, level: int, index: int) -> bytes:
        return merkle.root(self.tiles[index << level : (index + 1) << level])

    def text(self, size: int, origin: str = ORIGIN) -> str:
        return f"{origin}\n{size}\n{b64(merkle.root(self.tiles[:size]))}\n"

    def note(self, size: int, witnesses: int = 2) -> str:
        """Signed once: a signature by ML-DSA-44 is another each time."""
        text = self.text(size)
        if (text, witnesses) not in self.notes:
            signed = [self.signer, *self.witnesses[:witnesses]]
            self.notes[text, witnesses] = text + "\n" + "".join(one.sign(text) for one in signed)
        return self.notes[text, witnesses]

    def policy(self, need: int = 2) -> str:
        lines = ["# who is believed", f"log {self.signer.line} https://log.example/"]
        lines += [f"witness w{n} {one.line}" for n, one in enumerate(self.witnesses, 1)]
        return "\n".join([*lines, f"group all-of-them {need} w1 w2 w3", "quorum all-of-them", ""])

    def proof(self, index: int, size: int, entry: bytes | None = None) -> str:
        path = merkle.inclusion_proof(index, size, self.node)
        extra = f"extra {b64(self.entries[index] if entry is None else entry)}\n"
        steps = "".join(b64(step) + "\n" for step in path)
        return f"c2sp.org/tlog-proof@v1\n{extra}index {index}\n{steps}\n{self.note(size)}"

    def consistency(self, old: int, new: int) -> str:
        steps = merkle.consistency_proof(old, new, self.node)
        return f"old {old}\n" + "".join(b64(step) + "\n" for step in steps) + "\n" + self.note(new)

    def nodes(self, begin: int, end: int) -> list[str]:
        return [self.node(level, index).hex() for level, index in merkle.cover(begin, end)]

    def leaves(self, first: int, count: int, kind: str = "tutela/leaves@v1", **facts) -> bytes:
        nodes = self.nodes(first, first + count)
        digest = hashlib.sha256(bytes.fromhex("".join(nodes))).hexdigest()
        head = {
            "count": count,
            "first": first,
            "range": nodes,
            "range_hash": digest,
            "origin": ORIGIN,
        }
        out = io.BytesIO()
        out.write(f"{kind}\n{json.dumps({**head, **facts}, sort_keys=True)}\n".encode())
        index, end = first, first + count
        while index < end:
            size = min(256 - index % 256, end - index)
            out.write(b"".join(self.tiles[index : index + size]))
            for entry in self.entries[index : index + size]:
                out.write(len(entry).to_bytes(2, "big") + entry)
            index += size
        return out.getvalue()

    def segment(self, first: int, count: int) -> bytes:
        return gzip.compress(
            self.leaves(first, count, "tutela/segment-leaves@v1", files=[], month="2026-10")
        )


def packed(path: Path, files: dict[str, bytes | str]) -> Path:
    """A zip with the list of its hashes."""
    data = {
        name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()
    }
    sums = "".join(
        f"{hashlib.sha256(one).hexdigest()}  {name}\n" for name, one in sorted(data.items())
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, one in {**data, "SHA256SUMS": sums.encode()}.items():
            pack.writestr(zipfile.ZipInfo(name), one)
    return path
