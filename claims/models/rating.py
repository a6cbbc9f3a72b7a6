from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.querysets import RatingQuerySet
from sources.fields import LineField, ProseField
from sources.history import with_history


@with_history
class Rating(models.Model):
    """One step of the newsroom's scale (schema.org Rating)."""

    slug = models.SlugField(max_length=40, unique=True)
    name = LineField(max_length=40, unique=True)
    value = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        unique=True,
        help_text=_("Higher is truer. Empty for a rating that is not a point on the scale, such as “unproven”."),
    )
    definition = ProseField(help_text=_("Shown to readers: when this rating is given."))

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering = [models.F("value").desc(nulls_last=True), "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(value__isnull=True) | models.Q(value__gte=1),
                name="rating_value_from_one",
            )
        ]

    def __str__(self) -> str:
        return self.name
