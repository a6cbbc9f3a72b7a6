from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("claims", "0019_slimmer_published_claims")]

    operations = [
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=Q(quote_end__lte=F("quote_start") + 10_000),
                name="claim_quote_not_too_long",
                violation_error_message="A statement is at most 10,000 characters long: mark the words that make it.",
            ),
        ),
    ]
