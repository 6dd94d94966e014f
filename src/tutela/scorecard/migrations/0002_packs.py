"""Makes the tables of packs and of the key that signs them from `sql/0002_packs.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("scorecard", "0001_initial")]
    operations = [run_sql("scorecard", "0002_packs.sql")]
