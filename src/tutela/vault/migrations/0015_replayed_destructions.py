"""Destructions are carried out again in a restored database; see `sql/0015_replayed_destructions.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("vault", "0014_cleared_blanks")]
    operations = [run_sql("vault", "0015_replayed_destructions.sql")]
