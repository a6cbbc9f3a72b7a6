"""Claims from a file, with a dry run."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.admin.widgets import AutocompleteSelect
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView

from claims import importing
from claims.models import Article, Claim
from claims.refusals import Refused
from sources.tables import Unreadable

SALT = "claims.admin.importing"
A_DAY = 60 * 60 * 24


class UploadForm(forms.Form):
    """A file, and the article that its rows are from."""

    article = forms.ModelChoiceField(
        Article.objects.all(),
        required=False,
        widget=AutocompleteSelect(Claim._meta.get_field("article"), admin.site),
        label=gettext_lazy("Article"),
        help_text=gettext_lazy("Leave it empty if every row names its own, in the column “article”."),
    )
    file = forms.FileField(
        label=gettext_lazy("File"), widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"})
    )

    def clean_file(self) -> str:
        """The file's text."""
        uploaded = self.cleaned_data["file"]
        try:
            return importing.read(uploaded.read(importing.MAX_BYTES + 1))
        except Unreadable as why:
            raise forms.ValidationError(str(why)) from None


class ImportView(FormView):
    """Asks for a file, shows what importing it would do, and does it when that is confirmed.

    In between nothing is kept here: the page carries what was read, signed, and it is all looked up again.
    """

    template_name = "admin/claims/claim/import.html"
    form_class = UploadForm
    model_admin: ModelAdmin = None  # type: ignore[assignment]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(importing.PERMISSION):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        chosen = self.request.GET.get("article", "")
        return {"article": chosen} if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **self.model_admin.admin_site.each_context(self.request),
            title=_("Import claims"),
            opts=Claim._meta,
            columns=importing.COLUMNS.items(),
            needed=importing.NEEDED,
            most_rows=importing.MAX_ROWS,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.confirmed() if "signed" in request.POST else super().post(request, *args, **kwargs)

    def form_valid(self, form: UploadForm) -> HttpResponse:
        try:
            plan = importing.plan(form.cleaned_data["file"], form.cleaned_data["article"], by=self.request.user)
            return self.shown(plan)
        except Unreadable as why:
            form.add_error("file", str(why))
            return self.form_invalid(form)

    def shown(self, plan: importing.Plan, *, refusal: str = "") -> HttpResponse:
        carried = {"text": plan.text, "article": plan.article and plan.article.pk, "digest": plan.digest}
        context = self.get_context_data(form=None, plan=plan, refusal=refusal)
        if plan.is_sound and plan.recorded:
            context["signed"] = signing.dumps(carried | {"by": self.request.user.pk}, salt=SALT, compress=True)
        return self.render_to_response(context, status=409 if refusal else 200)

    def confirmed(self) -> HttpResponse:
        try:
            carried = signing.loads(self.request.POST["signed"], salt=SALT, max_age=A_DAY)
        except signing.BadSignature:
            carried = {}
        if carried.get("by") != self.request.user.pk:
            said = _("This is not what was shown to you, or it was more than a day ago. Choose the file again.")
            messages.error(self.request, said)
            return redirect("admin:claims_claim_import")
        article = Article.objects.filter(pk=carried["article"]).first()
        plan = importing.plan(carried["text"], article, by=self.request.user)
        try:
            if plan.digest != carried["digest"]:
                raise importing.changed()
            claims = importing.carry_out(plan, by=self.request.user)
        except Refused as refusal:
            return self.refused(importing.plan(carried["text"], article, by=self.request.user), refusal)
        return self.done(claims)

    def refused(self, now: importing.Plan, refusal: Refused) -> HttpResponse:
        """Shows what the import would do now, unless it is done: a button that was pressed twice."""
        if not now.is_done:
            return self.shown(now, refusal=str(refusal))
        messages.info(self.request, _("These claims are recorded already."))
        return redirect(reverse("admin:claims_claim_changelist"))

    def done(self, claims: list[Claim]) -> HttpResponse:
        LogEntry.objects.log_actions(self.request.user.pk, claims, ADDITION, _("Imported."))
        number = len(claims)
        said = ngettext("%(number)d claim was recorded.", "%(number)d claims were recorded.", number)
        messages.success(self.request, said % {"number": number})
        return redirect(reverse("admin:claims_claim_changelist"))


def urls(model_admin: ModelAdmin) -> list[Any]:
    view = model_admin.admin_site.admin_view(ImportView.as_view(model_admin=model_admin))
    return [path("import/", view, name="claims_claim_import")]
