"""Indexes in the order in which the inbox is read, and for its numbers by kind."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models.lookups import IsNull


class Migration(migrations.Migration):
    dependencies: ClassVar = [("notices", "0001_initial")]
    operations: ClassVar = [
        migrations.RemoveIndex(model_name="notice", name="notices_notice_inbox"),
        migrations.RemoveIndex(model_name="notice", name="notices_notice_unread"),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                models.F("recipient"),
                models.OrderBy(IsNull(models.F("read_at"), True), descending=True),
                models.OrderBy(models.F("created_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="notices_notice_inbox",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(read_at__isnull=True),
                fields=["recipient", "kind"],
                name="notices_notice_unread",
            ),
        ),
    ]
