"""An import keeps how many rows it has in all; see `sql/0004_import_total.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("vault", "0003_tags_needed")]
    operations = [run_sql("vault", "0004_import_total.sql")]
