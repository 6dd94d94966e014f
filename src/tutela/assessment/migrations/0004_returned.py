"""Whoever gives an assessment back says why, for whoever rates further."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("assessment", "0003_warned"),
    ]
    operations = [
        migrations.AddField(
            model_name="assessment",
            name="returned_by",
            field=models.ForeignKey(
                null=True,
                on_delete=models.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="returned_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="assessment",
            name="returned_reason",
            field=models.CharField(blank=True, db_default="", default="", max_length=400),
        ),
    ]
