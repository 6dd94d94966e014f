"""Lists of files of physical backups, and the kind of the log."""

import django.db.models.deletion
from django.db import migrations, models

from tutela.base.migrate import run_sql


class Migration(migrations.Migration):
    dependencies = [("backup", "0001_backup")]

    operations = [
        migrations.AlterField(
            model_name="run",
            name="kind",
            field=models.CharField(
                choices=[
                    ("full", "full"),
                    ("keys", "keys"),
                    ("base", "base"),
                    ("incremental", "incremental"),
                    ("wal", "wal"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Listing",
            fields=[
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="listing",
                        serialize=False,
                        to="backup.run",
                    ),
                ),
                ("content", models.BinaryField()),
            ],
        ),
        run_sql("backup", "0002_physical.sql"),
    ]
