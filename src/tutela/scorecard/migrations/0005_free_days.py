"""Frees the days of corrected reports, from `sql/0005_free_days.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("scorecard", "0004_ended_measures")]
    operations = [run_sql("scorecard", "0005_free_days.sql")]
