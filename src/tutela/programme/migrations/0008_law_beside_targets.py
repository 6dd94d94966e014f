"""What the law says of a target stands in the scorecard's `law.py`, by article: the target's own sentences go."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("governance", "0007_proof_by_name")]
    operations = [
        migrations.RemoveField(model_name="target", name="law_zh"),
        migrations.RemoveField(model_name="target", name="law_en"),
    ]
