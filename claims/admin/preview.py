"""The public page as it would be published, to the pixel: the same template and the same context."""

from datetime import UTC, datetime
from typing import Any

import orjson
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from claims import checklist, document, ledger, workflow
from claims.enums import AMENDMENTS, Decision
from claims.models import Claim, Publication, PublishedClaim, Rating, Review
from claims.models.publication import GENESIS
from claims.presentation.records import Record
from claims.presentation.verdict import Beside, authors_of, verdict, with_beside


class Preview:
    """What would be in the ledger if the claim, as it is on the desk, were published now; nothing of it is saved."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.kind = checklist.likely_kind(claim)
        self.note = claim.proposed_note if self.kind in AMENDMENTS else ""
        if self.kind in AMENDMENTS and not self.note:
            self.note = _("(The public note, which is still to be written.)")
        last = Publication.objects.of(claim.pk).last()
        self.document = document.document(
            claim,
            document.content(claim, kind=self.kind),
            version=last.version + 1 if last else 1,
            kind=self.kind,
            note=self.note,
            at=datetime.now(UTC),
            previous=orjson.loads(last.document) if last else None,
        )

    def context(self) -> dict[str, Any]:
        record = Record(self.claim.pk, document.slug(self.claim.wording), self.document)
        beside = Beside(self.definition(), [self.entry(), *self.before()])
        return verdict(record, beside) | {"title": record.doc["claim"]}

    def definition(self) -> str:
        rating = self.document["rating"]
        return Rating.objects.get(slug=rating["slug"]).definition if rating else ""

    def before(self) -> list[dict[str, Any]]:
        """The versions that there are."""
        for published in with_beside(PublishedClaim.objects.public().filter(pk=self.claim.pk)):
            return published.versions
        return []

    def entry(self) -> dict[str, Any]:
        """The line that the page's list of versions would start with."""
        head = Publication.objects.order_by("-sequence").first()
        text = document.canonical(self.document)
        return {
            "sequence": head.sequence + 1 if head else 1,
            "version": self.document["version"],
            "kind": self.kind,
            "note": self.note,
            "hash": ledger.entry_hash(head.hash if head else GENESIS, text),
            "published_at": self.document["published_at"],
            "approver": self.approver(),
            "authors": list(authors_of(workflow.authors(self.claim))),
        }

    def approver(self) -> str:
        """Whoever approved it, or a stand-in for whoever will."""
        given = Review.objects.filter(claim=self.claim, decision=Decision.APPROVED)
        given = given.filter(content_hash=document.content_hash(self.document)).select_related("reviewer").last()
        return str(given.reviewer.get_full_name() or given.reviewer) if given else _("(a second person)")


def preview(request: HttpRequest, pk: int, *, model_admin: ModelAdmin) -> HttpResponse:
    claim = get_object_or_404(Claim.objects.for_document(), pk=pk)
    if not model_admin.has_view_permission(request, claim):
        raise PermissionDenied
    context = Preview(claim).context() | {"original": claim}
    response = TemplateResponse(request, "admin/claims/claim/preview.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def urls(model_admin: ModelAdmin) -> list[Any]:
    view = model_admin.admin_site.admin_view(preview)
    return [path("<int:pk>/preview/", view, {"model_admin": model_admin}, name="claims_claim_preview")]
