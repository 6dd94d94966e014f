"""Work items that a supervisor gives to somebody else; see `sql/0009_assignments.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("vault", "0008_import_undo")]
    operations = [run_sql("vault", "0009_assignments.sql")]
