"""Records that are sealed as a whole; see `sql/0012_whole_records.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("vault", "0011_file_name")]
    operations = [run_sql("vault", "0012_whole_records.sql")]
