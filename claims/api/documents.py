"""What stored documents look like. Nothing is rendered with these: they describe, in the OpenAPI schema."""

from typing import Any

from rest_framework import serializers as s

from claims.enums import (
    Checkability,
    ContactKind,
    Form,
    Outcome,
    PublicationKind,
    SpeakerKind,
    Stance,
    VerificationStatus,
)
from sources.models import Access, Independence, Kind

PARTIAL_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"
SHA256 = r"^[0-9a-f]{64}$"


def partial_date(**options: Any) -> s.RegexField:
    help_text = "As much of the date as is known: day, month or year."
    return s.RegexField(PARTIAL_DATE, allow_null=True, help_text=help_text, **options)


def sha256(help_text: str) -> s.RegexField:
    return s.RegexField(SHA256, help_text=help_text)


class Quote(s.Serializer):
    exact = s.CharField(help_text="The article's words.")
    prefix = s.CharField(allow_blank=True, help_text="The words before them.")
    suffix = s.CharField(allow_blank=True, help_text="The words after them.")
    start = s.IntegerField(min_value=0, help_text="In Unicode code points, zero-based.")
    end = s.IntegerField(min_value=1, help_text="In Unicode code points, exclusive.")
    form = s.ChoiceField(Form.choices)


class Outlet(s.Serializer):
    id = s.IntegerField()
    name = s.CharField()


class ArticleOfClaim(s.Serializer):
    id = s.IntegerField()
    title = s.CharField()
    url = s.CharField(allow_null=True, help_text="Where the outlet published it.")
    outlet = Outlet(allow_null=True)
    published_on = partial_date()
    language = s.CharField(help_text="A BCP 47 tag.")


class SpeakerOfClaim(s.Serializer):
    id = s.IntegerField()
    name = s.CharField()
    kind = s.ChoiceField(SpeakerKind.choices)
    position = s.CharField(allow_null=True, help_text="Held when the statement was made.")
    same_as = s.ListField(child=s.CharField(), help_text="Addresses that say who this is.")
    note = s.CharField(allow_null=True)


class TopicOfClaim(s.Serializer):
    slug = s.CharField()
    name = s.CharField()


class RatingOfClaim(s.Serializer):
    slug = s.CharField()
    name = s.CharField()
    value = s.IntegerField(allow_null=True, help_text="Higher is truer; null if it is not a point on the scale.")
    best = s.IntegerField(allow_null=True)
    worst = s.IntegerField(allow_null=True)


class SourceOfEvidence(s.Serializer):
    id = s.IntegerField()
    title = s.CharField()
    url = s.CharField(allow_null=True)
    publisher = s.CharField(allow_null=True)
    kind = s.ChoiceField(Kind.choices)
    published_on = partial_date()
    published_on_note = s.CharField(allow_null=True)
    access = s.ChoiceField(Access.choices)
    independence = s.ChoiceField(Independence.choices, allow_null=True)
    independence_note = s.CharField(allow_null=True)


class PieceOfEvidence(s.Serializer):
    stance = s.ChoiceField(Stance.choices)
    finding = s.CharField(allow_blank=True)
    locator = s.CharField(allow_null=True, help_text="Where in the source.")
    source = SourceOfEvidence()


class Contact(s.Serializer):
    """A request for correction, or a reply that was asked for, that the desk made public."""

    kind = s.ChoiceField(ContactKind.choices)
    party = s.CharField(help_text="Who asked for the correction, or was asked to reply.")
    on = s.DateField()
    summary = s.CharField(allow_null=True, help_text="What was said.")
    outcome = s.ChoiceField(Outcome.choices, help_text="What came of it.")


class Correction(s.Serializer):
    version = s.IntegerField(min_value=2)
    kind = s.ChoiceField([PublicationKind.UPDATE, PublicationKind.CORRECTION, PublicationKind.RETRACTION])
    note = s.CharField(help_text="What was changed, in words for readers.")
    published_at = s.DateTimeField()


class Document(s.Serializer):
    """A claim as it was published: RFC 8785 canonical JSON."""

    id = s.IntegerField()
    version = s.IntegerField(min_value=1)
    url = s.CharField(help_text="The claim's page.")
    verification_status = s.ChoiceField(VerificationStatus.choices)
    claim = s.CharField(help_text="The statement, in words that can be understood without the article.")
    quote = Quote()
    article = ArticleOfClaim()
    speaker = SpeakerOfClaim(allow_null=True)
    relays = SpeakerOfClaim(allow_null=True, help_text="Whose words the speaker passes on.")
    stated_on = partial_date()
    stated_on_note = s.CharField(allow_null=True)
    occasion = s.CharField(allow_null=True)
    checkability = s.ChoiceField(Checkability.choices)
    topics = TopicOfClaim(many=True)
    rating = RatingOfClaim(allow_null=True)
    summary = s.CharField(allow_null=True, help_text="The verdict in one sentence.")
    explanation = s.CharField(allow_null=True, help_text="Why, in Markdown.")
    needed = s.CharField(allow_null=True, help_text="What would settle what is still open.")
    evidence = PieceOfEvidence(many=True)
    contacts = Contact(many=True, required=False, help_text="Absent where there are none.")
    corrections = Correction(many=True)
    first_published_at = s.DateTimeField()
    published_at = s.DateTimeField()


class Entry(s.Serializer):
    """An entry of the ledger, which is never rewritten: a document and its place in the hash chain."""

    sequence = s.IntegerField(min_value=1, help_text="1, 2, 3 … without gaps.")
    kind = s.ChoiceField(PublicationKind.choices)
    note = s.CharField(allow_blank=True, help_text="What an update, correction or retraction changes.")
    hash = sha256("SHA-256 of previous_hash followed by the document's canonical JSON.")
    previous_hash = sha256("The hash of the entry before; for the first, sixty-four zeros.")
    published_at = s.DateTimeField()
    document = Document()
