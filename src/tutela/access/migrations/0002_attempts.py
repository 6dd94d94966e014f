"""Makes the table of attempts from `sql/0002_attempts.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("access", "0001_people_and_rights")]
    operations = [run_sql("access", "0002_attempts.sql")]
