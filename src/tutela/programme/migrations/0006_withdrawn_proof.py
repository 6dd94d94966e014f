"""Files that were attached by mistake are withdrawn with a reason; neither is ever changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_KEEP = "REVOKE UPDATE, DELETE, TRUNCATE ON governance_attachment_withdrawal FROM tutela_app;"


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0005_former_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="AttachmentWithdrawal",
            fields=[
                (
                    "attachment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="withdrawal",
                        serialize=False,
                        to="governance.attachment",
                    ),
                ),
                ("reason", models.TextField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"db_table": "governance_attachment_withdrawal"},
        ),
        migrations.RunSQL(_KEEP, reverse_sql=migrations.RunSQL.noop),
    ]
