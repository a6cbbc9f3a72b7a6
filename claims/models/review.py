from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from claims.enums import Decision
from claims.models.claim import Claim
from sources.fields import ProseField


class Review(models.Model):
    """One reviewer's decision on one content hash. Append-only: PostgreSQL refuses all else."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="reviews")
    content_hash = models.CharField(max_length=64)
    decision = models.CharField(max_length=17, choices=Decision.choices)
    comment = ProseField(blank=True)
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="review_decision_known"),
            models.CheckConstraint(
                condition=Q(content_hash__regex="^[0-9a-f]{64}$"),
                name="review_hash_is_sha256",
            ),
            models.CheckConstraint(
                condition=Q(decision=Decision.APPROVED) | ~Q(comment=""),
                name="review_changes_say_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_decision_display()} ({self.reviewer})"
