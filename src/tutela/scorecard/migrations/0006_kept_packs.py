"""Keeps packs, sealed, from `sql/0006_kept_packs.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("scorecard", "0005_free_days")]
    operations = [run_sql("scorecard", "0006_kept_packs.sql")]
