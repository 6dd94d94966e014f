"""Sources, held rows and moves; see `sql/0005_under_the_gate.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("vault", "0006_anchored")]
    operations = [run_sql("vault", "0005_under_the_gate.sql")]
