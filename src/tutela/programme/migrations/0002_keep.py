"""Triggers and rights that keep settled duties, signed rules, comments and proof as they are."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_work")]
    operations = [run_sql("programme", "0002_keep.sql")]
