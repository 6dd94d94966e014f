"""The application's rights become the least it needs, and what a leaf anchors is kept; see `sql/0006_anchored.sql`."""

from django.db import migrations

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("vault", "0004_import_total"), ("keys", "0002_kept"), ("trail", "0001_trail")]
    operations = [run_sql("vault", "0006_anchored.sql")]
