from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from claims.models.claim import Claim
from sources.fields import ProseField
from sources.history import with_history


@with_history
class Note(models.Model):
    """What somebody on the desk says to the others about a claim; never public."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="notes")
    text = ProseField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="note_says_something")]

    def __str__(self) -> str:
        return self.text[:80]
