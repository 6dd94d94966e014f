"""What the application's role may do to each table of the vault and of the keys, listed by name."""

import pytest
from django.db import ProgrammingError, connection, transaction

KEPT = ("INSERT", "SELECT")
NEW_VERSION = {"version", "generation", "source_tag", "row_mac", "fields", "cells", "manifest", "tags",
               "created_at", "batch"}  # fmt: skip
COUNTS = {"total", "total_about", "state", "finished_at", "rows", "created", "changed", "unchanged",
          "rejected", "kept", "cleared"}  # fmt: skip
UNDONE = {"state", "decided_by", "decided_at", "finished_at", "records", "customers", "kept"}
RUN = {"stage", "after", "leaves", "records", "moves", "faults", "not_anchored", "first_faults",
       "last_present", "first_missing", "finished_at", "outcome"}  # fmt: skip
DECIDED = {"state", "decided_by", "decided_at"}
# Table: (rights on the whole table, columns that may be updated). A new table is added here, with a reason
# for each right beyond reading and inserting; the test below fails until it is.
RIGHTS = {
    "keys.customer_root": (KEPT, set()),
    "keys.installation": (KEPT, set()),
    "keys.kek": (KEPT, {"wrapped", "provider"}),  # a change of the root key wraps anew
    "keys.side_root": (KEPT, set()),
    "vault.anchor": (KEPT, set()),
    "vault.anchoring": (("SELECT",), {"done_at"}),  # once
    "vault.assignment": (KEPT, DECIDED),
    "vault.customer": (KEPT, {"branch_id", "identity_tag"}),  # a move, a new id number
    "vault.destruction": (KEPT, set()),  # decided by a function
    "vault.encryption_count": (KEPT, set()),
    "vault.held_row": (
        KEPT,
        {*DECIDED, "reason_sealed", "row_sealed"},
    ),  # decided, the content gone
    "vault.import_batch": (KEPT, COUNTS),  # how far it is
    "vault.import_chunk": (KEPT, set()),
    "vault.import_move": (KEPT, set()),
    "vault.import_undo": (KEPT, UNDONE),  # decided, and how far it is
    "vault.mapping": (KEPT, {"columns", "saved_by", "saved_at"}),  # saved again under its name
    "vault.move": (KEPT, DECIDED),
    "vault.record": (KEPT, NEW_VERSION),  # only as the next version: a trigger
    "vault.record_history": (KEPT, set()),
    "vault.source": (KEPT, DECIDED),
    "vault.tag": (KEPT, set()),  # old tags are dropped by that trigger
    "vault.verification": (KEPT, RUN),  # how far it is, until it is finished
    # A feed, a supervisor, an account that is closed.
    "vault.work_item": (KEPT, {"assignee", "opened", "closed", "released_from", "released_at"}),
}
_TABLES = """
SELECT c.oid::regclass::text, array_remove(ARRAY_AGG(DISTINCT CASE WHEN has_table_privilege(c.oid, p.name)
           THEN p.name END), NULL),
       (SELECT coalesce(array_agg(a.attname), '{}') FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
           AND has_column_privilege(c.oid, a.attnum, 'UPDATE'))
  FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES',
                                'TRIGGER']) AS p (name)
 WHERE c.relnamespace IN ('vault'::regnamespace, 'keys'::regnamespace) AND c.relkind IN ('r', 'p')
 GROUP BY c.oid"""


def _rows(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_each_table_gives_the_application_the_rights_that_are_listed_here(database):
    """A new table, or a right more, is a decision."""
    present = {
        name: (tuple(sorted(rights)), set(columns)) for name, rights, columns in _rows(_TABLES)
    }
    assert present == RIGHTS


@pytest.mark.parametrize("table", sorted(RIGHTS))
def test_the_application_can_delete_no_row_and_empty_no_table(database, table):
    """Nor by way of a table that another refers to."""
    for statement in (f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            _rows(statement)


@pytest.mark.parametrize("table", sorted(RIGHTS))
def test_what_never_changes_cannot_be_updated(database, table):
    """Each column that is not listed, one by one."""
    columns = {
        name
        for (name,) in _rows(
            f"SELECT attname FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0"
            " AND NOT attisdropped"
        )
    }
    for column in sorted(columns - RIGHTS[table][1]):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            _rows(f'UPDATE {table} SET "{column}" = DEFAULT')
