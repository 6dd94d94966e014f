"""Sealed months, holds and purges."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("trail", "0006_witness")]
    operations = [run_sql("trail", "0007_segments.sql")]
