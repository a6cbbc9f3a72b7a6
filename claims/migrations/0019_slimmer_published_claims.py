from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0018_searches'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='publishedclaim',
            name='published_by_status',
        ),
        migrations.RemoveIndex(
            model_name='publishedclaim',
            name='published_by_rating',
        ),
        migrations.RemoveIndex(
            model_name='publishedclaim',
            name='published_by_outlet',
        ),
        migrations.RemoveIndex(
            model_name='publishedclaim',
            name='published_by_source',
        ),
        migrations.RemoveField(
            model_name='publishedclaim',
            name='checkability',
        ),
        migrations.RemoveField(
            model_name='publishedclaim',
            name='first_published_at',
        ),
        migrations.RemoveField(
            model_name='publishedclaim',
            name='form',
        ),
        migrations.RemoveField(
            model_name='publishedclaim',
            name='language',
        ),
        migrations.RemoveField(
            model_name='publishedclaim',
            name='sources',
        ),
    ]
