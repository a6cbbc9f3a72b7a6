from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.enums import Stance
from claims.models.claim import Claim
from claims.models.rating import Rating
from sources.fields import LineField, ProseField
from sources.history import with_history
from sources.models import Source


@with_history
class Assessment(models.Model):
    """A claim's draft verdict. ``author`` is who last wrote it, and so may not approve it."""

    claim = models.OneToOneField(Claim, models.CASCADE, related_name="assessment")
    rating = models.ForeignKey(Rating, models.PROTECT, null=True, blank=True, related_name="+")
    summary = LineField(max_length=300, blank=True, help_text=_("The verdict in one sentence."))
    explanation = ProseField(blank=True, help_text=_("Why, in Markdown."))
    needed = ProseField(
        blank=True,
        help_text=_("Shown to readers: what would settle what is still open."),
    )
    one_source_reason = LineField(
        max_length=500,
        blank=True,
        help_text=_("Only for a verdict at either end of the scale that rests on a single independent source."),
    )
    notes = ProseField(blank=True, help_text=_("For the desk only: calculations, confidence, doubts."))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)

    def __str__(self) -> str:
        return self.summary or str(_("(no summary yet)"))


@with_history
class Evidence(models.Model):
    """What a source says of a claim, and where in the source it says so."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="evidence")
    source = models.ForeignKey(Source, models.PROTECT, related_name="evidence")
    stance = models.CharField(max_length=8, choices=Stance.choices)
    finding = ProseField(help_text=_("What the source says that matters here."))
    locator = LineField(
        max_length=300,
        blank=True,
        help_text=_("Where in the source: page, paragraph, row."),
    )
    rank = models.PositiveSmallIntegerField(default=0, help_text=_("Lower comes first."))

    class Meta:
        ordering = ["rank", "pk"]
        verbose_name_plural = _("evidence")
        constraints = [
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="evidence_stance_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_stance_display()}: {self.source}"
