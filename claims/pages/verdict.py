"""A claim's page, as it is now, and as each of its versions was."""

from typing import Any

import orjson
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from claims import comparison
from claims.models.publication import Publication
from claims.pages.page import SluggedPage
from claims.pages.tally import scale
from claims.presentation import citation, embedding
from claims.presentation.embedding import Picture
from claims.presentation.kept import kept
from claims.presentation.records import Record, public_claims
from claims.presentation.related import related
from claims.presentation.verdict import Beside, verdict, with_beside
from claims.querysets import PublishedClaimQuerySet


def no_claim() -> Http404:
    return Http404(_("There is no published claim at this address."))


def document_of(version: int) -> Subquery:
    """Of a claim in an outer query."""
    return Subquery(Publication.objects.of(OuterRef("pk")).filter(version=version).values("document"))


def in_version(version: int) -> PublishedClaimQuerySet:
    """The claims that have this version, with the ``document`` that it has."""
    return public_claims().annotate(document=document_of(version)).filter(document__isnull=False)


class PublishedPage(SluggedPage, TemplateView):
    """One document of one claim: by default the current one."""

    def get_claims(self) -> PublishedClaimQuerySet:
        """The claim that is looked for, with the ``document``."""
        return public_claims().with_document()

    def get_subject(self) -> Any:
        for claim in with_beside(self.get_claims().filter(pk=self.kwargs["pk"])):
            return claim
        raise no_claim()

    @cached_property
    def record(self) -> Record:
        return Record(self.subject.pk, self.subject.slug, orjson.loads(self.subject.document))

    def get_address(self) -> str:
        return self.record.url

    def get_picture(self) -> Picture:
        """Of the current version, also beside another: what is retracted by now is not shared as if it were not."""
        return embedding.of_claim(self.record, self.subject.versions[0]["version"])

    def get_title(self) -> str:
        return self.record.doc["claim"]

    def get_description(self) -> str:
        parts = [self.record.mark.word, self.record.doc["summary"]]
        return ": ".join(part for part in parts if part)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        beside = Beside(self.definition(), self.subject.versions)
        return super().get_context_data(
            **verdict(self.record, beside),
            citation=citation.in_words(self.record.doc),
            bibtex=citation.bibtex(self.record.doc),
            **kwargs,
        )

    def definition(self) -> str:
        """What the rating means that this version has, as the scale is now."""
        rating, steps = self.record.doc["rating"], kept(self.request, "scale", scale)
        return steps[rating["slug"]].definition if rating and rating["slug"] in steps else ""


class ClaimView(PublishedPage):
    """The verdict, as it is now."""

    template_name = "claims/claim.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(related=related(self.record), **kwargs)


class VersionView(PublishedPage):
    """One version, as it was published, and what it changed."""

    template_name = "claims/version.html"

    def get_claims(self) -> PublishedClaimQuerySet:
        number = self.kwargs["version"]
        return in_version(number).annotate(before=document_of(number - 1))

    def get_spelling(self) -> str:
        return reverse("pages:version", args=[self.record.id, self.record.slug, self.kwargs["version"]])

    def get_title(self) -> str:
        number = self.kwargs["version"]
        return _("%(claim)s (version %(version)d)") % {"claim": self.record.doc["claim"], "version": number}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(changes=self.changes(), **kwargs)

    def changes(self) -> comparison.Comparison | None:
        """What is other than in the version before; None in the first."""
        before = self.subject.before
        return comparison.documents(orjson.loads(before), self.record.doc) if before else None
