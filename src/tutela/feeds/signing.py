"""Signatures of deliveries by API: HTTP Message Signatures (RFC 9421) over method, path and Content-Digest (RFC
9530).

    Content-Digest: sha-256=:<base64 of the body's SHA-256>:
    Signature-Input: feed=("@method" "@path" "content-digest");created=1790000000;keyid="<id of the key>"
    Signature: feed=:<base64 of the signature>:

The algorithm is the key's: ed25519 or hmac-sha256. More parts may be signed; these three must be. Pure: no
database."""

import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from tutela.crypto import digest, sign
from tutela.crypto.errors import SignatureInvalid

from .errors import SignatureMissing

OLDEST: Final = timedelta(minutes=5)
"""A signature made longer ago, or so much ahead, is refused."""
NEEDED: Final = frozenset({"@method", "@path", "content-digest"})
_HEADERS: Final = frozenset({"content-digest", "content-type", "content-length", "date"})
ALGORITHMS: Final = {"ed25519": "ed25519", "hmac": "hmac-sha256"}
"""By kind of key, the name of its algorithm in `alg`."""

_BYTES: Final = r":([A-Za-z0-9+/]*={0,2}):"
_DIGEST: Final = re.compile(rf"(?:^|,\s*)sha-256={_BYTES}(?:,|$)", re.ASCII)
_INPUT: Final = re.compile(
    r'([a-z*][a-z0-9_.*-]*)=(\(((?:"[a-z@-]+" ?)*)\)((?:;[a-z]+=(?:"[^"\\]*"|\d{1,15}))*))',
    re.ASCII,
)
_PARAMETER: Final = re.compile(r';([a-z]+)=(?:"([^"\\]*)"|(\d{1,15}))', re.ASCII)
_LENGTH: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request as it arrived. `headers` by name in small letters; `authority` is the host in small letters."""

    method: str
    path: str
    authority: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What was signed and how, as the request claims."""

    key_id: UUID
    algorithm: str
    created: datetime
    base: bytes
    signature: bytes


def read(call: Call, zero: datetime) -> Signature:
    """The signature of a request; SignatureMissing if it is not there or not whole. `zero` is 1970-01-01 in
    UTC."""
    told = _INPUT.fullmatch(call.headers.get("signature-input", "")[:_LENGTH].strip())
    if told is None:
        raise SignatureMissing
    label, inner, names, parameters = told.groups()
    parts = [name.strip('"') for name in names.split()]
    given = {name: text or number for name, text, number in _PARAMETER.findall(parameters)}
    signed = re.fullmatch(
        rf"{re.escape(label)}={_BYTES}",
        call.headers.get("signature", "")[:_LENGTH].strip(),
        re.ASCII,
    )
    if signed is None or not set(parts) >= NEEDED or len(set(parts)) != len(parts):
        raise SignatureMissing
    try:
        lines = [f'"{part}": {_value(call, part)}' for part in parts]
        return Signature(
            key_id=UUID(given["keyid"]),
            algorithm=given.get("alg", ""),
            created=zero + timedelta(seconds=int(given["created"])),
            base="\n".join([*lines, f'"@signature-params": {inner}']).encode("latin-1"),
            signature=b64decode(signed[1], validate=True),
        )
    except (KeyError, ValueError, OverflowError, NotBase64):
        raise SignatureMissing from None


def _value(call: Call, part: str) -> str:
    """The value of a signed part; KeyError for one that is not there or not known."""
    if part in _HEADERS:
        return call.headers[part].strip()
    return {"@method": call.method, "@path": call.path, "@authority": call.authority}[part]


def is_of_body(call: Call) -> bool:
    """Whether Content-Digest is that of the body."""
    told = _DIGEST.search(call.headers.get("content-digest", "")[:_LENGTH])
    try:
        return told is not None and digest.equal(
            b64decode(told[1], validate=True), digest.sha256(call.body)
        )
    except (ValueError, NotBase64):
        return False


def is_right(signature: Signature, kind: str, key: bytes, now: datetime) -> bool:
    """Whether the signature was made by this key, lately. `key` is the public key, or the shared secret."""
    if abs(now - signature.created) > OLDEST:
        return False
    if signature.algorithm not in {"", ALGORITHMS[kind]}:
        return False
    if kind == "hmac":
        return digest.equal(signature.signature, digest.keyed(key)(signature.base))
    try:
        sign.verify(key, signature.base, signature.signature)
    except SignatureInvalid:
        return False
    return True
