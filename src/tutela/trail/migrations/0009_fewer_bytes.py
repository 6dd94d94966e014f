"""Whom a leaf names, found by eight bytes; narrower indexes of people and events."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("trail", "0008_floors")]
    operations = [run_sql("trail", "0009_fewer_bytes.sql")]
