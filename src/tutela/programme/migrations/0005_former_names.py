"""What departments were called before they were renamed; kept as it was written."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_KEEP = "REVOKE UPDATE, DELETE, TRUNCATE ON governance_former_name FROM tutela_app;"


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0004_held_proof"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="FormerName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "department",
                    models.CharField(db_collation="C", db_index=True, max_length=40),
                ),
                ("name_zh", models.CharField(max_length=80)),
                ("name_en", models.CharField(max_length=80)),
                ("until", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"db_table": "governance_former_name"},
        ),
        migrations.RunSQL(_KEEP, reverse_sql=migrations.RunSQL.noop),
    ]
