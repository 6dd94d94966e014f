"""Makes the tables of the vault from `sql/0001_vault.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    initial = True
    dependencies = [("base", "0001_initial")]
    operations = [run_sql("vault", "0001_vault.sql")]
