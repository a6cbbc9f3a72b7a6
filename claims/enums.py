"""The words of the trade: every closed list of values that claims are described with."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SpeakerKind(models.TextChoices):
    PERSON = "person", _("person")
    ORGANIZATION = "organization", _("organisation")
    OUTLET = "outlet", _("news outlet, in its own words")


class Form(models.TextChoices):
    """How an article gives a speaker's words."""

    DIRECT_QUOTE = "direct_quote", _("direct quote")
    PARAPHRASE = "paraphrase", _("paraphrase")
    NARRATION = "narration", _("narration")


class Checkability(models.TextChoices):
    CHECKABLE = "checkable", _("checkable")
    OPINION = "opinion", _("opinion")
    PREDICTION = "prediction", _("prediction")
    VAGUE = "vague", _("too vague to check")


class Stance(models.TextChoices):
    """What a piece of evidence says of the claim."""

    SUPPORTS = "supports", _("supports")
    REFUTES = "refutes", _("refutes")
    CONTEXT = "context", _("gives context")


class WorkflowStatus(models.TextChoices):
    """Where a claim stands on the desk; readers never see it."""

    NEW = "new", _("new")
    RESEARCHING = "researching", _("researching")
    IN_REVIEW = "in_review", _("in review")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")
    DROPPED = "dropped", _("dropped")


class Decision(models.TextChoices):
    APPROVED = "approved", _("approved")
    CHANGES_REQUESTED = "changes_requested", _("changes requested")


class PublicationKind(models.TextChoices):
    LISTING = "listing", _("listing")
    VERDICT = "verdict", _("verdict")
    UPDATE = "update", _("update")
    CORRECTION = "correction", _("correction")
    RETRACTION = "retraction", _("retraction")


# Kinds that change what readers were told, and so must say how in a public note.
AMENDMENTS = (
    PublicationKind.UPDATE,
    PublicationKind.CORRECTION,
    PublicationKind.RETRACTION,
)


class VerificationStatus(models.TextChoices):
    """What readers and partners see. A claim rated without a value (unproven) stays unverified."""

    UNVERIFIED = "unverified", _("unverified")
    VERIFIED = "verified", _("verified")
    NOT_CHECKABLE = "not_checkable", _("not checkable")
    RETRACTED = "retracted", _("retracted")
