from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("claims", "0017_api_key_once")]

    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text())]
