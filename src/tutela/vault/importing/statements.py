"""All SQL of the import that writes. Each runs on the caller's own transaction."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from tutela.vault.queries import NUMBER_ELSEWHERE

from . import copying

_HISTORY = f"{copying.RECORD_COLUMNS}, created_at"
_INSERT_BATCH = """
    INSERT INTO vault.import_batch (batch_id, actor_kind, actor_id, source, collection, file_hash,
        mapping, total, total_about, branch_id, dry_run, upload, state,
        file_name)
    VALUES (%s, %s, %s, %s, %s, %s, %s::jsonb, nullif(%s, 0), %s, %s, %s, %s, %s, %s)"""
_SET_STATE = """
    UPDATE vault.import_batch SET state = %s WHERE batch_id = %s AND state <> 'finished'"""
_NOTE_TOTAL = """
    UPDATE vault.import_batch SET total = nullif(%s, 0), total_about = %s
    WHERE batch_id = %s AND state = 'running'"""
_FINISH_BATCH = """
    UPDATE vault.import_batch SET state = 'finished', finished_at = now(), rows = %s, created = %s,
        changed = %s, unchanged = %s, rejected = %s, kept = %s, cleared = %s,
        total = %s, total_about = FALSE
    WHERE batch_id = %s"""
_INSERT_CHUNK = """
    INSERT INTO vault.import_chunk (batch_id, chunk, rows, created, changed, unchanged, rejected,
        kept, cleared, rejects_sealed) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""
_SAVE_MAPPING = """
    INSERT INTO vault.mapping AS m (name, collection, columns, saved_by) VALUES (%s, %s, %s::jsonb, %s)
    ON CONFLICT (name, collection) DO UPDATE SET columns = excluded.columns,
        saved_at = now() WHERE m.saved_by = excluded.saved_by"""
_ADOPT = "UPDATE vault.record SET source_tag = %s WHERE customer_id = %s AND record_id = %s"
_KEEP_VERSION = f"""
    INSERT INTO vault.record_history ({_HISTORY})
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s::smallint[], %s::bytea[], %s, %s, now())"""
_NEW_VERSION = """
    UPDATE vault.record SET version = %s, source_tag = coalesce(%s, source_tag), row_mac = %s,
        fields = %s::smallint[], cells = %s::bytea[], manifest = %s, tags = %s::bigint[], batch = %s,
        created_at = now()
    WHERE customer_id = %s AND record_id = %s AND version = %s"""
_CHANGE_CUSTOMER = f"""
    UPDATE vault.customer c SET branch_id = %s, identity_tag = CASE
            WHEN %s AND NOT {NUMBER_ELSEWHERE} THEN NULL ELSE coalesce(%s, identity_tag) END
    WHERE customer_id = %s AND version = %s"""
_NOTE_MOVE = """
    INSERT INTO vault.import_move (batch_id, customer_id, branch_id) VALUES (%s, %s, %s)
    ON CONFLICT DO NOTHING"""
_INSERT_WORK = """
    INSERT INTO vault.work_item (work_item_id, customer_id, kind, number_tag, number_sealed,
        assignee, opened, closed) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"""
_CHANGE_WORK = """
    UPDATE vault.work_item SET assignee = %s, opened = %s, closed = %s
    WHERE kind = %s AND number_tag = %s"""

_INSERT_HELD = """
    INSERT INTO vault.held_row (held_id, batch_id, row_number, collection, source, branch_id, actor_id,
        row_sealed, held_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"""

Values = Sequence[Any]
"""The parameters of one row."""


def _execute(statement: str, values: Values) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def _many(statement: str, rows: Sequence[Values]) -> int:
    if not rows:
        return 0
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)
        return int(cursor.rowcount)


def insert_batch(values: Values) -> None:
    """batch, actor kind, actor id, source, collection, file hash, mapping, total, whether estimated,
    branch, whether it is a rehearsal, upload, state, sealed name of the file."""
    _execute(_INSERT_BATCH, values)


def set_state(values: Values) -> None:
    """state, batch."""
    _execute(_SET_STATE, values)


def note_total(values: Values) -> None:
    """total (0: unknown), whether estimated, batch."""
    _execute(_NOTE_TOTAL, values)


def finish_batch(values: Values) -> None:
    """rows, created, changed, unchanged, rejected, kept, cleared, total, batch."""
    _execute(_FINISH_BATCH, values)


def insert_chunk(values: Values) -> None:
    """batch, chunk, the counts of ALL_NAMES, sealed rejects."""
    _execute(_INSERT_CHUNK, values)


def save_mapping(values: Values) -> bool:
    """name, collection, columns, who; False if another account has the name."""
    return _execute(_SAVE_MAPPING, values) == 1


def copy_customers(rows: Iterable[bytes]) -> None:
    """Packed rows of vault.customer."""
    copying.copy_rows("vault.customer", "customer_id, branch_id, identity_tag", rows)


def copy_records(rows: Iterable[bytes]) -> None:
    """Packed rows of vault.record."""
    copying.copy_rows("vault.record", f"{copying.RECORD_COLUMNS}, tags", rows)


def copy_tags(rows: Iterable[bytes]) -> None:
    """Packed rows of vault.tag."""
    columns = "tag, field, transform, version, customer_id, record_id"
    copying.copy_rows("vault.tag", columns, rows)


def adopt(rows: Sequence[Values]) -> None:
    """source tag, customer, record."""
    _many(_ADOPT, rows)


def new_versions(rows: Sequence[Values]) -> bool:
    """Write new versions; whether each was still the version that was read. The database itself keeps
    the old rows in the history and drops their tags (sql/0006_anchored.sql)."""
    return _many(_NEW_VERSION, rows) == len(rows)


def keep_versions(rows: Sequence[Values]) -> None:
    """Versions that were followed at once by a newer one: the columns of copying.RECORD_COLUMNS."""
    _many(_KEEP_VERSION, rows)


def change_customers(rows: Sequence[Values]) -> bool:
    """branch, whether the record lost its id number, record, identity tag, customer, its version; whether
    each was still as it was read."""
    return _many(_CHANGE_CUSTOMER, rows) == len(rows)


def keep_anchor(row: bytes) -> None:
    """A packed row of vault.anchor."""
    copying.copy_rows("vault.anchor", "root, entries", [row])


def insert_held(rows: Sequence[Values]) -> None:
    """held row, batch, row number, collection, source, branch, actor, sealed row, when."""
    _many(_INSERT_HELD, rows)


def note_moves(rows: Sequence[Values]) -> None:
    """batch, customer, the branch from before."""
    _many(_NOTE_MOVE, rows)


def insert_work_items(rows: Sequence[Values]) -> None:
    """work item, customer, kind, number tag, sealed number, assignee, opened, closed."""
    _many(_INSERT_WORK, rows)


def change_work_items(rows: Sequence[Values]) -> None:
    """assignee, opened, closed, kind, number tag."""
    _many(_CHANGE_WORK, rows)
