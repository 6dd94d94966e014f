"""What blank cells of an import cleared; see `sql/0014_cleared_blanks.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("vault", "0013_released_items")]
    operations = [run_sql("vault", "0014_cleared_blanks.sql")]
