"""Adds the end of an own measure, from `sql/0004_ended_measures.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("scorecard", "0003_withdrawals")]
    operations = [run_sql("scorecard", "0004_ended_measures.sql")]
