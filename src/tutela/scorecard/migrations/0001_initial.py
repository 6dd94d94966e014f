"""Makes the tables of the scorecard from `sql/0001_scorecard.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    initial = True
    dependencies = [("base", "0001_initial")]
    operations = [run_sql("scorecard", "0001_scorecard.sql")]
