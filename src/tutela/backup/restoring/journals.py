"""The copies of the journal of destructions beside the sets, for a machine that lost everything else.

A file `tutela-<8 hex of the installation>-destroyed-<UTC time>.json` holds what was destroyed since the one before
it, and the highest epoch of the trail, signed by the key that signs the sets. Each is written once; all are read.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from tutela.backup.errors import ManifestUnreadable
from tutela.backup.targets.place import Place
from tutela.crypto import sign
from tutela.crypto.errors import SignatureInvalid
from tutela.vault import journal
from tutela.vault.errors import JournalDamaged
from tutela.vault.journal import Entry

from .errors import JournalUnsigned

FORMAT: Final = "tutela-destroyed/1"
MOST_BYTES: Final = 64 << 20
_NAME: Final = re.compile(r"tutela-[0-9a-f]{8}-destroyed-\d{8}T\d{6}Z\.json", re.ASCII)


@dataclass(frozen=True, slots=True)
class Carried:
    """What lies on a place: the destructions, each once, the highest epoch of the trail (0 if unknown), and what
    the last passed drill took: `at`, `rto_seconds`, `sealed_bytes`."""

    entries: tuple[Entry, ...]
    epoch: int
    files: int
    drill: Mapping[str, Any] | None = None


def name_of(installation: str, at: datetime) -> str:
    return f"tutela-{installation[:8]}-destroyed-{at.astimezone(UTC):%Y%m%dT%H%M%SZ}.json"


def build(
    installation: str,
    at: datetime,
    epoch: int,
    entries: Sequence[Entry],
    drill: Mapping[str, Any] | None = None,
) -> bytes:
    """What is signed: canonical JSON."""
    return json.dumps(
        {"format": FORMAT, "installation": installation, "at": at.isoformat(), "epoch": epoch, "drill": drill,
         "entries": [one.as_row() for one in entries]},
        sort_keys=True, separators=(",", ":"),
    ).encode()  # fmt: skip


def sealed(body: bytes, signature: bytes) -> bytes:
    """A journal's file: the signed text and its signature."""
    return json.dumps({"body": body.decode(), "signature": signature.hex()}).encode() + b"\n"


def read(place: Place, installation: str, signer: bytes) -> Carried:
    """Every journal of an installation on a place. JournalUnsigned for one that another key signed, or that was
    changed; what is not there was not carried."""
    found: dict[str, Entry] = {}
    epoch, files, drill = 0, 0, None
    for name in place.names(f"tutela-{installation[:8]}-destroyed-"):
        if _NAME.fullmatch(name):
            document = _read(place, name, signer)
            if document["installation"] != installation:
                continue
            files, epoch = files + 1, max(epoch, int(document["epoch"]))
            drill = document.get("drill") or drill
            found |= {one.order: one for one in map(journal.entry_of, document["entries"])}
    return Carried(tuple(found.values()), epoch, files, drill)


def _read(place: Place, name: str, signer: bytes) -> dict[str, Any]:
    if (place.size(name) or 0) > MOST_BYTES:
        raise ManifestUnreadable
    try:
        outer = json.loads(b"".join(place.read(name)))
        body, signature = outer["body"].encode(), bytes.fromhex(outer["signature"])
        sign.verify(signer, body, signature)
        document: dict[str, Any] = json.loads(body)
        if document["format"] != FORMAT:
            raise JournalUnsigned
        [journal.entry_of(row) for row in document["entries"]]
    except (ValueError, KeyError, TypeError, AttributeError, SignatureInvalid, JournalDamaged):
        raise JournalUnsigned from None
    return document
