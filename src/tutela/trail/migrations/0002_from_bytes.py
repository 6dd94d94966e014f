"""One function appends, from the leaves' bytes; heads of chains, changes without an anchor, results."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("trail", "0001_trail")]
    operations = [run_sql("trail", "0002_from_bytes.sql")]
