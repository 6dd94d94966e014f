"""What other programs say of their own backups."""

from django.db import migrations, models

import tutela.base.ids
from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [
        ("backup", "0002_physical"),
    ]

    operations = [
        migrations.CreateModel(
            name="Outside",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=tutela.base.ids.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(db_collation="C", max_length=40)),
                ("tool", models.CharField(db_collation="C", max_length=12)),
                ("version", models.CharField(blank=True, default="", max_length=20)),
                ("received_at", models.DateTimeField()),
                ("received_by", models.CharField(db_collation="C", max_length=64)),
                ("newest_at", models.DateTimeField(null=True)),
                ("oldest_at", models.DateTimeField(null=True)),
                ("complete", models.IntegerField()),
                ("incomplete", models.IntegerField()),
                ("size", models.BigIntegerField(null=True)),
                ("findings", models.JSONField(default=list)),
                ("file_hash", models.BinaryField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["name", "-received_at"], name="backup_outside_newest")
                ],
            },
        ),
        run_sql("backup", "0003_outside.sql"),
    ]
