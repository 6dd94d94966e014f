"""Files of tasks and duties name what they prove as files of other rooms do; then the room `proof` has the tables."""

from django.db import migrations, models
from django.db.models import Q

OWNER, HOLDER = "governance_attachment_owner", "governance_attachment_holder"
_NAME = """
    UPDATE governance_attachment SET
        holder_kind = CASE WHEN task_id IS NULL THEN 'duty' ELSE 'task' END,
        holder_id = coalesce(task_id::text, occurrence_id::text)
    WHERE holder_kind = '';
"""


class Migration(migrations.Migration):
    dependencies = [("governance", "0006_withdrawn_proof")]
    operations = [
        migrations.RemoveConstraint(model_name="attachment", name=OWNER),
        migrations.RemoveIndex(model_name="attachment", name=HOLDER),
        migrations.RunSQL(_NAME),
        migrations.RemoveField(model_name="attachment", name="task"),
        migrations.RemoveField(model_name="attachment", name="occurrence"),
        migrations.AlterField(
            model_name="attachment",
            name="holder_kind",
            field=models.CharField(db_collation="C", max_length=40),
        ),
        migrations.AlterField(
            model_name="attachment",
            name="holder_id",
            field=models.CharField(db_collation="C", max_length=80),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=~Q(holder_kind="") & ~Q(holder_id=""), name=OWNER
            ),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(fields=["holder_kind", "holder_id"], name=HOLDER),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name="AttachmentPart"),
                migrations.DeleteModel(name="AttachmentWithdrawal"),
                migrations.DeleteModel(name="Attachment"),
            ]
        ),
    ]
