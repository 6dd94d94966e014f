"""Migrations written in SQL files."""

from importlib import import_module, resources

from django.db.migrations import RunSQL


def run_sql(room: str, file: str) -> RunSQL:
    """The operation that runs `tutela/<room>/sql/<file>`; reversing it does nothing, to never drop data."""
    package = import_module(f"tutela.{room}")
    statement = resources.files(package).joinpath("sql", file).read_text(encoding="utf-8")
    # With a list of (sql, params) pairs Django does not split the text into statements.
    return RunSQL([(statement, None)], reverse_sql=RunSQL.noop)
