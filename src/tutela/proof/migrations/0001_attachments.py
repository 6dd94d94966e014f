"""The tables of files as proof, taken over from the programme as they stand."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import tutela.base.ids


def _by() -> "models.ForeignKey[Any, Any]":
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
    )


_TABLES = [
    migrations.CreateModel(
        name="Attachment",
        fields=[
            (
                "id",
                models.UUIDField(
                    default=tutela.base.ids.uuid7, editable=False, primary_key=True, serialize=False
                ),
            ),
            ("holder_kind", models.CharField(db_collation="C", max_length=40)),
            ("holder_id", models.CharField(db_collation="C", max_length=80)),
            ("name", models.CharField(max_length=160)),
            ("size", models.PositiveBigIntegerField()),
            ("sha256", models.CharField(db_collation="C", max_length=64)),
            ("evidence_date", models.DateField()),
            ("expires", models.DateField(null=True)),
            ("uploaded_at", models.DateTimeField()),
            ("by", _by()),
        ],
        options={
            "db_table": "governance_attachment",
            "indexes": [
                models.Index(
                    fields=["holder_kind", "holder_id"], name="governance_attachment_holder"
                )
            ],
            "constraints": [
                models.CheckConstraint(
                    condition=~models.Q(holder_kind="") & ~models.Q(holder_id=""),
                    name="governance_attachment_owner",
                )
            ],
        },
    ),
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
                    to="proof.attachment",
                ),
            ),
            ("reason", models.TextField()),
            ("at", models.DateTimeField()),
            ("by", _by()),
        ],
        options={"db_table": "governance_attachment_withdrawal"},
    ),
    migrations.CreateModel(
        name="AttachmentPart",
        fields=[
            (
                "id",
                models.BigAutoField(
                    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                ),
            ),
            ("number", models.PositiveIntegerField()),
            ("sealed", models.BinaryField()),
            (
                "attachment",
                models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="parts",
                    to="proof.attachment",
                ),
            ),
        ],
        options={
            "db_table": "governance_attachment_part",
            "constraints": [
                models.UniqueConstraint(
                    fields=("attachment", "number"), name="governance_attachment_part_once"
                )
            ],
        },
    ),
]
# Kinds of rows that an installation has already keep their rows under the room's name.
_KINDS = """
    UPDATE django_content_type SET app_label = 'proof'
    WHERE app_label = 'governance' AND model IN ('attachment', 'attachmentwithdrawal', 'attachmentpart');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0007_proof_by_name"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(state_operations=_TABLES),
        migrations.RunSQL(_KINDS),
    ]
