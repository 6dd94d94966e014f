"""Whoever has written into a version does not approve it, also when somebody else wrote last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_openings_and_discards")]
    operations = [
        migrations.AddField(
            model_name="version",
            name="writers",
            field=models.JSONField(default=list),
        ),
    ]
