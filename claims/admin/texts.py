"""Correcting an article's text: what that would do to its claims is shown before it is done."""

from itertools import islice
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView, View

from claims import correcting, differences
from claims.admin.anchors import AnchorsView
from claims.admin.article_form import TextFile, pasted_or_read
from claims.correcting import Plan
from claims.enums import Anchor
from claims.models import Article
from claims.refusals import Refused
from sources.text import normalise

# How many runs of a comparison are shown: who wants to read more reads the texts.
MOST_RUNS = 600


class CorrectionForm(forms.Form):
    """The whole text as it should be, typed over the one that is there or read from a file."""

    text = forms.CharField(
        required=False,
        strip=False,
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 24, "dir": "auto", "spellcheck": "true"}),
    )
    file = TextFile(label=_("Or a file"))
    seen_text = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, article: Article, **kwargs: Any) -> None:
        self.article = article
        self.stale = False
        super().__init__(*args, **kwargs)
        self.initial = {"text": article.text, "seen_text": correcting.text_hash(article.text)}
        self.fields["text"].widget.attrs["lang"] = article.language

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("file") and normalise(cleaned.get("text", "")).strip() == self.article.text:
            cleaned["text"] = ""
        read = pasted_or_read(self)
        cleaned["text"] = read.text if read else ""
        is_done = cleaned["text"] == self.article.text
        if read and cleaned.get("seen_text") != self.initial["seen_text"] and not is_done:
            self._tell_stale(read.text)
        return cleaned

    def _tell_stale(self, text: str) -> None:
        self.stale = True
        self.add_error(
            None,
            _("Somebody else corrected this text after you opened it. Yours is kept below, with theirs under it."),
        )
        self.data = self.data.copy()
        self.data["text"], self.data["seen_text"] = text, self.initial["seen_text"]


class CorrectionView(FormView):
    """Asks for the text, shows what correcting it does, and does just that once it is confirmed."""

    template_name = "admin/claims/article/correct.html"
    form_class = CorrectionForm
    model_admin: ModelAdmin = None  # type: ignore[assignment]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.article = get_object_or_404(Article.objects.select_related("outlet"), pk=kwargs["pk"])
        if not self.model_admin.has_change_permission(request, self.article):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"article": self.article}

    def form_invalid(self, form: CorrectionForm) -> HttpResponse:
        context = self.get_context_data(form=form)
        return self.render_to_response(context, status=409 if form.stale else 200)

    def form_valid(self, form: CorrectionForm) -> HttpResponse:
        text = form.cleaned_data["text"]
        if "edit" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        try:
            planned = correcting.plan(self.article, text)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=form, **shown(planned)))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = self.model_admin.admin_site.each_context(self.request) | {
            "title": _("Correct the text"),
            "opts": Article._meta,
            "article": self.article,
        }
        return super().get_context_data(**context | kwargs)


class ApplyView(CorrectionView):
    """Takes the correction that was shown; if it would do something else by now, shows that."""

    http_method_names = ["post"]

    def form_valid(self, form: CorrectionForm) -> HttpResponse:
        text, seen = form.cleaned_data["text"], self.request.POST.get("seen", "")
        try:
            done = correcting.correct_text(self.article, text, by=self.request.user, seen=seen)
        except Refused as refusal:
            if refusal.rule == "article_text_unchanged":
                messages.info(self.request, _("The text is corrected already: it says just this."))
                return self._leave(adrift=self.article.claims.adrift().exists())
            return self._refuse(form, refusal)
        self.model_admin.log_change(self.request, self.article, str(_("Corrected the text")))
        messages.success(self.request, _("The text is corrected. %(outcome)s") % {"outcome": outcome(done)})
        return self._leave(adrift=bool(done.adrift))

    def _leave(self, *, adrift: bool) -> HttpResponse:
        """To what is to be done next."""
        page = "anchors" if adrift else "annotate"
        return redirect(reverse(f"admin:claims_article_{page}", args=[self.article.pk]))

    def _refuse(self, form: CorrectionForm, refusal: Refused) -> HttpResponse:
        self.article.refresh_from_db()
        try:
            planned = shown(correcting.plan(self.article, form.cleaned_data["text"]))
        except Refused:
            planned = {}
        form.add_error(None, str(refusal))
        return self.render_to_response(self.get_context_data(form=form, **planned), status=409)


def shown(planned: Plan) -> dict[str, Any]:
    """What is shown of a plan: what happens to the claims, and what is new in the text."""
    runs = differences.shortened(differences.words(planned.old_text, planned.text), around=160, most=1200)
    rows = [_row(placed, planned.text) for placed in planned.placed if placed.placement.anchor != Anchor.EXACT]
    return {
        "plan": planned,
        "counts": [(Anchor(anchor), count) for anchor, count in planned.counts.items()],
        "rows": sorted(rows, key=lambda row: row["order"]),
        "runs": list(islice(runs, MOST_RUNS)),
        "more": len(runs) > MOST_RUNS,
        "seen": planned.seen,
    }


def _row(placed: correcting.Placed, text: str) -> dict[str, Any]:
    anchor, start, end = placed.placement
    words = text[start:end] if start is not None else None
    compared = words is not None and anchor == Anchor.CHANGED
    return {
        "claim": placed.claim,
        "anchor": anchor,
        "runs": differences.shortened(differences.words(placed.claim.quote, words)) if compared else None,
        "order": [Anchor.LOST, Anchor.CHANGED, Anchor.MOVED].index(anchor),
    }


def outcome(done: Plan) -> str:
    """What became of the claims, in a sentence."""
    if not done.placed:
        return ""
    if not done.adrift:
        return ngettext(
            "Its statement is tied to it.", "All its %(n)s statements are tied to it.", len(done.placed)
        ) % {"n": len(done.placed)}
    return ngettext(
        "For one statement, say where its words are now.",
        "For %(n)s statements, say where their words are now.",
        len(done.adrift),
    ) % {"n": len(done.adrift)}


def urls(model_admin: ModelAdmin) -> list[Any]:
    def view(kind: type[View]) -> Any:
        return model_admin.admin_site.admin_view(kind.as_view(model_admin=model_admin))

    return [
        path("<int:pk>/correct/", view(CorrectionView), name="claims_article_correct"),
        path("<int:pk>/correct/apply/", view(ApplyView), name="claims_article_apply"),
        path("<int:pk>/anchors/", view(AnchorsView), name="claims_article_anchors"),
    ]
