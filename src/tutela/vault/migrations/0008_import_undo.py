"""Rehearsals as batches, undo of an import; see `sql/0008_import_undo.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("vault", "0005_under_the_gate")]
    operations = [run_sql("vault", "0008_import_undo.sql")]
