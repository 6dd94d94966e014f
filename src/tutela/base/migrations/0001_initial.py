"""Before any table: the roles and schemas must be there. Other rooms' first migrations depend on this."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

MISSING = """
SELECT name FROM unnest(ARRAY['vault', 'keys', 'trail']) AS wanted (name)
 WHERE to_regnamespace(name) IS NULL
UNION ALL
SELECT name FROM unnest(ARRAY['tutela_app', 'tutela_auditor']) AS wanted (name)
 WHERE to_regrole(name) IS NULL
"""


def check(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Stop with one sentence when an administrator has not prepared the database."""
    with editor.connection.cursor() as cursor:
        cursor.execute(MISSING)
        missing = [row[0] for row in cursor.fetchall()]
    if missing:
        raise SystemExit(
            f"tutela: the database lacks {', '.join(missing)}; "
            "an administrator runs once what `tutela database-sql` prints"
        )


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [migrations.RunPython(check, migrations.RunPython.noop)]
