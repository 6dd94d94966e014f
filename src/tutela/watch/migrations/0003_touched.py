"""A touched canary is replaced at once."""

from django.db import migrations, models

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("watch", "0002_desk"), ("vault", "0012_whole_records")]
    operations = [
        migrations.AddField(
            model_name="canary", name="touched_at", field=models.DateTimeField(null=True)
        ),
        run_sql("watch", "0003_touched.sql"),
    ]
