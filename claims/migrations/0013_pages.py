from pathlib import Path

import claims.models.site_page
import claims.querysets.expressions
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import sources.fields
from django.db import migrations, models


# Before the index that needs it.
FOLDED = """
-- Without accents and capitals, for what is like something else.
CREATE FUNCTION claims_folded(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT lower(public.unaccent('public.unaccent', words))
$$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0012_api_keys'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('sources', '0004_list_indexes'),
    ]

    operations = [
        migrations.RunSQL(FOLDED),
        migrations.CreateModel(
            name='SitePage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='The page is at this address, such as “about”, “method”, “funding” or “contact”.', max_length=60, unique=True, validators=[claims.models.site_page.is_free], verbose_name='address')),
                ('title', sources.fields.LineField(max_length=150, verbose_name='title')),
                ('summary', sources.fields.LineField(blank=True, help_text='One sentence, under the title.', max_length=300, verbose_name='summary')),
                ('text', sources.fields.ProseField(help_text='Markdown, as in explanations.', verbose_name='text')),
                ('place', models.PositiveSmallIntegerField(default=0, help_text='Pages with lower numbers come first in the foot of every page.', verbose_name='place')),
            ],
            options={
                'verbose_name': 'page about the newsroom',
                'verbose_name_plural': 'pages about the newsroom',
                'ordering': ['place', 'slug'],
            },
        ),
        migrations.CreateModel(
            name='SitePageEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('slug', models.SlugField(db_index=False, help_text='The page is at this address, such as “about”, “method”, “funding” or “contact”.', max_length=60, validators=[claims.models.site_page.is_free], verbose_name='address')),
                ('title', sources.fields.LineField(max_length=150, verbose_name='title')),
                ('summary', sources.fields.LineField(blank=True, help_text='One sentence, under the title.', max_length=300, verbose_name='summary')),
                ('text', sources.fields.ProseField(help_text='Markdown, as in explanations.', verbose_name='text')),
                ('place', models.PositiveSmallIntegerField(default=0, help_text='Pages with lower numbers come first in the foot of every page.', verbose_name='place')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='publication',
            name='insert_insert',
        ),
        migrations.AddField(
            model_name='publication',
            name='written_by',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None),
        ),
        migrations.AddField(
            model_name='publicationevent',
            name='written_by',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None),
        ),
        migrations.AddField(
            model_name='publishedclaim',
            name='wording',
            field=models.TextField(default=''),
        ),
        migrations.AddIndex(
            model_name='publishedclaim',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(claims.querysets.expressions.Folded('wording'), name='gin_trgm_ops'), name='published_by_wording'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='publication',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_publicationevent" ("approval_id", "claim_id", "content_hash", "hash", "kind", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "previous_hash", "published_at", "published_by_id", "sequence", "version", "written_by") VALUES (NEW."approval_id", NEW."claim_id", NEW."content_hash", NEW."hash", NEW."kind", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."sequence", NEW."previous_hash", NEW."published_at", NEW."published_by_id", NEW."sequence", NEW."version", NEW."written_by"); RETURN NULL;', hash='1ddf29797a48585d07615eb5e6c722afe70eefaf', operation='INSERT', pgid='pgtrigger_insert_insert_8578f', table='claims_publication', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sitepage',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_sitepageevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "slug", "summary", "text", "title") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."slug", NEW."summary", NEW."text", NEW."title"); RETURN NULL;', hash='32e1e4c27a2f4ecfd6689c148ee9ce81c81279f9', operation='INSERT', pgid='pgtrigger_insert_insert_ccf5e', table='claims_sitepage', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sitepage',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_sitepageevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "slug", "summary", "text", "title") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."slug", NEW."summary", NEW."text", NEW."title"); RETURN NULL;', hash='f4af3f6253689166a60c9d8330597f18b94df5ea', operation='UPDATE', pgid='pgtrigger_update_update_bce9f', table='claims_sitepage', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sitepage',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_sitepageevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "slug", "summary", "text", "title") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."slug", OLD."summary", OLD."text", OLD."title"); RETURN NULL;', hash='e1390238c8e9fe35d140952c76c64be9435628a9', operation='DELETE', pgid='pgtrigger_delete_delete_bb4d3', table='claims_sitepage', when='AFTER')),
        ),
        migrations.AddField(
            model_name='sitepageevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='sitepageevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.sitepage'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sitepageevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e09bff07bf6a2917671fd62d51f5479552504bb7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d6e24', table='claims_sitepageevent', when='BEFORE')),
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text()),
    ]
