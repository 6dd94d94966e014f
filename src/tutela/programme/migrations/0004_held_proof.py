"""Proof may be of what another part of governance holds, the rating of a control for example."""

from django.db import migrations, models
from django.db.models import Q

OWNER = "governance_attachment_owner"


class Migration(migrations.Migration):
    dependencies = [("governance", "0003_retire")]
    operations = [
        migrations.AddField(
            model_name="attachment",
            name="holder_kind",
            field=models.CharField(blank=True, db_collation="C", default="", max_length=40),
        ),
        migrations.AddField(
            model_name="attachment",
            name="holder_id",
            field=models.CharField(blank=True, db_collation="C", default="", max_length=80),
        ),
        migrations.RemoveConstraint(model_name="attachment", name=OWNER),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=Q(holder_kind="", holder_id="")
                & (Q(task__isnull=True) ^ Q(occurrence__isnull=True))
                | ~Q(holder_kind="")
                & ~Q(holder_id="")
                & Q(task__isnull=True, occurrence__isnull=True),
                name=OWNER,
            ),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                fields=["holder_kind", "holder_id"],
                condition=~Q(holder_kind=""),
                name="governance_attachment_holder",
            ),
        ),
    ]
