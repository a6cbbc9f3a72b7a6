"""What is read before a claim is approved or published: the document, beside the last one that was published."""

from typing import Any

import orjson
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.urls import reverse

from claims import changes, checklist, comparison, document, workflow
from claims.enums import PublicationKind
from claims.enums import WorkflowStatus as S
from claims.models import Claim, Publication

# Where on the claim's page each item of the check list is mended.
PLACES = {
    "speaker": "who",
    "stated_on": "id_stated_on",
    "wording": "id_wording",
    "rating": "id_assessment-0-rating",
    "summary": "id_assessment-0-summary",
    "explanation": "id_assessment-0-explanation",
    "one_source_reason": "id_assessment-0-one_source_reason",
    "evidence": "evidence-group",
    "contacts": "contacts",
    "steps": "standing",
}


def reviewed(claim: Claim) -> dict[str, Any]:
    """The context of templates/admin/claims/claim/_document.html, of a claim read with ``for_document``."""
    kind = checklist.likely_kind(claim)
    last = Publication.objects.of(claim.pk).last()
    return {
        "kind": PublicationKind(kind),
        "note": claim.proposed_note,
        "last": last,
        "comparison": comparison.documents(
            orjson.loads(last.document) if last else None, document.content(claim, kind=kind)
        ),
        "one_source_reason": getattr(getattr(claim, "assessment", None), "one_source_reason", ""),
        **checks(claim),
        **validity(claim),
    }


def bare_listing(claim: Claim) -> dict[str, Any]:
    """The same context of a listing that nobody reviews; ``seen`` names what it says."""
    content = document.bare_content(claim)
    return {
        "kind": PublicationKind.LISTING,
        "is_bare": True,
        "comparison": comparison.documents(None, content),
        "seen": document.content_hash(content),
        **_told(claim, checklist.check_bare_listing(claim)),
    }


def checks(claim: Claim) -> dict[str, Any]:
    """The check list, and what of it holds up the publication."""
    return _told(claim, checklist.check(claim))


def _told(claim: Claim, items: list[checklist.Item]) -> dict[str, Any]:
    return {
        "checks": [(item, mended_at(claim, item)) for item in items],
        "lacking": checklist.failing(items),
        "advice": [item for item in items if not item.blocking and not item.passed],
    }


def mended_at(claim: Claim, item: checklist.Item) -> str:
    """The address where an item that did not pass is mended."""
    if item.where == "anchor":
        return anchors_address(claim)
    return reverse("admin:claims_claim_change", args=[claim.pk]) + f"#{PLACES[item.where]}"


def anchors_address(claim: Claim) -> str:
    """Where it is confirmed where the quote's words went when the article was corrected."""
    return reverse("admin:claims_article_anchors", args=[claim.article_id])


def validity(claim: Claim) -> dict[str, Any]:
    """Whether what was submitted or approved is still what the claim says, and if not, what was changed since."""
    void = claim.workflow_status in (S.IN_REVIEW, S.APPROVED) and not checklist.is_current(claim)
    return {"void": void, "changed": changes.since(claim) if void else []}


def people(claim: Claim) -> dict[str, Any]:
    """Who wrote the assessment, and who submitted it: the two sides of the two-person rule."""
    return {"authors": list(named(workflow.authors(claim))), "submitter": claim.submitted_by}


def named(users: set[int]) -> QuerySet[User]:
    return User.objects.filter(pk__in=users).order_by("last_name", "first_name", "username")
