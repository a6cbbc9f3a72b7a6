from pathlib import Path

import django.contrib.postgres.indexes
from django.db import migrations

import claims.querysets.expressions


class Migration(migrations.Migration):
    dependencies = [("claims", "0014_words")]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text()),
        # Readers wait for the one that goes, and so last; publishing waits while the other is made.
        migrations.AddIndex(
            model_name="publishedclaim",
            index=django.contrib.postgres.indexes.GinIndex(
                claims.querysets.expressions.Sketch("wording"), name="published_by_sketch"
            ),
        ),
        migrations.RemoveIndex(model_name="publishedclaim", name="published_by_wording"),
    ]
