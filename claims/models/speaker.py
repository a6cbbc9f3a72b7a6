from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from claims.enums import SpeakerKind
from claims.querysets import SpeakerQuerySet
from claims.querysets.expressions import Searched
from sources.fields import AddressField, LineField, ProseField
from sources.history import with_history


@with_history
class Speaker(models.Model):
    """A person or organisation that makes claims (schema.org Claim.author).

    One that was merged into another stays, as the redirect that its published documents need.
    """

    name = LineField(max_length=300)
    kind = models.CharField(max_length=12, choices=SpeakerKind.choices, default=SpeakerKind.PERSON)
    same_as = ArrayField(
        AddressField(max_length=2000),
        blank=True,
        default=list,
        help_text=_("Addresses that say who this is, such as the Wikidata page; separated by commas."),
    )
    note = ProseField(
        blank=True,
        help_text=_("Shown to readers: what they should know about who speaks here."),
    )

    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", editable=False
    )

    objects = SpeakerQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="speaker_has_name"),
            models.CheckConstraint(
                condition=models.Q(merged_into__isnull=True) | ~models.Q(merged_into=models.F("pk")),
                name="speaker_not_merged_into_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="speaker_by_name"),
            GinIndex(Searched("name"), name="speaker_by_words"),
        ]
        permissions = [("merge_speaker", "Can merge a speaker into another")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("pages:speaker", args=[self.pk, self.slug])

    @property
    def slug(self) -> str:
        return slugify(self.name)[:60].strip("-") or "speaker"
