from rest_framework import serializers

from claims.models import Article, Assessment, Claim, Evidence, Publication, Rating, Speaker, Topic
from sources.models import Publisher, Source

AROUND = 240  # characters of the article before and after a quote


class PublisherSerializer(serializers.ModelSerializer):
    class Meta:
        model = Publisher
        fields = ("id", "name")


class ArticleSerializer(serializers.ModelSerializer):
    outlet = PublisherSerializer()

    class Meta:
        model = Article
        fields = ("id", "title", "url", "outlet", "published_on", "language")


class SpeakerSerializer(serializers.ModelSerializer):
    class Meta:
        model = Speaker
        fields = ("id", "name", "kind", "same_as", "note")


class TopicSerializer(serializers.ModelSerializer):
    class Meta:
        model = Topic
        fields = ("slug", "name")


class RatingSerializer(serializers.ModelSerializer):
    class Meta:
        model = Rating
        fields = ("slug", "name", "value")


class AssessmentSerializer(serializers.ModelSerializer):
    rating = RatingSerializer()

    class Meta:
        model = Assessment
        fields = ("rating", "summary", "explanation", "needed")


class SourceSerializer(serializers.ModelSerializer):
    publisher = serializers.StringRelatedField()

    class Meta:
        model = Source
        fields = (
            "id",
            "title",
            "url",
            "publisher",
            "kind",
            "published_on",
            "published_on_note",
            "access",
            "independence",
            "independence_note",
        )


class EvidenceSerializer(serializers.ModelSerializer):
    source = SourceSerializer()

    class Meta:
        model = Evidence
        fields = ("stance", "finding", "locator", "source")


class PublicationSerializer(serializers.ModelSerializer):
    class Meta:
        model = Publication
        fields = ("version", "kind", "note", "published_at")


class ClaimSerializer(serializers.ModelSerializer):
    article = ArticleSerializer()
    speaker = SpeakerSerializer()
    relays = SpeakerSerializer()
    topics = TopicSerializer(many=True)
    assessment = AssessmentSerializer()
    evidence = EvidenceSerializer(many=True)
    publications = PublicationSerializer(many=True)
    prefix = serializers.SerializerMethodField()
    suffix = serializers.SerializerMethodField()

    class Meta:
        model = Claim
        fields = (
            "id",
            "workflow_status",
            "wording",
            "quote",
            "prefix",
            "suffix",
            "quote_start",
            "quote_end",
            "form",
            "article",
            "speaker",
            "position",
            "relays",
            "stated_on",
            "stated_on_note",
            "occasion",
            "checkability",
            "topics",
            "assessment",
            "evidence",
            "publications",
        )

    def get_prefix(self, claim: Claim) -> str:
        return claim.article.text[max(0, claim.quote_start - AROUND) : claim.quote_start]

    def get_suffix(self, claim: Claim) -> str:
        return claim.article.text[claim.quote_end : claim.quote_end + AROUND]
