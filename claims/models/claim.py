import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from claims.enums import AMENDMENTS, Checkability, Form, PublicationKind, WorkflowStatus
from claims.models.article import Article
from claims.models.speaker import Speaker
from claims.models.topic import Topic
from claims.querysets import ClaimQuerySet
from sources import dates
from sources.fields import LineField, ProseField
from sources.history import with_history


@with_history
class Claim(models.Model):
    """One checkable statement: a span of an article and what it says (schema.org Claim).

    ``quote_start`` and ``quote_end`` are offsets in Unicode code points, zero-based, end exclusive (W3C
    TextPositionSelector); ``quote`` is exactly the article's text between them (W3C TextQuoteSelector).
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="claims")
    quote = models.TextField(_("quote"))
    quote_start = models.PositiveIntegerField(_("quote starts at"))
    quote_end = models.PositiveIntegerField(_("quote ends before"))
    form = models.CharField(max_length=12, choices=Form.choices)
    wording = ProseField(
        max_length=1000,
        help_text=_("The statement in words that can be understood without the article."),
    )
    speaker = models.ForeignKey(Speaker, models.PROTECT, null=True, blank=True, related_name="claims")
    position = LineField(
        max_length=300,
        blank=True,
        help_text=_("The speaker's position when the statement was made."),
    )
    relays = models.ForeignKey(
        Speaker,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="relayed_claims",
        help_text=_("Whose words the speaker passes on."),
    )
    stated_on = models.DateField(null=True, blank=True)
    stated_on_precision = dates.precision_field()
    stated_on_note = LineField(
        max_length=500,
        blank=True,
        help_text=_("Shown to readers: where the date comes from."),
    )
    occasion = LineField(max_length=300, blank=True)
    checkability = models.CharField(max_length=10, choices=Checkability.choices, default=Checkability.CHECKABLE)
    topics = models.ManyToManyField(Topic, blank=True, related_name="claims")

    workflow_status = models.CharField(
        max_length=11,
        choices=WorkflowStatus.choices,
        default=WorkflowStatus.NEW,
        editable=False,
    )
    # What was handed to review: the hash binds an approval to these very contents.
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    submitted_hash = models.CharField(max_length=64, blank=True, editable=False)
    proposed_kind = models.CharField(max_length=10, choices=PublicationKind.choices, blank=True, editable=False)
    proposed_note = ProseField(blank=True, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["article", "quote_start", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quote_end__gt=F("quote_start")),
                name="claim_quote_not_empty",
            ),
            models.CheckConstraint(condition=~Q(wording=""), name="claim_has_wording"),
            models.CheckConstraint(
                condition=Q(workflow_status__in=WorkflowStatus.values),
                name="claim_workflow_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(
                    workflow_status__in=[
                        WorkflowStatus.IN_REVIEW,
                        WorkflowStatus.APPROVED,
                    ]
                )
                | Q(submitted_by__isnull=False, submitted_hash__regex="^[0-9a-f]{64}$"),
                name="claim_in_review_was_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(proposed_kind__in=AMENDMENTS) | ~Q(proposed_note=""),
                name="claim_amendment_has_note",
            ),
            dates.constraint("stated_on", name="claim_date_fits_precision"),
        ]
        permissions = [
            ("research_claim", "Can start research on a claim"),
            ("submit_claim", "Can submit a claim for review"),
            ("review_claim", "Can approve a claim or request changes"),
            ("publish_claim", "Can publish a claim"),
            ("reopen_claim", "Can reopen a claim for correction, update or retraction"),
            ("drop_claim", "Can drop a claim"),
        ]

    def __str__(self) -> str:
        return self.wording

    def clean(self) -> None:
        dates.validate(self.stated_on, self.stated_on_precision, field="stated_on")
        self.stated_on = dates.floor(self.stated_on, self.stated_on_precision)

    @property
    def stated(self) -> str | None:
        """ISO 8601, reduced to what is known."""
        return dates.iso(self.stated_on, self.stated_on_precision)


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
class ClaimTopic(Claim.topics.through):  # type: ignore[name-defined]
    """The history of which topics a claim was given."""

    class Meta:
        proxy = True
