from pathlib import Path

from django.conf import settings
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("claims", "0015_alike_by_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text())]
