"""No record without its list of tags; see `sql/0003_tags_needed.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("vault", "0002_record_tags")]
    operations = [run_sql("vault", "0003_tags_needed.sql")]
