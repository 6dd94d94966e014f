"""What the application's role may do to the tables of backups: evidence is only added to."""

import pytest
from django.db import ProgrammingError, connection, transaction

TABLES = (
    "target", "recipient", "policy", "change", "run", "part", "copy", "verification", "drill", "drill_stage",
)  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_no_row_of_backups_can_be_deleted(database, table):
    """Not singly, not all at once."""
    for statement in (f"DELETE FROM backup_{table}", f"TRUNCATE backup_{table} CASCADE"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.parametrize("table", ["policy", "part", "verification", "drill_stage"])
def test_what_is_evidence_never_changes(database, table):
    """Each column of these tables."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " AND has_column_privilege(attrelid, attnum, 'UPDATE')",
            [f"backup_{table}"],
        )
        assert cursor.fetchall() == []
