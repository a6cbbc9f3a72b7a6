"""Questions asked of the models, in words. ``public`` is the one rule of what readers and partners may see."""

from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser as User
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import Exists, F, Func, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from claims.enums import AMENDMENTS, INTACT, Decision, VerificationStatus, WorkflowStatus
from sources.addresses import AddressKey

ONGOING = [WorkflowStatus.NEW, WorkflowStatus.RESEARCHING, WorkflowStatus.IN_REVIEW, WorkflowStatus.APPROVED]
SPEAKERS = 200  # of one name, more than which nobody means
BEFORE_A_WORD = (" ", "\n", "(", "“", "‘", "«", '"', "'", "-", "/")


# Known, or told by another query or when it is run.
Number = int | OuterRef | models.Expression


class AnyOf(Func):
    """Whether a column is one of an array's elements: computed first, so that the column's index serves."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()


def _has(column: str, word: str) -> Q:
    """Whether there is a word in a column, asked so that its index of trigrams can answer.

    One or two letters make no trigram, but do so together with the beginning of a word, which is what is asked for
    then; not of scripts that have no capitals, since they may have no spaces either.
    """
    if len(word) > 2 or not all(sign.isascii() or sign.upper() != sign.lower() for sign in word):
        return Q(**{f"{column}__icontains": word})
    found = Q(**{f"{column}__istartswith": word})
    for sign in BEFORE_A_WORD:
        found |= Q(**{f"{column}__icontains": sign + word})
    return found


def published() -> models.QuerySet:
    return apps.get_model("claims", "PublishedClaim").objects.public()


class ArticleQuerySet(models.QuerySet):
    def same_as(self, url: str, text: str) -> "ArticleQuerySet":
        """Articles at this address, however it is spelt, or of this very text; an empty one says nothing."""
        at_address = Q(url_key=AddressKey(models.Value(url))) & ~Q(url_key="")
        return self.filter(at_address | Q(text=text) & ~Q(text=""))

    def with_claim_counts(self) -> "ArticleQuerySet":
        """Annotate each article with ``claim_count``, and ``adrift_count`` of those to be tied to their words again."""
        claims = apps.get_model("claims", "Claim").objects.filter(article=OuterRef("pk")).order_by()
        adrift = claims.exclude(anchor__in=INTACT).exclude(workflow_status=WorkflowStatus.DROPPED)
        return self.annotate(claim_count=_count(claims), adrift_count=_count(adrift))

    def public(self) -> "ArticleQuerySet":
        """Articles with at least one published claim."""
        return self.filter(Exists(published().filter(article=OuterRef("pk"))))


def _count(rows: models.QuerySet) -> Coalesce:
    counted = rows.values("article").values(count=models.Count("*"))
    return Coalesce(models.Subquery(counted), 0)


class SpeakerQuerySet(models.QuerySet):
    def public(self) -> "SpeakerQuerySet":
        """Speakers of a published claim, and those whose words one passes on, by the names they now go by."""
        heard = Exists(published().filter(speaker=OuterRef("pk"))) | Exists(published().filter(relays=OuterRef("pk")))
        was_heard = Exists(self.model._default_manager.filter(heard, merged_into=OuterRef("pk")))
        return self.current().filter(heard | was_heard)

    def current(self) -> "SpeakerQuerySet":
        """Those that were not merged into another."""
        return self.filter(merged_into=None)

    def one_with(self, speaker_id: Number) -> "SpeakerQuerySet":
        """A speaker, the one they were merged into, and all that were merged into that one."""
        asked = self.model._default_manager.filter(pk=_outer(speaker_id))
        lasting = Subquery(asked.order_by().values(lasting=Coalesce("merged_into", "pk")))
        return self.filter(Q(pk=lasting) | Q(merged_into=lasting))


class TopicQuerySet(models.QuerySet):
    def public(self) -> "TopicQuerySet":
        """Topics of a published claim."""
        return self.filter(Exists(published().filter(topics__contains=[OuterRef("slug")])))


class RatingQuerySet(models.QuerySet):
    def public(self) -> "RatingQuerySet":
        """The whole scale: readers are owed the ratings that were not given too."""
        return self


def _written_by(user: User) -> Exists | Q:
    """Whether a user is one of a claim's authors, as PostgreSQL's claims_authors has it, for many claims at once."""
    published = _journal().filter(claim=OuterRef("claim")).exclude(kind="listing")
    last = published.order_by("-version").values("pgh_created_at")[:1]
    written = apps.get_model("claims", "AssessmentEvent").objects.filter(claim=OuterRef("pk"), author=user)
    return Q(assessment__author=user) | Q(
        Exists(written.alias(last=Subquery(last)).filter(Q(last=None) | Q(pgh_created_at__gte=F("last"))))
    )


def _asked() -> Subquery:
    """What a reviewer asked to be changed of a claim, if that is what came of its last submission."""
    asked = apps.get_model("claims", "Review").objects.filter(
        claim=OuterRef("pk"), decision=Decision.CHANGES_REQUESTED, created_at__gte=OuterRef("submitted_at")
    )
    return Subquery(asked.order_by("-pk").values("comment")[:1])


class ClaimQuerySet(models.QuerySet):
    def ongoing(self) -> "ClaimQuerySet":
        """Claims that somebody still has to work on."""
        return self.filter(workflow_status__in=ONGOING)

    def assigned_to(self, user: User) -> "ClaimQuerySet":
        """Ongoing claims that are this person's, those that are due first on top."""
        return self.ongoing().filter(assignee=user).order_by(F("due_on").asc(nulls_last=True), "-pk")

    def reviewable_by(self, user: User) -> "ClaimQuerySet":
        """Claims in review that this person neither wrote nor submitted, the longest waiting first."""
        waiting = self.filter(workflow_status=WorkflowStatus.IN_REVIEW).exclude(submitted_by=user)
        return waiting.exclude(_written_by(user)).order_by("submitted_at", "pk")

    def returned_to(self, user: User) -> "ClaimQuerySet":
        """Claims that a reviewer sent back to this person, the longest waiting first."""
        mine = self.filter(Q(assignee=user) | Q(submitted_by=user), workflow_status=WorkflowStatus.RESEARCHING)
        return mine.alias(asked=_asked()).exclude(asked=None).order_by("submitted_at", "pk")

    def ready_to_publish(self) -> "ClaimQuerySet":
        """Approved claims, the longest waiting first."""
        return self.filter(workflow_status=WorkflowStatus.APPROVED).order_by("submitted_at", "pk")

    def overdue(self, today: date) -> "ClaimQuerySet":
        """Ongoing claims that were due before ``today``, the oldest first."""
        return self.ongoing().filter(due_on__lt=today).order_by("due_on", "pk")

    def mine_first(self, user: User) -> "ClaimQuerySet":
        return self.order_by(models.Case(models.When(assignee=user, then=0), default=1), *self.query.order_by)

    def adrift(self) -> "ClaimQuerySet":
        """Claims whose words are not known to stand in their article."""
        return self.exclude(anchor__in=INTACT).exclude(workflow_status=WorkflowStatus.DROPPED).order_by("-pk")

    def for_list(self) -> "ClaimQuerySet":
        """Claims with what a line about one says."""
        related = ("article__outlet", "speaker", "assignee", "assessment__rating")
        unsaid = ("article__text", "assessment__explanation", "assessment__notes", "assessment__needed")
        return self.select_related(*related).defer("quote_prefix", "quote_suffix", "proposed_note", *unsaid)

    def for_desk(self, user: User) -> "ClaimQuerySet":
        """Claims as in ``for_list``, with what was ``asked`` for and whether ``user`` has ``had_a_hand`` in one."""
        had_a_hand = Coalesce(Q(submitted_by=user) | _written_by(user), False, output_field=models.BooleanField())
        return self.for_list().annotate(asked=_asked(), had_a_hand=had_a_hand)

    def with_words(self, words: str) -> "ClaimQuerySet":
        """Claims with these words in their wording, in their quote or in their speaker's name.

        A word of three letters or more is found within longer ones; a shorter one at the beginning of a word.
        """
        speakers = apps.get_model("claims", "Speaker").objects.order_by()
        said_by = ArraySubquery(speakers.filter(_has("name", words)).values("pk")[:SPEAKERS])
        return self.filter(Q(_has("wording", words)) | Q(_has("quote", words)) | Q(AnyOf(F("speaker_id"), said_by)))

    def for_document(self) -> "ClaimQuerySet":
        """Claims with everything that their documents hold."""
        return self.select_related(
            "article__outlet",
            "speaker",
            "relays",
            "assessment__rating",
            "assessment__author",
        ).prefetch_related("topics", "evidence__source__publisher", "contacts")

    def locked_for_document(self, pk: int) -> Any:
        """A claim with everything that its document holds, locked until the transaction ends."""
        # Locked first, and read then: a query that joins and locks at once, and had to wait, would give what was
        # joined before the wait, and so nothing where the claim has since come to name another speaker.
        self.select_for_update().only("pk").get(pk=pk)
        return self.for_document().get(pk=pk)


def _journal() -> models.QuerySet:
    """The history's copy of each ledger entry, without its document."""
    return apps.get_model("claims", "PublicationEvent").objects.all()


class PublicationQuerySet(models.QuerySet):
    def of(self, claim_id: int) -> "PublicationQuerySet":
        """A claim's versions, oldest first."""
        return self.filter(claim_id=claim_id).order_by("version")

    def newest(self) -> "PublicationQuerySet":
        """The newest version of each claim."""
        later = self.model._default_manager.filter(claim=OuterRef("claim"), version__gt=OuterRef("version"))
        return self.filter(~Exists(later))

    def with_journal(self) -> "PublicationQuerySet":
        """Annotate each entry with whether its columns are those it was entered with (``as_entered``)."""
        columns = ("sequence", "claim", "version", "kind", "note", "hash", "published_by", "published_at")
        journal = (
            _journal()
            .alias(approved=Coalesce("approval_id", 0))
            .filter(pgh_obj=OuterRef("pk"), approved=Coalesce(OuterRef("approval_id"), 0))
            .filter(**{column: OuterRef(column) for column in columns})
        )
        return self.annotate(as_entered=Exists(journal))

    def last_entered(self) -> int:
        """The highest sequence that the history knows of; 0 in an empty ledger."""
        return _journal().aggregate(last=Max("sequence"))["last"] or 0

    def amendments(self) -> "PublicationQuerySet":
        """Updates, corrections and retractions, the newest first."""
        return self.filter(kind__in=AMENDMENTS).order_by("-sequence")

    def with_approver(self) -> "PublicationQuerySet":
        return self.select_related("approval__reviewer")


def _outer(value: Number) -> Number:
    """``value`` as it is named one query further in."""
    return OuterRef(value) if isinstance(value, OuterRef) else value


def _one_with(column: str, speaker_id: Number) -> AnyOf:
    speakers = apps.get_model("claims", "Speaker").objects.one_with(_outer(speaker_id))
    return AnyOf(F(column), ArraySubquery(speakers.order_by().values("pk")))


class PublishedClaimQuerySet(models.QuerySet):
    def public(self) -> "PublishedClaimQuerySet":
        """All that was ever published: a retracted claim keeps its page, its history and its reason."""
        return self

    def verdicts(self) -> "PublishedClaimQuerySet":
        """Claims that were checked and rated, and not retracted since."""
        return self.filter(rating__isnull=False).exclude(verification_status=VerificationStatus.RETRACTED)

    def with_document(self) -> "PublishedClaimQuerySet":
        return self.annotate(document=F("publication__document"))

    def made_by(self, speaker_id: Number) -> "PublishedClaimQuerySet":
        """Claims that a speaker made, under whatever name."""
        return self.filter(_one_with("speaker_id", speaker_id))

    def relaying(self, speaker_id: Number) -> "PublishedClaimQuerySet":
        """Claims that pass on a speaker's words, under whatever name."""
        return self.filter(_one_with("relays_id", speaker_id))

    def involving(self, speaker_id: Number) -> "PublishedClaimQuerySet":
        """Claims that a speaker made or whose words they pass on, under whatever name.

        A published document keeps the speaker that it was published with, also when that one is merged into another.
        """
        return self.filter(Q(_one_with("speaker_id", speaker_id)) | Q(_one_with("relays_id", speaker_id)))

    def newest_first(self) -> "PublishedClaimQuerySet":
        """By the time of their latest publication."""
        return self.order_by("-publication")


class PublishedVersionQuerySet(models.QuerySet):
    def current(self) -> "PublishedVersionQuerySet":
        """What the record says now."""
        return self.filter(until=None)

    def standing_at(self, sequence: int | models.Expression) -> "PublishedVersionQuerySet":
        """What the record said when its newest entry was ``sequence``: one version of each claim there was."""
        return self.filter(Q(until=None) | Q(until__gt=sequence), pk__lte=sequence)

    def matching(self, words: str | models.Expression) -> "PublishedVersionQuerySet":
        """Versions with these words, in web search syntax; accents and English endings do not matter."""
        query = SearchQuery(words)
        query.function = "claims_search_query"
        return self.filter(search=query)


def public_sources() -> models.QuerySet:
    """Sources that evidence of a published claim came from."""
    source = apps.get_model("sources", "Source")
    return source.objects.filter(Exists(published().filter(sources__contains=[OuterRef("pk")])))


def public_publishers() -> models.QuerySet:
    """Those who published the article of a published claim, or a public source."""
    outlet = Exists(published().filter(outlet=OuterRef("pk")))
    of_source = Exists(public_sources().filter(publisher=OuterRef("pk")))
    return apps.get_model("sources", "Publisher").objects.filter(outlet | of_source)
