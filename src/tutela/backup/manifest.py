"""The manifest of a set: what it holds, how to check it, how to open it by hand. Signed, and written last.

It is clear text and so holds no customer's value: names of tables, counts, and hashes under a key that lies inside
the sealed stream (`check.key`). A folder without `manifest.json` is no set.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final

from tutela.crypto import sign
from tutela.crypto.errors import SignatureInvalid

from . import rules, shape, snapshot
from .archive import Member
from .errors import ManifestForged, ManifestOfAnotherSet, ManifestUnreadable
from .models import Recipient
from .parts import Written
from .rules import FORMAT, MANIFEST, SIGNATURE, Kind
from .snapshot import Figures

MOST_BYTES: Final = 64 << 20
"""A longer file is no manifest."""
CHECK_KEY: Final = "check.key"
VERSIONS: Final = "versions.json"
SETTINGS: Final = "settings.json"
ROLES: Final = "roles.sql"
DUMP: Final = "dump"
FILES: Final = "files"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What is known once a set is sealed."""

    set_name: str
    kind: Kind
    run: str
    companion: str
    installation: str
    product: str
    snapshot_at: datetime
    sealed_at: datetime
    database: Mapping[str, Any]
    tables: Sequence[Figures]
    members: Sequence[Member]
    plain_bytes: int
    parts: Sequence[Written]
    recipients: Sequence[Recipient]
    keys: Mapping[str, str]
    trail: Mapping[str, Any] | None
    physical: Mapping[str, Any] | None = None


def database_facts(opened: snapshot.Snapshot, tool: str) -> dict[str, Any]:
    """Versions, roles and grants, in the snapshot."""
    link = opened.link
    held = snapshot.grants(link)
    return {
        "server": opened.server,
        "tool": tool,
        "extensions": snapshot.extensions(link),
        "migrations": snapshot.migrations(link),
        "roles": snapshot.roles(link),
        "shape": shape.describe(link.cursor()),
        "grants": {
            role: {"count": len(lines), "sha256": snapshot.grants_hash(lines)}
            for role, lines in held.items()
        },
    }


def build(held: Contents) -> bytes:
    """The text of the manifest: JSON with sorted keys, in UTF-8."""
    text: dict[str, Any] = {
        "format": FORMAT,
        "set": held.set_name,
        "kind": held.kind.value,
        "run": held.run,
        "companion": held.companion,
        "installation": held.installation,
        "product": held.product,
        "snapshot_at": held.snapshot_at.isoformat(),
        "sealed_at": held.sealed_at.isoformat(),
        "database": dict(held.database),
        "tables": [asdict(one) for one in held.tables],
        "members": [asdict(one) for one in held.members],
        "plain": {"bytes": held.plain_bytes},
        "sealed": {
            "bytes": sum(part.bytes for part in held.parts),
            "parts": [
                {"number": part.number, "name": part.name, "bytes": part.bytes, "sha256": part.sha256.hex()}
                for part in held.parts
            ],
        },
        "recipients": [
            {"name": one.name, "role": one.role, "key": one.key} for one in held.recipients
        ],
        "keys": dict(held.keys),
        "trail": dict(held.trail) if held.trail else None,
        **({"physical": dict(held.physical)} if held.physical else {}),
        "commands": commands(held.kind, held.set_name, held.database),
    }  # fmt: skip
    return json.dumps(text, sort_keys=True, ensure_ascii=False, indent=1).encode()


def commands(kind: Kind, set_name: str, database: Mapping[str, Any]) -> list[str]:
    """How a set is opened and restored with stock tools alone; KEY is the file with the private key."""
    if kind in rules.PHYSICAL:
        return _physical_commands(kind, set_name)
    opening = [
        f"cd {set_name}",
        "cat data.tar.zst.age.[0-9]* | age --decrypt --identity KEY | zstd --decompress | tar --extract",
    ]
    wanted = int(database.get("server", 0)) // 10_000
    return [
        *opening,
        f"psql --set ON_ERROR_STOP=1 --dbname postgres --file {ROLES}",
        "createdb tutela",
        f"pg_restore --exit-on-error --dbname tutela {DUMP}  # of PostgreSQL {wanted} or newer",
    ]


def _physical_commands(kind: Kind, set_name: str) -> list[str]:
    """The same for sets of PostgreSQL's own files: each is opened beside the others, a chain is combined in
    its order, and the server itself replays the log."""
    into = "log" if kind is Kind.LOG else f"files/{set_name}"
    sealed = f"cat {set_name}/data.tar.zst.age.[0-9]*"
    opening = [
        f"mkdir --parents {into}",
        f"{sealed} | age --decrypt --identity KEY | zstd --decompress | tar --extract --directory {into}",
    ]
    if kind is Kind.LOG:
        return [
            *opening,
            "echo \"restore_command = 'cp $PWD/log/%f %p'\" >> data/postgresql.auto.conf",
            "echo \"recovery_target_time = 'MOMENT'\" >> data/postgresql.auto.conf",
            "touch data/recovery.signal",
        ]
    first = "files/BASE " if kind is Kind.INCREMENTAL else ""
    return [
        *opening,
        f"pg_combinebackup --output data {first}{into}  # base, incrementals in their order",
        "postgres -D data",
    ]


def read(text: bytes, signature: bytes, *, set_name: str, signer: bytes) -> dict[str, Any]:
    """A manifest that was checked: signed by this 32-byte key, and of the folder it lies in.

    ManifestForged, ManifestUnreadable, ManifestOfAnotherSet.
    """
    if len(text) > MOST_BYTES:
        raise ManifestUnreadable
    try:
        sign.verify(signer, text, signature)
    except SignatureInvalid:
        raise ManifestForged from None
    found = parsed(text)
    if found["set"] != set_name:
        raise ManifestOfAnotherSet
    return found


def parsed(text: bytes) -> dict[str, Any]:
    """A manifest's content, nothing of it proven; ManifestUnreadable."""
    try:
        found = json.loads(text)
    except ValueError:
        raise ManifestUnreadable from None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ManifestUnreadable
    if not rules.SET_NAME.fullmatch(str(found.get("set", ""))):
        raise ManifestUnreadable
    return found


def names_of(found: Mapping[str, Any]) -> list[str]:
    """Every file of a set's folder, the manifest last: the order in which they are written."""
    parts = [part["name"] for part in found["sealed"]["parts"]]
    return [*parts, SIGNATURE, MANIFEST]


def roles_sql(found: Sequence[Mapping[str, Any]]) -> bytes:
    """Statements that make the roles, each if missing, before any table is restored."""
    lines = []
    for role in found:
        name = '"' + str(role["name"]).replace('"', '""') + '"'
        login = " LOGIN" if role["login"] else ""
        lines.append(
            f"DO $$ BEGIN CREATE ROLE {name}{login}; EXCEPTION WHEN duplicate_object THEN NULL; END $$;"
        )
        for setting in role["settings"]:
            key, _, value = str(setting).partition("=")
            quoted = value.replace("'", "''")
            lines.append(f"ALTER ROLE {name} SET {key} = '{quoted}';")
    return ("\n".join(lines) + "\n").encode()
