import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('claims', '0016_authors_held'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='apikey',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='apikey',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='apikey',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='apikey',
            name='once',
            field=models.UUIDField(editable=False, help_text='Of the form that it was issued with.', null=True, unique=True),
        ),
        migrations.AddField(
            model_name='apikeyevent',
            name='once',
            field=models.UUIDField(editable=False, help_text='Of the form that it was issued with.', null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apikey',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_apikeyevent" ("contact", "created_at", "created_by_id", "id", "name", "once", "per_minute", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "revoked_at", "revoked_by_id", "secret_hash") VALUES (NEW."contact", NEW."created_at", NEW."created_by_id", NEW."id", NEW."name", NEW."once", NEW."per_minute", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."prefix", NEW."revoked_at", NEW."revoked_by_id", NEW."secret_hash"); RETURN NULL;', hash='14cfe4056603792090f05ada867d5bddc8862ac8', operation='INSERT', pgid='pgtrigger_insert_insert_7da2f', table='claims_apikey', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apikey',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "claims_apikeyevent" ("contact", "created_at", "created_by_id", "id", "name", "once", "per_minute", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "revoked_at", "revoked_by_id", "secret_hash") VALUES (NEW."contact", NEW."created_at", NEW."created_by_id", NEW."id", NEW."name", NEW."once", NEW."per_minute", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."prefix", NEW."revoked_at", NEW."revoked_by_id", NEW."secret_hash"); RETURN NULL;', hash='f033185939e78a6ebcb5dcc7e84eefdc3f7a235d', operation='UPDATE', pgid='pgtrigger_update_update_638fb', table='claims_apikey', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='apikey',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "claims_apikeyevent" ("contact", "created_at", "created_by_id", "id", "name", "once", "per_minute", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prefix", "revoked_at", "revoked_by_id", "secret_hash") VALUES (OLD."contact", OLD."created_at", OLD."created_by_id", OLD."id", OLD."name", OLD."once", OLD."per_minute", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."prefix", OLD."revoked_at", OLD."revoked_by_id", OLD."secret_hash"); RETURN NULL;', hash='27f2228dcee14c83b61db1390349d0037439073d', operation='DELETE', pgid='pgtrigger_delete_delete_db2eb', table='claims_apikey', when='AFTER')),
        ),
    ]
