"""Old checkpoints and cosignatures are thinned out by a rule of the database's own."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("trail", "0010_two_people")]
    operations = [run_sql("trail", "0011_thinning.sql")]
