"""A claim's history as a story: who changed which words, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.contrib.auth.models import User
from django.db import models
from django.utils.translation import gettext as _

from claims import changes, differences
from claims.changes import FieldChange, Names
from claims.differences import Difference
from claims.enums import Decision, PublicationKind, WorkflowStatus
from claims.models import Claim, Review, Topic

# Of two changes at the same moment, as whoever loads many at once makes them, the workflow's later steps come last.
LATE_STEPS = ("submit", "request_changes", "approve", "take_back", "publish", "reopen", "drop")
TOGETHER = timedelta(minutes=1)


@dataclass(frozen=True)
class Happening:
    """One thing that somebody did, as the rest of a sentence that starts with their name.

    ``subject`` and ``said`` are people's own words: what it was done to, and what they said of it; ``runs`` are the
    words that changed, shortened, and ``whole`` all of them where that leaves something out. ``text_of`` is the number
    of the history's copy that a whole text is read in, if there is one to read.
    """

    text: str
    subject: str = ""
    said: str = ""
    runs: list[Difference] = field(default_factory=list)
    whole: list[Difference] = field(default_factory=list)
    text_of: int | None = None


@dataclass
class Entry:
    """What one person did at one sitting. ``who`` is empty, and ``by`` None, for somebody outside the desk."""

    by: int | None
    who: str
    at: datetime
    context: Any
    happenings: list[Happening]


def tell(claim: Claim) -> list[Entry]:
    """All that ever happened to a claim, oldest first; costs the same number of queries however much that is."""
    teller = _Teller(claim)
    entries, untold = list(grouped(teller)), list(teller.untold())
    # A transaction that waited for another is older than it: where nothing is missing, the order is kept.
    return sorted([*entries, *untold], key=lambda entry: entry.at) if untold else entries


class _Teller:
    """The copies of a claim's rows, in order, each with the ones before it."""

    def __init__(self, claim: Claim) -> None:
        nouns = ("Claim", "ClaimTopic", "Contact", "Note", "Evidence", "Assessment", "Publication")
        copies = {noun: list(changes.events(noun, claim.pk)) for noun in nouns}
        self.steps = copies["Claim"]
        self.others = sorted(
            (copy for noun in nouns[1:-1] for copy in copies[noun]), key=lambda copy: copy.pgh_created_at
        )
        self.reviews = list(Review.objects.filter(claim=claim).order_by("pk"))
        self.publications = [entry for entry in copies["Publication"] if entry.approval_id is not None]
        self.listings = [entry for entry in copies["Publication"] if entry.approval_id is None]
        people = {user_of(copy) for noun in nouns for copy in copies[noun]}
        people.update(review.reviewer_id for review in self.reviews)
        self.names = Names.of([*self.steps, *self.others], users=people)
        self.before: dict[tuple[str, int], models.Model] = {}

    def __iter__(self) -> Iterator[tuple[Any, list[Happening]]]:
        for copy in self._in_order():
            yield copy, list(self._happenings(copy))
            if copy._meta.object_name not in ("ClaimTopicEvent", "PublicationEvent"):
                self.before[(copy._meta.object_name, copy.pgh_obj_id)] = copy

    def who(self, user: int | None) -> str:
        return self.names.name(User, user)

    def untold(self) -> Iterator[Entry]:
        """Reviews and publications that moved no claim, as those made in plain SQL may."""
        for review in self.reviews:
            text = _decided(review.decision)
            happening = Happening(text, said=review.comment)
            yield Entry(review.reviewer_id, self.who(review.reviewer_id), review.created_at, None, [happening])
        for entry in self.publications:
            by = entry.published_by_id
            yield Entry(by, self.who(by), entry.pgh_created_at, None, list(self._publication(entry)))

    def _in_order(self) -> Iterator[Any]:
        """The claim's own copies, in their order, and the others where their times put them among these."""
        others = sorted([*self.others, *self.listings], key=lambda copy: copy.pgh_created_at)
        for step in self.steps:
            while others and (others[0].pgh_created_at < step.pgh_created_at or self._precedes(others[0], step)):
                yield others.pop(0)
            yield step
        yield from others

    @staticmethod
    def _precedes(other: Any, step: Any) -> bool:
        return other.pgh_created_at == step.pgh_created_at and _metadata(step).get("step") in LATE_STEPS

    def _happenings(self, copy: Any) -> Iterator[Happening]:
        noun = copy._meta.object_name.removesuffix("Event")
        yield from getattr(self, f"_{noun.lower()}")(copy)

    def _changes(self, copy: Any) -> list[FieldChange]:
        return list(changes.between(self.before.get((copy._meta.object_name, copy.pgh_obj_id)), copy, self.names))

    def _claim(self, copy: Any) -> Iterator[Happening]:
        before: Any = self.before.get((copy._meta.object_name, copy.pgh_obj_id))
        if copy.pgh_label == "delete":
            yield Happening(_("deleted the claim"))
        elif before is None:
            yield Happening(_("recorded the statement"), said=copy.wording)
        else:
            if copy.workflow_status != before.workflow_status:
                yield self._step(copy, before)
            told = self._changes(copy)
            yield from map(rewritten, told)
            place = (copy.quote_start, copy.quote_end) != (before.quote_start, before.quote_end)
            if place and not {"quote", "anchor", "article"} & {change.name for change in told}:
                yield Happening(_("moved the quote to where the article says it now"))

    def _step(self, copy: Any, before: Any) -> Happening:
        name, reason = (str(_metadata(copy).get(key, "")) for key in ("step", "reason"))
        told = {
            "research": lambda: Happening(_("started research")),
            "submit": lambda: self._submission(copy),
            "approve": lambda: self._review(Decision.APPROVED, reason),
            "request_changes": lambda: self._review(Decision.CHANGES_REQUESTED, reason),
            "take_back": lambda: Happening(_("took it back to research"), said=reason),
            "publish": self._publication_of_step,
            "reopen": lambda: _reopening(copy),
            "drop": lambda: Happening(_("dropped it"), said=reason),
        }
        if name in told:
            return told[name]()
        statuses = {"was": _status(before), "now": _status(copy)}
        return Happening(_("changed the status from %(was)s to %(now)s") % statuses)

    def _submission(self, copy: Any) -> Happening:
        kind = _("submitted it for review, as %(kind)s") % {"kind": _a(copy.proposed_kind)}
        return Happening(kind, said=copy.proposed_note)

    def _review(self, decision: str, reason: str) -> Happening:
        """What a reviewer decided: their own words, wherever the review's row is found."""
        review = next((review for review in self.reviews if review.decision == decision), None)
        if review:
            self.reviews.remove(review)
        return Happening(_decided(decision), said=review.comment if review else reason)

    def _publication_of_step(self) -> Happening:
        if not self.publications:
            return Happening(_("published it"))
        return next(self._publication(self.publications.pop(0)))

    def _publication(self, entry: Any) -> Iterator[Happening]:
        if entry.approval_id is None:
            text = _("published version %(version)d, a listing: tracked, not yet checked") % {"version": entry.version}
        else:
            text = _("published version %(version)d, %(kind)s") % {"version": entry.version, "kind": _a(entry.kind)}
        yield Happening(text, said=entry.note)

    def _claimtopic(self, copy: Any) -> Iterator[Happening]:
        text = _("gave it the topic") if copy.pgh_label == "insert" else _("took away the topic")
        yield Happening(text, subject=self.names.name(Topic, copy.topic_id))

    def _note(self, copy: Any) -> Iterator[Happening]:
        if copy.pgh_label == "insert":
            yield Happening(_("wrote to the desk"), said=copy.text)
        elif copy.pgh_label == "delete":
            yield Happening(_("deleted a note"), said=copy.text)
        else:
            yield from map(rewritten, self._changes(copy))

    def _assessment(self, copy: Any) -> Iterator[Happening]:
        if copy.pgh_label == "delete":
            yield Happening(_("deleted the assessment"), said=copy.summary)
        else:
            yield from map(rewritten, self._changes(copy))

    def _evidence(self, copy: Any) -> Iterator[Happening]:
        title = self.names.name(copy._meta.get_field("source").related_model, copy.source_id)
        if copy.pgh_label == "insert":
            stance = {"stance": copy.get_stance_display()}
            yield Happening(_("added evidence that %(stance)s, from") % stance, subject=title, said=copy.finding)
        elif copy.pgh_label == "delete":
            yield Happening(_("removed the evidence from"), subject=title, said=copy.finding)
        else:
            yield from (rewritten(change, of=title) for change in self._changes(copy))

    def _contact(self, copy: Any) -> Iterator[Happening]:
        kind = {"kind": copy.get_kind_display()}
        if copy.pgh_label == "insert":
            yield Happening(_("logged a %(kind)s:") % kind, subject=copy.party, said=copy.summary)
        elif copy.pgh_label == "delete":
            yield Happening(_("removed the %(kind)s:") % kind, subject=copy.party, said=copy.summary)
        else:
            yield from (rewritten(change, of=copy.party) for change in self._changes(copy))


class Teller(Protocol):
    """The history's copies of rows, in order, with what happened; ``who`` names a user."""

    def __iter__(self) -> Iterator[tuple[Any, list[Happening]]]: ...

    def who(self, user: int | None) -> str: ...


def grouped(teller: Teller) -> Iterator[Entry]:
    """What one person did in one request, or within a minute, is told as one."""
    entry: Entry | None = None
    for copy, happenings in teller:
        by, at, context = user_of(copy), copy.pgh_created_at, copy.pgh_context_id
        if not happenings:
            continue
        if entry and entry.by == by and (entry.context == context or at - entry.at < TOGETHER):
            entry.happenings += happenings
            continue
        if entry:
            yield entry
        entry = Entry(by, teller.who(by), at, context, happenings)
    if entry:
        yield entry


def rewritten(change: FieldChange, of: str = "") -> Happening:
    """A field that says something else now: which words went and which came."""
    label = {"field": change.label}
    if not change.before:
        text = _("wrote the %(field)s") if not of else _("wrote the %(field)s of")
    elif not change.after:
        text = _("removed the %(field)s") if not of else _("removed the %(field)s of")
    else:
        text = _("changed the %(field)s") if not of else _("changed the %(field)s of")
    runs = differences.words(change.before, change.after)
    short = differences.shortened(runs)
    return Happening(text % label, subject=of, runs=short, whole=runs if short != runs else [])


def _reopening(copy: Any) -> Happening:
    if not copy.proposed_kind:
        return Happening(_("opened it again"))
    return Happening(_("opened it again for %(kind)s") % {"kind": _a(copy.proposed_kind)}, said=copy.proposed_note)


def _a(kind: str) -> str:
    return {
        PublicationKind.LISTING: _("a listing"),
        PublicationKind.VERDICT: _("a verdict"),
        PublicationKind.UPDATE: _("an update"),
        PublicationKind.CORRECTION: _("a correction"),
        PublicationKind.RETRACTION: _("a retraction"),
    }.get(PublicationKind(kind), kind)


def _decided(decision: str) -> str:
    return _("approved it") if decision == Decision.APPROVED else _("asked for changes")


def _status(copy: Any) -> str:
    return str(WorkflowStatus(copy.workflow_status).label)


def _metadata(copy: Any) -> dict[str, Any]:
    return copy.pgh_context.metadata if copy.pgh_context else {}


def user_of(copy: Any) -> int | None:
    user = _metadata(copy).get("user")
    return user if isinstance(user, int) else None
