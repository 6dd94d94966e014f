"""The leaf tables, their guards and the first partitions."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [run_sql("trail", "0001_trail.sql")]
