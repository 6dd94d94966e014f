"""The tables of idempotency keys and of uploads."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Idempotency",
            fields=[
                ("key", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("request", models.BinaryField(max_length=32)),
                ("status", models.SmallIntegerField(default=0)),
                ("answer", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(db_index=True)),
            ],
            options={"db_table": "api_idempotency"},
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("sha256", models.BinaryField(max_length=32)),
                ("source", models.CharField(max_length=64)),
                ("collection", models.CharField(max_length=64)),
                ("actor_id", models.CharField(max_length=64)),
                ("job", models.BigIntegerField()),
                ("created_at", models.DateTimeField()),
            ],
            options={"db_table": "api_upload"},
        ),
    ]
