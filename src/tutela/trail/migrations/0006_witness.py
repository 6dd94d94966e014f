"""Cosignatures of witnesses, and how they stand."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("trail", "0005_tree")]
    operations = [run_sql("trail", "0006_witness.sql")]
