"""Whoever bears a risk is warned before the acceptance ends, and once a stage."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assessment", "0002_keep")]
    operations = [
        migrations.AddField(
            model_name="acceptance",
            name="warned",
            field=models.SmallIntegerField(null=True),
        ),
    ]
