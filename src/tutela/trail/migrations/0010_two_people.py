"""Faults of the log and legal holds end by two people."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("trail", "0009_fewer_bytes")]
    operations = [run_sql("trail", "0010_two_people.sql")]
