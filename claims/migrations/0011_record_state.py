from pathlib import Path

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("claims", "0010_record_over_time"), ("sources", "0004_list_indexes")]

    operations = [
        migrations.CreateModel(
            name="RecordState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveBigIntegerField(help_text="Never the same twice, and ever higher.")),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.AddConstraint(
            model_name="recordstate",
            constraint=models.CheckConstraint(condition=Q(pk=1), name="record_state_is_one"),
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text()),
    ]
