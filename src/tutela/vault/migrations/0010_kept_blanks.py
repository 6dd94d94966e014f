"""What blank cells of an import left as it was; see `sql/0010_kept_blanks.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("vault", "0009_assignments")]
    operations = [run_sql("vault", "0010_kept_blanks.sql")]
