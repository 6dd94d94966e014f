"""Triggers and rights that keep closed assessments as they are, and risks on the register."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("assessment", "0001_assessment")]
    operations = [run_sql("assessment", "0002_keep.sql")]
