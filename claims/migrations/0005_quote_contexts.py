from django.db import migrations

from claims import anchoring


def store_contexts(apps, schema_editor):
    """The words around each quote, which documents were made with until now, become columns."""
    claims = apps.get_model("claims", "Claim").objects.select_related("article")
    for claim in claims.iterator(chunk_size=200):
        prefix, suffix = anchoring.context(claim.article.text, claim.quote_start, claim.quote_end)
        claims.filter(pk=claim.pk).update(quote_prefix=prefix, quote_suffix=suffix)


class Migration(migrations.Migration):
    dependencies = [("claims", "0004_desk")]

    operations = [migrations.RunPython(store_contexts, migrations.RunPython.noop)]
