"""Filters that readers of the trail keep."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("trail", "0003_append_by_parts")]
    operations = [run_sql("trail", "0004_kept_filters.sql")]
