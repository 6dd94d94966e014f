"""The name of an imported file; see `sql/0011_file_name.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("vault", "0010_kept_blanks")]
    operations = [run_sql("vault", "0011_file_name.sql")]
