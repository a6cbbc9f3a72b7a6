"""Claims whose words are not in their article any more: a person says which words they are tied to now."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from claims import anchoring, correcting, differences, likeness, locating
from claims.anchoring import Context
from claims.enums import INTACT, WorkflowStatus
from claims.models import Article, Claim
from claims.refusals import Refused
from sources.text import normalise

# Of more places than these nobody chooses one: longer words tell them apart.
MOST_PLACES = 30


@dataclass(frozen=True)
class Place:
    """Words that a claim may be tied to, with those around them, and how they differ from its quote."""

    start: int
    end: int
    around: Context
    runs: list[differences.Difference]


@dataclass
class Adrift:
    """A claim adrift, where its words may be, and what its forms were given."""

    claim: Claim
    places: list[Place]
    more: int = 0
    words: str = ""
    error: str = ""


class AnchorsView(TemplateView):
    """Every claim of an article that is adrift, each with the ways to tie it again."""

    template_name = "admin/claims/article/anchors.html"
    model_admin: ModelAdmin = None  # type: ignore[assignment]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.article = get_object_or_404(Article, pk=kwargs["pk"])
        if not (
            self.model_admin.has_view_permission(request, self.article) and request.user.has_perm("claims.view_claim")
        ):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm("claims.change_claim"):
            raise PermissionDenied
        chosen = get_object_or_404(self._claims_to_tie(), pk=_number(request.POST.get("claim")))
        if chosen.is_anchored:
            return self._already(chosen)
        try:
            start, end = self._span(request, chosen)
            correcting.confirm_anchor(chosen, start, end, by=request.user, seen_text=request.POST.get("seen_text", ""))
        except Refused as refusal:
            if refusal.rule == "claim_anchor_confirmed":
                return self._already(chosen)
            context = self.get_context_data(chosen=chosen, error=str(refusal))
            return self.render_to_response(context, status=409)
        return self._done(chosen)

    @cached_property
    def claims(self) -> Any:
        adrift = self.article.claims.exclude(anchor__in=INTACT).exclude(workflow_status=WorkflowStatus.DROPPED)
        return adrift.order_by("quote_start", "pk")

    def _claims_to_tie(self) -> Any:
        """Those adrift, and those that somebody may just have tied."""
        return self.article.claims.exclude(~Q(anchor__in=INTACT), workflow_status=WorkflowStatus.DROPPED)

    def _span(self, request: HttpRequest, claim: Claim) -> tuple[int, int]:
        """The chosen place, or the only one of the words that were typed."""
        if "words" not in request.POST:
            start, _dash, end = request.POST.get("place", "").partition("-")
            if not request.POST.get("place"):
                raise Refused(_("Choose one of the places."), rule="claim_anchor_chosen")
            return _number(start), _number(end)
        try:
            return locating.choose(locating.find(self.article.text, request.POST["words"]).places)
        except locating.Unlocated as why:
            raise Refused(str(why), rule="claim_anchor_chosen") from why

    def _done(self, claim: Claim) -> HttpResponse:
        self.model_admin.log_change(self.request, self.article, str(_("Tied a statement to its words")))
        messages.success(self.request, _("Tied to “%(words)s”.") % {"words": claim.quote[:200]})
        if claim.workflow_status in correcting.UNDER_APPROVAL:
            messages.warning(
                self.request,
                _("“%(claim)s” was submitted with other words: take it back to research and submit it again.")
                % {"claim": claim.wording[:200]},
            )
        return self._leave()

    def _already(self, claim: Claim) -> HttpResponse:
        """The button was pressed twice, or somebody else has just tied the claim."""
        claim.refresh_from_db()
        said = _("“%(claim)s” is tied already, to “%(words)s”.")
        messages.info(self.request, said % {"claim": claim.wording[:200], "words": claim.quote[:200]})
        return self._leave()

    def _leave(self) -> HttpResponse:
        page = "anchors" if self.claims.exists() else "annotate"
        return redirect(reverse(f"admin:claims_article_{page}", args=[self.article.pk]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen, error = kwargs.pop("chosen", None), kwargs.pop("error", "")
        adrift = [self._adrift(claim, error if claim == chosen else "") for claim in self.claims]
        context = self.model_admin.admin_site.each_context(self.request) | {
            "title": _("Statements adrift"),
            "opts": Article._meta,
            "article": self.article,
            "adrift": adrift,
            "seen_text": correcting.text_hash(self.article.text),
            "may_tie": self.request.user.has_perm("claims.change_claim"),
        }
        return super().get_context_data(**context | kwargs)

    def _adrift(self, claim: Claim, error: str) -> Adrift:
        words = normalise(self.request.POST.get("words", "")).strip() if error else ""
        typed = locating.find(self.article.text, words)
        spans = typed.places or _possible(self.article.text, claim)
        places = [self._place(claim, *span) for span in spans[:MOST_PLACES]]
        return Adrift(claim, places, max(0, len(spans) - MOST_PLACES), words, error)

    def _place(self, claim: Claim, start: int, end: int) -> Place:
        text = self.article.text
        runs = differences.words(claim.quote, text[start:end])
        runs = differences.shortened(runs, most=2000) if len(runs) > 1 else runs
        return Place(start, end, anchoring.context(text, start, end, size=100), runs)


def _possible(text: str, claim: Claim) -> list[tuple[int, int]]:
    """Where the claim's words may be: where similar ones were found, or else wherever they or such are."""
    if claim.found_start is not None and claim.found_end is not None:
        return [(claim.found_start, claim.found_end)]
    return anchoring.occurrences(text, claim.quote) or likeness.places(text, claim.quote)


def _number(text: str | None) -> int:
    """A whole number, or one that nothing has."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else -1
