"""What a claim still needs before it is published, in words for people.

Blocking items hold up the submission and the publication; the others are advice. What applies follows from the kind of
the next publication: a verdict is asked for all, a listing only for what it tells readers, a retraction for nothing
but its note and its approval.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import document
from claims.enums import Checkability, ContactKind, PublicationKind
from claims.enums import WorkflowStatus as S
from claims.models import Assessment, Claim, Publication, Rating
from claims.refusals import Refused
from sources.models import Independence

# What has a rating only if readers were given a verdict before.
UNRATED = (PublicationKind.LISTING, PublicationKind.UPDATE, PublicationKind.CORRECTION)
DISPLAY_LENGTH = 75
# What a source of these kinds says comes from elsewhere: it is no second voice.
NOT_INDEPENDENT = (Independence.SECONDARY, Independence.SAME_ORIGIN)
INDEPENDENT_SOURCES = 2


@dataclass(frozen=True)
class Item:
    """One line of the list. ``sentence`` says how it stands; ``where`` names the part of the desk that mends it:
    a field of the claim or its assessment, or evidence, contacts, anchor, steps.
    """

    key: str
    sentence: str
    passed: bool
    where: str
    blocking: bool = True


def check(claim: Claim, *, kind: str = "") -> list[Item]:
    """The list for a claim read with ``for_document``, to be published as ``kind`` (or what it is likely to be)."""
    kind = kind or likely_kind(claim)
    return [*_items(claim, kind), *(_advice(claim) if kind != PublicationKind.RETRACTION else [])]


def failing(items: Iterable[Item]) -> list[Item]:
    """Those that hold up the publication."""
    return [item for item in items if item.blocking and not item.passed]


def demand(claim: Claim, *, kind: str) -> None:
    """Refuse what a claim lacks to be published as ``kind``."""
    _refuse(failing(_items(claim, kind)))


def check_bare_listing(claim: Claim) -> list[Item]:
    """All that a listing without review needs: who said it and when, and words that give no verdict away."""
    return [_speaker(claim), _date(claim), *_wording(claim), _anchor(claim)]


def demand_for_bare_listing(claim: Claim) -> None:
    """Refuse what a claim lacks to be listed without review."""
    _refuse(failing(check_bare_listing(claim)))


def likely_kind(claim: Claim) -> str:
    """What was submitted or proposed to be published next, or else what is next in the order of things."""
    before = kinds_before(claim)
    is_first_verdict = _is_rated(claim) and can_be_verdict(before)
    proposed = claim.proposed_kind if claim.workflow_status != S.PUBLISHED else ""
    # While it is researched, an amendment of a listing that is given a rating becomes a verdict.
    if proposed and not (is_first_verdict and proposed in UNRATED and claim.workflow_status in (S.NEW, S.RESEARCHING)):
        return proposed
    if is_first_verdict:
        return PublicationKind.VERDICT
    if set(before) - {PublicationKind.LISTING}:
        return PublicationKind.CORRECTION
    if claim.checkability != Checkability.CHECKABLE:
        return PublicationKind.UPDATE if before else PublicationKind.LISTING
    return PublicationKind.VERDICT


def kinds_before(claim: Claim) -> list[str]:
    """The kinds of the claim's publications, oldest first."""
    return list(Publication.objects.of(claim.pk).values_list("kind", flat=True))


def can_be_verdict(before: list[str]) -> bool:
    """Whether a verdict can follow these: one is given once, and a retraction is taken back with a note first."""
    return PublicationKind.VERDICT not in before and before[-1:] != [PublicationKind.RETRACTION]


def needs_verdict(claim: Claim, kind: str) -> bool:
    """Whether a publication of ``kind`` gives readers a verdict, or changes one that they were given."""
    if kind in (PublicationKind.UPDATE, PublicationKind.CORRECTION):
        return PublicationKind.VERDICT in kinds_before(claim)
    return kind == PublicationKind.VERDICT


def _refuse(missing: list[Item]) -> None:
    if missing:
        lines = " ".join(item.sentence for item in missing)
        raise Refused(_("This claim is not ready. %(lines)s") % {"lines": lines}, rule="checklist")


def _items(claim: Claim, kind: str) -> Iterator[Item]:
    if kind != PublicationKind.RETRACTION:
        yield _speaker(claim)
        yield _date(claim)
        yield from _wording(claim)
        if needs_verdict(claim, kind):
            yield from _assessment(claim, getattr(claim, "assessment", None))
        else:
            yield _unrated(claim)
        yield _anchor(claim)
    if claim.workflow_status in (S.IN_REVIEW, S.APPROVED):
        yield _current(claim)


def _item(key: str, passed: bool, good: str, bad: str, where: str = "", *, blocking: bool = True) -> Item:
    return Item(key, good if passed else bad, bool(passed), where or key, blocking)


def _speaker(claim: Claim) -> Item:
    named = _("The speaker is named.") if claim.speaker_id else _("The speaker is said to be unknown.")
    missing = _("Nobody is named as the speaker: name one, or say that the speaker is unknown.")
    return _item("speaker", bool(claim.speaker_id) or claim.speaker_unknown, named, missing)


def _date(claim: Claim) -> Item:
    missing = _("It has no date: give as much of it as is known, the year at least.")
    return _item("stated_on", bool(claim.stated_on), _("It says when the statement was made."), missing)


def _wording(claim: Claim) -> Iterator[Item]:
    names = Rating.objects.values_list("name", flat=True)
    used = next((name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", claim.wording, re.I)), "")
    bad = _(
        "The claim’s wording says “%(name)s”, which is the name of a rating: readers would take it for the verdict."
    )
    yield _item("wording", not used, _("The wording gives no verdict away."), bad % {"name": used})


def _assessment(claim: Claim, assessment: Assessment | None) -> Iterator[Item]:
    rating = assessment.rating if assessment else None
    yield _item("rating", rating is not None, _("It has a rating."), _("It has no rating yet."))
    written = bool(assessment and assessment.summary)
    missing = _("It has no summary: the verdict in one sentence.")
    yield _item("summary", written, _("It has a summary."), missing)
    explained = bool(assessment and assessment.explanation)
    yield _item("explanation", explained, _("It has an explanation."), _("Nothing explains the verdict yet."))
    # Only a claim rated off the scale (unproven) can have nothing to show.
    if rating is None or rating.value is not None:
        evidence = bool(claim.evidence.all())
        missing = _("It has no evidence: a verdict rests on at least one piece.")
        yield _item("evidence", evidence, _("It has evidence."), missing)
        if evidence and assessment and rating and _at_an_end(rating):
            yield _two_sources(claim, assessment, rating)


def _is_rated(claim: Claim) -> bool:
    assessment = getattr(claim, "assessment", None)
    return bool(assessment and assessment.rating_id)


def _unrated(claim: Claim) -> Item:
    good = _("It has no rating, as it gives readers no verdict.")
    if can_be_verdict(kinds_before(claim)):
        bad = _("It has a rating, and readers have had no verdict on it yet: submit it as a verdict.")
        return _item("unrated", not _is_rated(claim), good, bad, "steps")
    bad = _(
        "It has a rating, but was retracted before readers had a verdict: take the rating away and publish that first."
    )
    return _item("unrated", not _is_rated(claim), good, bad, "rating")


def _at_an_end(rating: Rating) -> bool:
    scale = Rating.objects.aggregate(best=Max("value"), worst=Min("value"))
    return rating.value in scale.values()


def _two_sources(claim: Claim, assessment: Assessment, rating: Rating) -> Item:
    """Whether two publishers that do not follow one another are behind a plain verdict; all unnamed ones are one."""
    sources = [piece.source for piece in claim.evidence.all()]
    publishers = {source.publisher_id for source in sources if source.independence not in NOT_INDEPENDENT}
    number, reason = len(publishers), assessment.one_source_reason
    if number >= INDEPENDENT_SOURCES or not reason:
        good = _("It rests on %(number)d independent publishers.") % {"number": number}
    else:
        good = _("It does not rest on two independent publishers, for this reason: %(reason)s") % {"reason": reason}
    bad = ngettext(
        "“%(rating)s” rests on %(number)d independent publisher: add evidence from another, or give the reason why one"
        " is enough.",
        "“%(rating)s” rests on %(number)d independent publishers: add evidence from two, or give the reason why fewer"
        " are enough.",
        number,
    ) % {"rating": rating.name, "number": number}
    return _item("two_sources", number >= INDEPENDENT_SOURCES or bool(reason), good, bad, "one_source_reason")


def _anchor(claim: Claim) -> Item:
    bad = _("The article’s text was corrected and may not say these words any more: confirm where they are.")
    return _item("anchor", claim.is_anchored, _("The article says the quoted words."), bad)


def _current(claim: Claim) -> Item:
    bad = _("What would be published was changed after it was submitted: take the claim back and submit it again.")
    return _item("current", is_current(claim), _("It is what was submitted, unchanged."), bad, "steps")


def is_current(claim: Claim, *, scale: dict[str, Any] | None = None) -> bool:
    """Whether the claim, read with ``for_document``, still says what was submitted for review."""
    return document.content_hash(document.content(claim, kind=claim.proposed_kind, scale=scale)) == claim.submitted_hash


def _advice(claim: Claim) -> Iterator[Item]:
    def advise(key: str, passed: Any, good: str, bad: str, where: str) -> Item:
        return _item(key, bool(passed), good, bad, where, blocking=False)

    length = {"length": len(claim.wording), "most": DISPLAY_LENGTH}
    long = _("The claim’s wording has %(length)d characters: under %(most)d it is shown whole where space is short.")
    short = _("The claim’s wording is short enough to be shown whole.")
    yield advise("display", len(claim.wording) < DISPLAY_LENGTH, short, long % length, "wording")
    primary = any(piece.source.independence == Independence.PRIMARY for piece in claim.evidence.all())
    none = _("No source is a primary record: is there one?")
    yield advise("primary", primary, _("A primary record is among the sources."), none, "evidence")
    asked = any(contact.kind == ContactKind.RIGHT_OF_REPLY for contact in claim.contacts.all())
    none = _("Nobody was asked to reply: ask whoever made the claim what it rests on.")
    yield advise("asked", asked, _("Somebody was asked to reply."), none, "contacts")
