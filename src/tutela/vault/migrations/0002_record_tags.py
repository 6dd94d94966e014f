"""A record keeps its search tags; see `sql/0002_record_tags.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_vault")]
    operations = [run_sql("vault", "0002_record_tags.sql")]
