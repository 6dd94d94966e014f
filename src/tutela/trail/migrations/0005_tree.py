"""The tree over the leaves: places, tiles, checkpoints, and the functions that alone write them."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("trail", "0004_kept_filters")]
    operations = [run_sql("trail", "0005_tree.sql")]
