from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("sources", "0001_models")]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(), "DROP FUNCTION sources_address_key(text)")
    ]
