from pathlib import Path

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations


class Migration(migrations.Migration):
    initial = True

    operations = [
        TrigramExtension(),
        UnaccentExtension(),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text()),
    ]
