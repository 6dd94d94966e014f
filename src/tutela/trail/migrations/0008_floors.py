"""Months of the log, holds and faults against whoever holds the application's role."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("trail", "0007_segments")]
    operations = [run_sql("trail", "0008_floors.sql")]
