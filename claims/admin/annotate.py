"""An article as it reads, with its statements marked, and the panel that records a new one."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from claims import intake
from claims.admin.annotate_form import StatementForm
from claims.admin.annotate_names import SpeakerNamesView, TopicNamesView
from claims.admin.annotate_text import claims_of, panes
from claims.models import Article, Claim
from claims.refusals import Refused

FORM, PANES = "admin/claims/article/_statement_form.html", "admin/claims/article/_panes.html"


class Annotating(FormView):
    """Asks for a statement of one article, and records it."""

    form_class = StatementForm
    model_admin: ModelAdmin = None  # type: ignore[assignment]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.article = get_object_or_404(Article.objects.select_related("outlet"), pk=kwargs["pk"])
        if not self.model_admin.has_view_permission(request, self.article):
            raise PermissionDenied
        self.may_record = request.user.has_perm("claims.add_claim")
        if request.method == "POST" and not self.may_record:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def claims(self) -> list[Claim]:
        return claims_of(self.article)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "article": self.article,
            "by": self.request.user,
            "like": self.like(),
        }

    def like(self) -> Claim | None:
        """The claim whose circumstances a new one most likely shares, or one that has those of the article."""
        if self.request.method == "POST":
            return None
        named = self.request.GET.get("like", "")
        if named.isdecimal() and (before := self.article.claims.filter(pk=int(named) % 2**63).first()):
            return before
        # Whose statement it is nobody knows yet: an occasion is only guessed while there is one for all.
        occasions = {claim.occasion for claim in self.claims}
        return Claim(
            stated_on=self.article.published_on,
            stated_on_precision=self.article.published_on_precision,
            occasion=occasions.pop() if len(occasions) == 1 else "",
        )

    def placed(self, form: StatementForm) -> StatementForm:
        """The form on the words that the address names, if it names any; raises ValidationError if it names none."""
        start, end = self.request.GET.get("start", ""), self.request.GET.get("end", "")
        if start.isdecimal() and end.isdecimal():
            form.place(int(start), int(end))
        return form


class AnnotateView(Annotating):
    """The article with its claims. A statement is posted here, by the panel's script too, which asks for JSON."""

    template_name = "admin/claims/article/annotate.html"

    @property
    def by_script(self) -> bool:
        return self.request.get_preferred_type(["text/html", "application/json"]) == "application/json"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form") or self.get_form()
        if not form.is_bound:
            try:
                self.placed(form)
            except ValidationError as error:
                messages.error(self.request, error.message)
        return (
            self.model_admin.admin_site.each_context(self.request)
            | panes(self.article, self.claims)
            | {
                "title": self.article.title,
                "opts": Article._meta,
                "is_nav_sidebar_enabled": False,
                "form": form,
                "may_record": self.may_record,
                "asking": form.is_bound or form.is_placed,
            }
        )

    def form_valid(self, form: StatementForm) -> HttpResponse:
        try:
            claim = form.record()
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as error:
            there = getattr(error, "claim", None)
            if there and intake.just_recorded(there, by=self.request.user):
                return self.recorded(form, there, _("Recorded already: %(claim)s"))
            form.complain(error)
        else:
            return self.recorded(form, claim, _("Recorded: %(claim)s"))
        return self.form_invalid(form)

    def form_invalid(self, form: StatementForm) -> HttpResponse:
        if self.by_script:
            return JsonResponse({"form": statement_form(self.request, form)}, status=422)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def recorded(self, form: StatementForm, claim: Claim, sentence: str) -> HttpResponse:
        said = f"{sentence % {'claim': claim.wording}} {form.said}".strip()
        same_words = {"start": claim.quote_start, "end": claim.quote_end, "like": claim.pk}
        another = bool(self.request.POST.get("another"))
        if self.by_script:
            shown = render_to_string(PANES, panes(self.article, claims_of(self.article)), self.request)
            again = f"?{urlencode(same_words)}" if another else ""
            return JsonResponse({"said": said, "panes": shown, "claim": claim.pk, "again": again})
        messages.success(self.request, said)
        address = reverse("admin:claims_article_annotate", args=[self.article.pk])
        return redirect(f"{address}?{urlencode(same_words)}#record" if another else f"{address}#claim-{claim.pk}")


class StatementView(Annotating):
    """The panel's form for the words between two offsets (?start=…&end=…), what can be guessed filled in."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.may_record:
            raise PermissionDenied
        try:
            form = self.placed(self.get_form())
        except ValidationError as error:
            return HttpResponseBadRequest(error.message)
        if not form.is_placed:
            return HttpResponseBadRequest(_("Say where the words are: start and end."))
        return HttpResponse(statement_form(request, form))


def statement_form(request: HttpRequest, form: StatementForm) -> str:
    """The form as the panel shows it; its ids are its own, since the page has another."""
    form.auto_id = "panel_%s"
    return render_to_string(FORM, {"form": form, "panel": True}, request)


def urls(model_admin: ModelAdmin) -> list[Any]:
    def view(kind: Any) -> Any:
        return model_admin.admin_site.admin_view(kind.as_view(model_admin=model_admin))

    return [
        path("annotate/speakers/", view(SpeakerNamesView), name="claims_speaker_names"),
        path("annotate/topics/", view(TopicNamesView), name="claims_topic_names"),
        path("<int:pk>/annotate/", view(AnnotateView), name="claims_article_annotate"),
        path("<int:pk>/annotate/statement/", view(StatementView), name="claims_article_statement"),
    ]
