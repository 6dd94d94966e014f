"""The application's rights on wrapped keys become the least it needs; see `sql/0002_kept.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("keys", "0001_keys")]
    operations = [run_sql("keys", "0002_kept.sql")]
