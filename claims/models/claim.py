import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now, Upper
from django.utils.translation import gettext_lazy as _

from claims.enums import AMENDMENTS, INTACT, Anchor, Checkability, Form, PublicationKind, WorkflowStatus
from claims.models.article import Article
from claims.models.speaker import Speaker
from claims.models.topic import Topic
from claims.querysets import ClaimQuerySet
from claims.querysets.claims import ONGOING
from sources import dates
from sources.fields import LineField, ProseField
from sources.history import with_history


@with_history
class Claim(models.Model):
    """One checkable statement: a span of an article and what it says (schema.org Claim).

    ``quote_start`` and ``quote_end`` are offsets in Unicode code points, zero-based, end exclusive (W3C
    TextPositionSelector); ``quote`` is exactly the article's text between them (W3C TextQuoteSelector), as long as
    ``anchor`` is exact or moved. When the text was corrected and the words are not there any more, quote, offsets
    and the context (prefix, suffix) stay those of the text that had them, and ``found_start`` and ``found_end``
    say where similar words stand, if any do.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="claims")
    quote = models.TextField(_("quote"))
    quote_start = models.PositiveIntegerField(_("quote starts at"))
    quote_end = models.PositiveIntegerField(_("quote ends before"))
    quote_prefix = models.TextField(blank=True, editable=False)
    quote_suffix = models.TextField(blank=True, editable=False)
    anchor = models.CharField(max_length=7, choices=Anchor.choices, default=Anchor.EXACT, editable=False)
    found_start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    found_end = models.PositiveIntegerField(null=True, blank=True, editable=False)
    form = models.CharField(max_length=12, choices=Form.choices)
    wording = ProseField(
        max_length=1000,
        help_text=_("The statement in words that can be understood without the article."),
    )
    speaker = models.ForeignKey(Speaker, models.PROTECT, null=True, blank=True, related_name="claims")
    speaker_unknown = models.BooleanField(
        _("the speaker is unknown"),
        default=False,
        help_text=_("Say so, so that nobody takes a missing speaker for a forgotten one."),
    )
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

    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="assigned_claims",
        editable=False,
    )
    due_on = models.DateField(_("due on"), null=True, blank=True, editable=False)

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
            models.CheckConstraint(condition=Q(anchor__in=Anchor.values), name="claim_anchor_known"),
            models.CheckConstraint(
                condition=Q(found_start__isnull=True, found_end__isnull=True)
                | Q(anchor=Anchor.CHANGED, found_end__gt=F("found_start")),
                name="claim_found_only_if_changed",
            ),
            models.CheckConstraint(
                condition=Q(speaker_unknown=False) | Q(speaker__isnull=True),
                name="claim_speaker_named_or_unknown",
                violation_error_message=_("Name the speaker or say that they are unknown, not both."),
            ),
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
        indexes = [
            models.Index(fields=["workflow_status", "-id"], name="claim_by_status"),
            models.Index(fields=["assignee", "-id"], name="claim_by_assignee"),
            models.Index(fields=["checkability", "-id"], name="claim_by_checkability"),
            models.Index(fields=["stated_on"], name="claim_by_date"),
            models.Index(fields=["due_on", "id"], name="claim_by_due_date", condition=Q(due_on__isnull=False)),
            models.Index(
                fields=["workflow_status", "submitted_at", "id"],
                name="claim_ongoing_by_submission",
                condition=Q(workflow_status__in=ONGOING),
            ),
            # Overdue claims are counted with whose they are, and one's own come first.
            models.Index(
                fields=["due_on", "id"],
                include=["assignee"],
                name="claim_ongoing_by_due_date",
                condition=Q(workflow_status__in=ONGOING),
            ),
            models.Index(fields=["-id"], name="claim_adrift", condition=~Q(anchor__in=INTACT)),
            models.Index(fields=["-id"], name="claim_moved", condition=Q(anchor=Anchor.MOVED)),
            GinIndex(OpClass(Upper("wording"), "gin_trgm_ops"), name="claim_wording_trigrams"),
            GinIndex(OpClass(Upper("quote"), "gin_trgm_ops"), name="claim_quote_trigrams"),
        ]
        permissions = [
            ("assign_claim", "Can assign claims and set due dates"),
            ("import_claim", "Can import claims from a file"),
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
    def is_anchored(self) -> bool:
        """Whether the article says the quote, word for word, where the claim says it does."""
        return self.anchor in INTACT

    @property
    def stated(self) -> str | None:
        """ISO 8601, reduced to what is known."""
        return dates.iso(self.stated_on, self.stated_on_precision)


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), obj_field=None)
class ClaimTopic(Claim.topics.through):  # type: ignore[name-defined]
    """The history of which topics a claim was given."""

    class Meta:
        proxy = True
