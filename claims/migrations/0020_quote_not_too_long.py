from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("claims", "0019_slimmer_published_claims")]

    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text())]
