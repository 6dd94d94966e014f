"""Writes `tests/vectors/crypto/*.json` with the independent implementation.

Run from the repository: python tests/crypto/write_vectors.py
The vectors are fixed: a change here that changes an existing vector breaks every stored value.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from tests.crypto.independent import (
    Place,
    WholePlace,
    be,
    box,
    box_header,
    commitment,
    locked,
    tag,
    tree_head,
)

FOLDER = Path(__file__).parents[1] / "vectors" / "crypto"
Vector = dict[str, Any]


def fixed(label: str, size: int) -> bytes:
    """Bytes that anyone can make again: SHA-256 of a label, cut."""
    return hashlib.sha256(label.encode()).digest()[:size]


def nonce(label: str) -> bytes:
    return fixed("nonce " + label, 12)


def home(suite: int, version: type[Place] = Place) -> Place:
    return version(
        suite=suite,
        root=fixed("root", 32),
        generation=7,
        installation=fixed("installation", 16),
        customer=fixed("customer", 16),
        collection=3,
        record=fixed("record", 16),
        data_class=5,
        field=41,
    )


PLAIN = {
    "text": b"\x01" + "张三 Zhang".encode(),
    "empty text": b"\x01",
    "int": b"\x02-42",
    "date": b"\x031990-03-07",
    "decimal": b"\x04-12.50",
    "bytes": b"\x05\x00\xff",
    "json": b'\x06{"a":[1,true,null],"b":"x"}',
}
MALFORMED = {
    "no type byte": b"",
    "unknown type": b"\x07x",
    "broken UTF-8": b"\x01\xff",
    "int with leading zero": b"\x0207",
    "date without dashes": b"\x0319900307",
    "decimal not a number": b"\x04NaN",
    "json with spaces": b'\x06{"a": 1}',
    "json keys out of order": b'\x06{"b":1,"a":2}',
}


def bundle(*entries: tuple[int, bytes]) -> bytes:
    return b"".join(be(field, 2) + be(len(plain)) + plain for field, plain in entries)


BUNDLES = {
    "bundle": bundle((2, PLAIN["date"]), (9, PLAIN["decimal"]), (300, PLAIN["text"])),
    "empty bundle": b"",
}
MALFORMED_BUNDLES = {
    "fields out of order": bundle((9, b"\x01a"), (2, b"\x01b")),
    "a field twice": bundle((2, b"\x01a"), (2, b"\x01b")),
    "length past the end": bundle((2, b"\x01a"))[:-1],
    "a tail": bundle((2, b"\x01a")) + b"\0",
}


def told(place: Place, name: str, flags: int, envelope: bytes, **more: Any) -> Vector:
    ids = ("root", "installation", "customer", "record")
    numbers = ("suite", "generation", "collection", "data_class", "field")
    return {
        "name": name,
        **{key: getattr(place, key) for key in numbers},
        **{key: getattr(place, key).hex() for key in ids},
        "kind": "bundle" if flags & 2 else "field",
        "envelope": envelope.hex(),
        **more,
    }


def good(place: Place) -> list[Vector]:
    suite, rows = place.suite, []
    sealed = [(name, 0, plain, plain) for name, plain in PLAIN.items()]
    for size in (16, 32, 64):
        filled = PLAIN["text"] + b"\x80"
        sealed.append((f"padded to {size}", 1, PLAIN["text"], filled + bytes(-len(filled) % size)))
    sealed += [(name, 2, plain, plain) for name, plain in BUNDLES.items()]
    for name, flags, plain, filled in sealed:
        spot = place.but(field=0x8000 | place.data_class) if flags & 2 else place
        envelope = spot.seal(flags, nonce(name), filled)
        aad = spot.aad(spot.header(flags)).hex()
        more = {"plain": plain.hex(), "filled": filled.hex(), "aad": aad, "key": spot.key.hex()}
        rows.append(told(spot, f"suite {suite}: {name}", flags, envelope, **more))
    return rows


def flipped(blob: bytes, at: int, value: int) -> bytes:
    return blob[:at] + bytes([value]) + blob[at + 1 :]


def bent(blob: bytes) -> dict[str, bytes]:
    """One envelope, broken in every part."""
    other = 3 - blob[2]
    return {
        "magic": flipped(blob, 0, 0xC0),
        "version 0": flipped(blob, 1, 0),
        f"version {3 - blob[1]}": flipped(blob, 1, 3 - blob[1]),
        "the other suite": flipped(blob, 2, other),
        "suite 0": flipped(blob, 2, 0),
        "suite 3": flipped(blob, 2, 3),
        **{f"flag bit {bit}": flipped(blob, 3, blob[3] ^ 1 << bit) for bit in range(8)},
        "generation": flipped(blob, 7, blob[7] ^ 1),
        "nonce": flipped(blob, 8, blob[8] ^ 1),
        "text": flipped(blob, 20, blob[20] ^ 1),
        "tag": flipped(blob, len(blob) - 1, blob[-1] ^ 1),
        "empty": b"",
        "one byte": blob[:1],
        "header only": blob[:8],
        "no text": blob[:20] + blob[-16:],
        "truncated": blob[:-1],
        "shorter than a tag": blob[:30],
        "extended": blob + b"\0",
        "twice": blob + blob,
        "clear text": "张三".encode(),
    }


def moved(place: Place) -> dict[str, Place]:
    """Places where an envelope of `place` must not open."""
    return {
        "another root": place.but(root=fixed("another root", 32)),
        "another generation": place.but(generation=8),
        "another suite": place.but(suite=3 - place.suite),
        "another installation": place.but(installation=fixed("another", 16)),
        "another customer": place.but(customer=fixed("another", 16)),
        "another collection": place.but(collection=4),
        "another record": place.but(record=fixed("another", 16)),
        "another data class": place.but(data_class=6),
        "another field": place.but(field=42),
        "field and collection swapped": place.but(field=3, collection=41),
    }


def bad(place: Place) -> list[Vector]:
    suite, rows = place.suite, []
    envelope = place.seal(0, nonce("bad"), PLAIN["text"])
    for name, blob in bent(envelope).items():
        rows.append(told(place, f"suite {suite}: {name} changed", 0, blob))
    for name, spot in moved(place).items():
        rows.append(told(spot, f"suite {suite}: {name}", 0, envelope))
    for name, plain in MALFORMED.items():
        rows.append(told(place, f"suite {suite}: {name}", 0, place.seal(0, nonce(name), plain)))
    for name, filled in paddings().items():
        rows.append(told(place, f"suite {suite}: {name}", 1, place.seal(1, nonce(name), filled)))
    spot = place.but(field=0x8000 | place.data_class)
    for name, plain in MALFORMED_BUNDLES.items():
        rows.append(told(spot, f"suite {suite}: {name}", 2, spot.seal(2, nonce(name), plain)))
    rows.append(told(spot, f"suite {suite}: a field as a bundle", 2, envelope))
    rows.append(
        told(place, f"suite {suite}: a bundle as a field", 0, spot.seal(2, nonce("b"), b""))
    )
    flagged = place.seal(2, nonce("flagged"), PLAIN["text"])
    rows.append(told(place, f"suite {suite}: a field with the bundle flag", 0, flagged))
    padded = spot.seal(3, nonce("padded bundle"), b"\x80" + bytes(15))
    rows.append(told(spot, f"suite {suite}: a padded bundle", 2, padded))
    return rows


def paddings() -> dict[str, bytes]:
    return {
        "padding of no bucket": b"\x01abc\x80",
        "padding without its mark": b"\x01abc" + bytes(12),
        "padding of another byte": b"\x01abc\x80" + bytes(10) + b"\x01",
        "padding longer than a bucket": b"\x01abcdefghijklmn\x80" + bytes(64),
        "padding around nothing": b"\x80" + bytes(15),
    }


def manifests(place: Place) -> tuple[list[Vector], list[Vector]]:
    suite = place.suite
    cells = {
        41: place.seal(0, nonce("m1"), PLAIN["text"]),
        2: place.seal(0, nonce("m2"), PLAIN["date"]),
        0x8005: place.but(field=0x8005).seal(2, nonce("m3"), BUNDLES["bundle"]),
    }
    proof = place.manifest(9, cells)
    other = {**cells, 2: place.seal(0, nonce("m4"), PLAIN["date"])}
    fewer = {field: cell for field, cell in cells.items() if field != 2}
    swapped = {**cells, 41: cells[2], 2: cells[41]}

    def row(name: str, at: Place, version: int, held: dict[int, bytes]) -> Vector:
        return manifest_row(at, f"suite {suite}: {name}", version, held, proof)

    unbound = ("another field", "another data class", "another generation")
    wrong = [
        row("an older version", place, 8, cells),
        row("a cell rolled back", place, 9, other),
        row("a cell gone", place, 9, fewer),
        row("cells swapped", place, 9, swapped),
        row("a cell more", place, 9, {**cells, 3: cells[2]}),
        row("no cells", place, 9, {}),
        *(row(name, spot, 9, cells) for name, spot in moved(place).items() if name not in unbound),
    ]
    if isinstance(place, WholePlace):
        alone = Place(**vars(place))
        mixed = {**cells, 2: alone.seal(0, nonce("m2"), PLAIN["date"])}
        name = f"suite {suite}: a cell that is sealed alone"
        wrong.append(manifest_row(place, name, 9, mixed, place.manifest(9, mixed)))
    return [row("manifest", place, 9, cells)], wrong


def manifest_row(
    place: Place, name: str, version: int, cells: dict[int, bytes], proof: bytes
) -> Vector:
    row = told(place, name, 0, b"")
    del row["envelope"], row["kind"], row["field"], row["data_class"]
    held = {str(field): cell.hex() for field, cell in cells.items()}
    return {**row, "version": version, "cells": held, "mac": proof.hex()}


def wraps(suite: int) -> list[Vector]:
    key, customer, inst = fixed("kek", 32), fixed("customer", 16), fixed("installation", 16)
    root, head = fixed("root", 32), box_header(suite, 1, 2)
    ids = (b"customer", inst, customer, be(7))
    blob = box(suite, head, key, ids, nonce("wrap"), root)
    secret_ids = (b"secret", inst, b"index")
    secret = box(suite, box_header(suite, 2, 2), key, secret_ids, nonce("secret"), root)
    common = {"suite": suite, "kek_version": 2, "kek": key.hex(), "installation": inst.hex()}
    proof = commitment(suite, root, customer, 7).hex()
    return [
        {"name": f"suite {suite}: customer root", "kind": "root", **common, "customer": customer.hex(), "generation": 7, "secret": root.hex(), "commitment": proof, "blob": blob.hex()},
        {"name": f"suite {suite}: index root", "kind": "secret", **common, "label": "index", "secret": root.hex(), "blob": secret.hex()},
    ]  # fmt: skip


def boxes() -> list[Vector]:
    key, text = fixed("l0", 32), b"a small secret"
    under = box(1, box_header(1, 3, 0), key, (b"root", b"kek/2"), nonce("under"), text)
    small = box(1, box_header(1, 5, 0), key, (b"totp",), nonce("small"), text)
    cost, word = (8192, 1, 1), "口令 passphrase".encode()
    shut = locked(word, fixed("salt", 16), cost, nonce("lock"), text)
    return [
        {"name": "KEK under the root", "kind": "under-root", "key": key.hex(), "label": "kek/2", "secret": text.hex(), "blob": under.hex()},
        {"name": "small secret", "kind": "small", "key": key.hex(), "label": "totp", "secret": text.hex(), "blob": small.hex()},
        {"name": "locked by a passphrase", "kind": "locked", "passphrase": word.hex(), "secret": text.hex(), "blob": shut.hex()},
    ]  # fmt: skip


def bad_wraps() -> list[Vector]:
    rows = []
    for row in [*wraps(1), *wraps(2), *boxes()]:
        blob = bytes.fromhex(row["blob"])
        for name, broken in {
            "header": flipped(blob, 7, blob[7] ^ 1),
            "suite": flipped(blob, 2, 3 - blob[2]),
            "kind": flipped(blob, 3, blob[3] % 5 + 1),
            "truncated": blob[:-1],
            "extended": blob + b"\0",
            "tag": flipped(blob, len(blob) - 1, blob[-1] ^ 1),
            "empty": b"",
        }.items():
            rows.append({**row, "name": f"{row['name']}: {name} changed", "blob": broken.hex()})
        for key, value in (
            ("label", "other"),
            ("customer", fixed("x", 16).hex()),
            ("generation", 8),
            ("kek_version", 3),
            ("kek", fixed("x", 32).hex()),
            ("key", fixed("x", 32).hex()),
            ("installation", fixed("x", 16).hex()),
            ("passphrase", "00"),
        ):
            if key in row:
                rows.append({**row, key: value, "name": f"{row['name']}: another {key}"})
    huge = locked(b"word", fixed("salt", 16), (8192, 1, 1), nonce("huge"), b"x")
    for name, front in {
        "too much memory": (1 << 21, 1, 1),
        "too little memory": (64, 1, 1),
        "too many passes": (8192, 17, 1),
        "no lanes": (8192, 1, 0),
    }.items():
        blob = huge[:8] + b"".join(be(number) for number in front) + huge[20:]
        rows.append(
            {"name": name, "kind": "locked", "passphrase": b"word".hex(), "blob": blob.hex()}
        )
    return rows


def tags() -> list[Vector]:
    rows = []
    for suite in (1, 2):
        for text in ("110101199003077897", "张三", "+8613812345678"):
            ids = (41, 2, 1)
            search = tag(suite, fixed("index", 32), b"vault/v1/tag", ids, text)[:8]
            unique = tag(suite, fixed("index", 32), b"vault/v1/unique", ids, text)[:16]
            rows.append(
                {
                    "suite": suite,
                    "root": fixed("index", 32).hex(),
                    "field": 41,
                    "transform": 2,
                    "version": 1,
                    "normalised": text,
                    "tag64": int.from_bytes(search, "big", signed=True),
                    "tag128": unique.hex(),
                }
            )
    return rows


def trees() -> list[Vector]:
    leaves = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
    raw = [bytes.fromhex(leaf) for leaf in leaves]
    return [
        {"leaves": leaves[:size], "root": tree_head(raw[:size]).hex()}
        for size in range(len(raw) + 1)
    ]


def files() -> dict[str, dict[str, list[Vector]]]:
    """Every vector file by name, as data."""
    return {
        **cells_and_manifests("", Place),
        **cells_and_manifests("whole-", WholePlace),
        "wrap.json": {"must_pass": [*wraps(1), *wraps(2), *boxes()], "must_fail": bad_wraps()},
        "blind.json": {"must_pass": tags()},
        "merkle.json": {"must_pass": trees()},
    }


def cells_and_manifests(start: str, version: type[Place]) -> dict[str, dict[str, list[Vector]]]:
    """The envelopes of one version, and the manifests over them, in both suites."""
    one, two = home(1, version), home(2, version)
    (right_1, wrong_1), (right_2, wrong_2) = manifests(one), manifests(two)
    return {
        f"{start}envelope.json": {
            "must_pass": [*good(one), *good(two)],
            "must_fail": [*bad(one), *bad(two)],
        },
        f"{start}manifest.json": {"must_pass": right_1 + right_2, "must_fail": wrong_1 + wrong_2},
    }


def shown(vectors: dict[str, list[Vector]]) -> str:
    return json.dumps(vectors, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    for file_name, content in files().items():
        (FOLDER / file_name).write_text(shown(content), encoding="utf-8")
