"""The key tables."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [run_sql("keys", "0001_keys.sql")]
