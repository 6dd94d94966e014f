"""Proof files: that a leaf stands in the signed tree, checked by an outsider alone (`tutela-verify proof`).

A proof is a C2SP tlog-proof whose `extra` line holds the leaf's exact bytes; a pack is a zip of it with the
checkpoint, the policy that says whose signatures count, names for readers, and the verifier. Callers ask the gate
first and append a leaf.
"""

import base64
import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, Final, Self
from uuid import UUID

import tutela_verify
from tutela.crypto import merkle
from tutela.crypto.errors import BadValue, SignatureInvalid
from tutela.trail.connect import fetch
from tutela.trail.errors import LeafNotPlaced, TreeIncomplete
from tutela.trail.segments import cold

from . import proofs, witnesses
from .state import TreeHead, newest, place_of

Names = Mapping[str, tuple[str, str]]
"""What codes and ids are called, in Chinese and English."""
_LEAF: Final = """
    SELECT l.leaf FROM trail.sequenced s JOIN trail.leaf l ON l.at = s.at AND l.id = s.leaf_id
    WHERE s.epoch = %s::smallint AND s.index = %s::bigint"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """A leaf with its place in the tree of a checkpoint: `leaf` is its exact bytes, `steps` the hashes from its
    sibling's up to the root's child."""

    leaf: bytes
    index: int
    steps: tuple[bytes, ...]
    head: TreeHead

    @property
    def document(self) -> dict[str, Any]:
        """What the leaf says."""
        document: dict[str, Any] = tutela_verify.read_entry(self.leaf)
        return document

    @property
    def note(self) -> str:
        """The checkpoint with every signature that is there."""
        return self.head.note

    def text(self) -> str:
        """The proof as a file."""
        lines = ["extra " + _base64(self.leaf), f"index {self.index}", *map(_base64, self.steps)]
        return "\n".join([tutela_verify.PROOF_HEAD, *lines, "", self.note])


def of_leaf(leaf_id: UUID) -> Proven:
    """The proof of a leaf in the newest checkpoint of its epoch. LeafNotPlaced until one covers it;
    TreeIncomplete if the stored tree does not prove what was signed."""
    place = place_of(leaf_id) or cold.place_of(leaf_id)
    head = _head(*place) if place else None
    if place is None or head is None:
        raise LeafNotPlaced
    epoch, index = place
    rows = fetch(_LEAF, (epoch, index))
    try:
        steps = tuple(proofs.inclusion(epoch, index, head.size))
        leaf = bytes(rows[0][0]) if rows else cold.exact(epoch, index) or b""
        merkle.verify_inclusion(merkle.leaf_hash(leaf), index, head.size, steps, head.root)
    except (BadValue, SignatureInvalid):
        raise TreeIncomplete(index=index) from None
    return Proven(leaf=leaf, index=index, steps=steps, head=head)


def _head(epoch: int, index: int) -> TreeHead | None:
    """The newest checkpoint that covers an index, one that the quorum has witnessed before others."""
    for head in (witnesses.last_witnessed(), newest(epoch)):
        if head is not None and head.epoch == epoch and head.size > index:
            return replace(head, note=witnesses.witnessed_note(head))
    return None


def write_pack(file: IO[bytes], proven: Proven, names: Names, page: str) -> None:
    """Write the pack of a proof; `page` is HTML for readers, which the verifier does not check."""
    with Pack(file) as pack:
        pack.add("leaf.tlog-proof", proven.text())
        pack.add("leaf", proven.leaf)
        pack.add("checkpoint.txt", proven.note)
        pack.add("policy.txt", witnesses.policy_text())
        pack.add("names.json", json.dumps(names, ensure_ascii=False, sort_keys=True, indent=1))
        pack.add("summary.html", page)
        pack.add_verifier()


class Pack:
    """A zip that ends with the list of its hashes, as `tutela-verify` reads it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self._sums: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(self._sums.items()))
            self.zip.writestr("SHA256SUMS", sums)
        self.zip.close()

    def add(self, name: str, data: bytes | str) -> None:
        """A file that fits in memory."""
        data = data.encode() if isinstance(data, str) else data
        self.zip.writestr(name, data)
        self._sums[name] = hashlib.sha256(data).hexdigest()

    def add_verifier(self) -> None:
        """The program that checks the pack."""
        self.add("tutela_verify.py", Path(tutela_verify.__file__).read_bytes())

    def open(self, name: str) -> "Member":
        """A file of any size, written bit by bit."""
        return Member(self, name)

    def close(self, name: str, digest: str) -> None:
        self._sums[name] = digest


class Member:
    """A file of a pack while it is written."""

    def __init__(self, pack: Pack, name: str) -> None:
        self._pack, self._name = pack, name
        self._digest = hashlib.sha256()
        self._raw = pack.zip.open(name, "w", force_zip64=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._raw.close()
        self._pack.close(self._name, self._digest.hexdigest())

    def write(self, data: bytes) -> None:
        self._digest.update(data)
        self._raw.write(data)


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
