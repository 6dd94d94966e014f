"""The log's one function, at half the price of a leaf."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("trail", "0002_from_bytes")]
    operations = [run_sql("trail", "0003_append_by_parts.sql")]
