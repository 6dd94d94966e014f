"""How an upload is read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("api", "0001_idempotency")]
    operations = [
        migrations.AddField("Upload", "read_as", models.JSONField(default=dict)),
    ]
