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


class Anchor(models.TextChoices):
    """How a claim's quote stands in its article's text as it is now."""

    EXACT = "exact", _("in its place")
    MOVED = "moved", _("moved, word for word")
    CHANGED = "changed", _("words changed")
    LOST = "lost", _("no longer in the text")


# A claim may be published only while its words are known to stand in the article.
INTACT = (Anchor.EXACT, Anchor.MOVED)


class ContactKind(models.TextChoices):
    """Why the desk and somebody outside it were in touch about a claim."""

    CORRECTION_REQUEST = "correction_request", _("request for correction")
    RIGHT_OF_REPLY = "right_of_reply", _("right of reply")


class Outcome(models.TextChoices):
    """What came of a contact."""

    PENDING = "pending", _("waiting for an answer")
    ANSWERED = "answered", _("answered")
    CORRECTED = "corrected", _("corrected")
    REFUSED = "refused", _("refused")
    NO_ANSWER = "no_answer", _("no answer")


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
