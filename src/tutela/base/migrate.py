"""Tables that are written in SQL: a migration runs a room's file as it stands."""

from importlib import import_module, resources

from django.db.migrations import RunSQL


def run_sql(room: str, file: str) -> RunSQL:
    """The operation that runs `tutela/<room>/sql/<file>`. There is no way back: Tutela never drops data."""
    package = import_module(f"tutela.{room}")
    statement = resources.files(package).joinpath("sql", file).read_text(encoding="utf-8")
    # A list of one (sql, None) pair: Django then sends the text whole instead of splitting it.
    return RunSQL([(statement, None)], reverse_sql=RunSQL.noop)
