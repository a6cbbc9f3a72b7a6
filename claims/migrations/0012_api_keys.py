from pathlib import Path

import claims.models.api_key
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
import sources.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0011_record_state'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AnonymousUse',
            fields=[
                ('pk', models.CompositePrimaryKey('slot', 'visitor', blank=True, editable=False, primary_key=True, serialize=False)),
                ('slot', models.BigIntegerField()),
                ('visitor', models.BinaryField()),
                ('requests', models.PositiveIntegerField()),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ApiKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', sources.fields.LineField(help_text='Who it is for, and what they use it for.', max_length=100, verbose_name='name')),
                ('contact', sources.fields.LineField(blank=True, help_text='Whom to write to about it; only the desk sees this.', max_length=300, verbose_name='contact')),
                ('per_minute', models.PositiveIntegerField(default=claims.models.api_key.usual_limit, help_text='In no minute are more let through. A change counts from the next request on.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='requests a minute')),
                ('prefix', models.CharField(editable=False, max_length=12, verbose_name='begins with')),
                ('secret_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('revoked_at', models.DateTimeField(editable=False, null=True)),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('revoked_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'API key',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ApiKeyUse',
            fields=[
                ('key', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='use', serialize=False, to='claims.apikey')),
                ('second', models.BigIntegerField(default=0)),
                ('counts', django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField(), default=list, size=None)),
                ('last_used_at', models.DateTimeField(null=True)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ApiKeyDay',
            fields=[
                ('pk', models.CompositePrimaryKey('key', 'day', blank=True, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('requests', models.PositiveBigIntegerField(help_text='All of them, the refused ones too.')),
                ('refusals', models.PositiveBigIntegerField()),
                ('key', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='claims.apikey')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='ApiKeyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', sources.fields.LineField(help_text='Who it is for, and what they use it for.', max_length=100, verbose_name='name')),
                ('contact', sources.fields.LineField(blank=True, help_text='Whom to write to about it; only the desk sees this.', max_length=300, verbose_name='contact')),
                ('per_minute', models.PositiveIntegerField(default=claims.models.api_key.usual_limit, help_text='In no minute are more let through. A change counts from the next request on.', validators=[django.core.validators.MinValueValidator(1)], verbose_name='requests a minute')),
                ('prefix', models.CharField(editable=False, max_length=12, verbose_name='begins with')),
                ('secret_hash', models.CharField(editable=False, max_length=64)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('revoked_at', models.DateTimeField(editable=False, null=True)),
                ('created_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='claims.apikey')),
                ('revoked_by', models.ForeignKey(db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='apikey',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='api_key_says_whose'),
        ),
        migrations.AddConstraint(
            model_name='apikey',
            constraint=models.CheckConstraint(condition=models.Q(('per_minute__gte', 1)), name='api_key_lets_something_through'),
        ),
        migrations.AddConstraint(
            model_name='apikey',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_by', None)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='api_key_revoked_by_somebody'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apikey',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_apikeyevent" ("contact", "created_at", "created_by_id", "id", "name", "per_minute", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "revoked_at", "revoked_by_id", "secret_hash") VALUES (NEW."contact", NEW."created_at", NEW."created_by_id", NEW."id", NEW."name", NEW."per_minute", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."prefix", NEW."revoked_at", NEW."revoked_by_id", NEW."secret_hash"); RETURN NULL;', hash='e7ffe0d2f5e4c7501d62c6810dfd2cfc0c03e86e', operation='INSERT', pgid='pgtrigger_insert_insert_7da2f', table='claims_apikey', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apikey',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_apikeyevent" ("contact", "created_at", "created_by_id", "id", "name", "per_minute", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "revoked_at", "revoked_by_id", "secret_hash") VALUES (NEW."contact", NEW."created_at", NEW."created_by_id", NEW."id", NEW."name", NEW."per_minute", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."prefix", NEW."revoked_at", NEW."revoked_by_id", NEW."secret_hash"); RETURN NULL;', hash='1132dec75b3fe5eeb4c9e664f623fde6767280b7', operation='UPDATE', pgid='pgtrigger_update_update_638fb', table='claims_apikey', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apikey',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_apikeyevent" ("contact", "created_at", "created_by_id", "id", "name", "per_minute", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "revoked_at", "revoked_by_id", "secret_hash") VALUES (OLD."contact", OLD."created_at", OLD."created_by_id", OLD."id", OLD."name", OLD."per_minute", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."prefix", OLD."revoked_at", OLD."revoked_by_id", OLD."secret_hash"); RETURN NULL;', hash='a504c2209b7c0a03fae2cc8ff43231ffb7e45d5c', operation='DELETE', pgid='pgtrigger_delete_delete_db2eb', table='claims_apikey', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apikeyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cef228d415290df3b1b65f2207be20cfbbbcb0a9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2ef84', table='claims_apikeyevent', when='BEFORE')),
        ),
        migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text()),
    ]
