from pathlib import Path

import claims.querysets.expressions
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0013_pages'),
    ]

    operations = [
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text()),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('word', models.CharField(db_collation='C', max_length=40, primary_key=True, serialize=False)),
                ('entries', models.PositiveBigIntegerField()),
            ],
            options={
                'indexes': [models.Index(claims.querysets.expressions.Stem('word'), name='word_by_stem'), django.contrib.postgres.indexes.GinIndex(claims.querysets.expressions.Nearness('word'), name='word_by_nearness', fastupdate=False), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.F('word'), name='gin_trgm_ops'), name='word_by_trigrams', fastupdate=False)],
            },
        ),
        migrations.AddIndex(
            model_name='article',
            index=django.contrib.postgres.indexes.GinIndex(claims.querysets.expressions.Searched('title'), name='article_by_words'),
        ),
        migrations.AddIndex(
            model_name='speaker',
            index=django.contrib.postgres.indexes.GinIndex(claims.querysets.expressions.Searched('name'), name='speaker_by_words'),
        ),
        migrations.AddIndex(
            model_name='topic',
            index=django.contrib.postgres.indexes.GinIndex(claims.querysets.expressions.Searched('name'), name='topic_by_words'),
        ),
        migrations.RunSQL("SELECT claims_enter_words(1, max(publication_id)) FROM claims_publishedversion"),
    ]
