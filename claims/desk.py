"""What waits for whom: the lists of the desk's front page, and the one next step of each claim."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import IntegerField, QuerySet, Subquery
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims import checklist, document, site_pages, workflow
from claims.enums import Anchor
from claims.enums import WorkflowStatus as S
from claims.models import Claim, Publication
from claims.querysets import ClaimQuerySet

SHOWN, COUNTED, PUBLICATIONS = 10, 1000, 6
# What is said of a claim that was changed after it was submitted, by its status.
VOID: dict[str, Promise] = {S.IN_REVIEW: _("Changed since it was submitted"), S.APPROVED: _("Approval void")}


@dataclass(frozen=True)
class Pile:
    """A list of the front page: what is in it for a person on a day, and what is said if there is nothing.

    Only who has ``permission`` sees it; one that is ``quiet`` is not shown while it is empty.
    """

    title: str | Promise
    claims: Callable[[ClaimQuerySet, User, date], ClaimQuerySet]
    permission: str = "claims.view_claim"
    empty: str | Promise = ""

    @property
    def quiet(self) -> bool:
        return not self.empty


def _overdue(claims: ClaimQuerySet, user: User, today: date) -> ClaimQuerySet:
    """One's own, and everybody's to whoever assigns them, one's own first."""
    found = claims.overdue(today)
    return found.mine_first(user) if user.has_perm("claims.assign_claim") else found.filter(assignee=user)


PILES = {
    "returned": Pile(
        _("Returned to me"),
        lambda claims, user, today: claims.returned_to(user),
        "claims.submit_claim",
    ),
    "assigned": Pile(
        _("Assigned to me"),
        lambda claims, user, today: claims.assigned_to(user),
        empty=_("Nothing is assigned to you. Take a claim that is nobody’s from the list of claims, or record one."),
    ),
    "review": Pile(
        _("Waiting for my review"),
        lambda claims, user, today: claims.reviewable_by(user),
        "claims.review_claim",
        _("Nothing waits for you. What you wrote or submitted yourself waits for somebody else."),
    ),
    "ready": Pile(
        _("Ready to publish"),
        lambda claims, user, today: claims.ready_to_publish(),
        "claims.publish_claim",
        _("No approved claim waits to be published."),
    ),
    "overdue": Pile(_("Overdue"), _overdue),
    "adrift": Pile(_("Words changed or lost"), lambda claims, user, today: claims.adrift()),
}


@dataclass(frozen=True)
class NextStep:
    """A button: what it says and where it leads. ``is_mine`` says that it is this person's to take."""

    label: str | Promise
    href: str
    is_mine: bool = True


@dataclass(frozen=True)
class Line:
    """``void`` says so of what was submitted or approved and is something else by now; empty otherwise."""

    claim: Claim
    step: NextStep
    void: str | Promise = ""


@dataclass(frozen=True)
class Section:
    """One list of the front page: its first lines, and of how many; no more than ``COUNTED`` are counted."""

    key: str
    pile: Pile
    lines: list[Line]
    number: int


@dataclass(frozen=True)
class Front:
    """The front page. ``statuses`` are value, label and number, in the workflow's order; ``moved`` are the ongoing
    claims whose words were found elsewhere in their article, word for word. ``unwritten`` are pages about the newsroom,
    for who may write them.
    """

    sections: list[Section]
    statuses: list[tuple[str, str, int]]
    moved: int
    latest: list[Publication]
    unwritten: list[site_pages.Unwritten]


class _Number(Subquery):
    """How many rows a query finds."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def front(user: User, *, today: date) -> Front:
    """What waits for ``user``, in as many queries however much it is."""
    piles = {key: pile for key, pile in PILES.items() if user.has_perm(pile.permission)}
    every = Claim.objects.all()
    found = {key: pile.claims(every, user, today) for key, pile in piles.items()}
    asked: dict[str, Any] = {f"{key}_first": ArraySubquery(rows.values("pk")[:SHOWN]) for key, rows in found.items()}
    asked |= {f"{key}_number": _counted(rows) for key, rows in found.items()}
    asked |= {f"is_{status}": _counted(every.filter(workflow_status=status)) for status in S}
    asked["moved"] = _counted(every.ongoing().filter(anchor=Anchor.MOVED))
    asked["pages"] = site_pages.there()
    row: Any = User.objects.filter(pk=user.pk).values(**asked).get()
    shown = {pk for key in piles for pk in row[f"{key}_first"]}
    lines = _lines(every.for_desk(user).in_bulk(shown), user)
    sections = [
        Section(key, pile, [lines[pk] for pk in row[f"{key}_first"] if pk in lines], row[f"{key}_number"])
        for key, pile in piles.items()
    ]
    statuses = [(status.value, str(status.label), row[f"is_{status}"]) for status in S]
    unwritten = site_pages.unwritten(row["pages"]) if user.has_perm("claims.change_sitepage") else []
    return Front(sections, statuses, row["moved"], latest_publications(), unwritten)


def _lines(claims: dict[int, Claim], user: User) -> dict[int, Line]:
    void = _void(claims.values())
    return {
        pk: Line(claim, next_step(claim, user, is_void=pk in void), VOID[claim.workflow_status] if pk in void else "")
        for pk, claim in claims.items()
    }


def _void(claims: Iterable[Claim]) -> set[int]:
    """Those that do not say any more what was submitted for review, by id."""
    submitted = [claim.pk for claim in claims if claim.workflow_status in VOID]
    if not submitted:
        return set()
    scale = document.rating_scale()
    read = Claim.objects.for_document().defer("article__text").filter(pk__in=submitted)
    return {claim.pk for claim in read if not checklist.is_current(claim, scale=scale)}


def latest_publications() -> list[Publication]:
    newest = Publication.objects.select_related("claim", "published_by").order_by("-sequence")
    return list(newest.only("kind", "published_at", "claim__wording", "published_by")[:PUBLICATIONS])


def next_step(claim: Claim, user: User, *, is_void: bool = False) -> NextStep:
    """The one thing to do next with a claim of ``for_desk``, if it is this person's to do, and else to look at it.

    One whose submission is void is taken back: nobody can approve or publish it.
    """
    if not claim.is_anchored and claim.workflow_status != S.DROPPED and user.has_perm("claims.change_claim"):
        return NextStep(_("Confirm the words"), reverse("admin:claims_article_anchors", args=[claim.article_id]))
    page = reverse("admin:claims_claim_change", args=[claim.pk])
    if is_void and workflow.STEPS["take_back"].is_open_to(user):
        return NextStep(_("Take back"), reverse("admin:claims_claim_step", args=[claim.pk, "take-back"]))
    if claim.workflow_status == S.IN_REVIEW:
        if user.has_perm("claims.review_claim") and not claim.had_a_hand:  # type: ignore[attr-defined]
            return NextStep(_("Review"), reverse("admin:claims_claim_review", args=[claim.pk]))
    elif claim.workflow_status == S.APPROVED:
        if user.has_perm("claims.publish_claim") and not is_void:
            return NextStep(_("Publish"), reverse("admin:claims_claim_step", args=[claim.pk, "publish"]))
    elif claim.workflow_status == S.NEW:
        if user.has_perm("claims.research_claim"):
            return NextStep(_("Start research"), page)
    elif claim.workflow_status == S.RESEARCHING and user.has_perm("claims.submit_claim"):
        return NextStep(_("Amend") if claim.asked else _("Go on"), page)  # type: ignore[attr-defined]
    return NextStep(_("Look"), page, is_mine=False)


def _counted(rows: QuerySet) -> _Number:
    return _Number(rows.order_by().values("pk")[: COUNTED + 1])
