"""Work items of leavers; see `sql/0013_released_items.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("vault", "0012_whole_records")]
    operations = [run_sql("vault", "0013_released_items.sql")]
