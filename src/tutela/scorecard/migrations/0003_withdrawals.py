"""Adds what withdraws a report, from `sql/0003_withdrawals.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("scorecard", "0002_packs")]
    operations = [run_sql("scorecard", "0003_withdrawals.sql")]
