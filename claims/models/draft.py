from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from claims.models.claim import Claim


class Draft(models.Model):
    """What one person has typed into a claim's form and not saved yet, so that a lost connection loses nothing.

    ``fields`` holds the form's values by their names; ``version`` is the claim's version token when the form was
    opened. A draft is nobody else's business and has no history.
    """

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="drafts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    fields = models.JSONField()
    version = models.CharField(max_length=64)
    saved_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["claim", "user"], name="draft_one_each")]

    def __str__(self) -> str:
        return f"{self.user}: {self.claim}"
