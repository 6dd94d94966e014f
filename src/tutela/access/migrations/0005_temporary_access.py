"""Makes the table of temporary access and break-glass from `sql/0005_temporary_access.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("access", "0004_replaced_keys")]
    operations = [run_sql("access", "0005_temporary_access.sql")]
