"""API keys: issued, with the secret shown once; looked at, with how much they are used; changed; revoked."""

import uuid
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables
from django.views.generic import FormView, TemplateView

from claims import api_keys
from claims.models import ApiKey
from claims.refusals import Refused
from sources.paging import LongList

OWN = ["name", "contact", "per_minute"]


def today() -> date:
    """By which uses are counted: that of UTC."""
    return timezone.now().date()


class Current(admin.SimpleListFilter):
    """Revoked keys are out of the way until somebody asks for them."""

    title = gettext_lazy("state")
    parameter_name = "revoked"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("Revoked"))]

    def choices(self, changelist: Any) -> Any:
        first, *rest = super().choices(changelist)
        return [first | {"display": _("In force")}, *rest]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.exclude(revoked_at=None) if self.value() == "yes" else queryset.filter(revoked_at=None)


@admin.register(ApiKey)
class ApiKeyAdmin(LongList):
    list_display = ["named", "limit", "used_today", "used_in_a_month", "refused_in_a_month", "last_used"]
    list_filter = [Current]
    search_fields = ["name", "contact", "prefix"]
    fields = [*OWN, "shown", "created_by", "created_at"]
    readonly_fields = ["shown", "created_by", "created_at", "revoked_by", "revoked_at"]
    actions = None
    change_form_template = "admin/claims/apikey/change_form.html"

    class Media:
        css = {"all": ["claims/desk/api_key.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiKey]:
        return api_keys.with_use(super().get_queryset(request), today=today())

    def get_fields(self, request: HttpRequest, obj: ApiKey | None = None) -> Any:
        revoked = ["revoked_by", "revoked_at"] if obj and obj.revoked_at else []
        return [*super().get_fields(request, obj), *revoked]

    def get_urls(self) -> list[Any]:
        revoke = self.admin_site.admin_view(RevokeView.as_view(model_admin=self))
        return [path("<int:pk>/revoke/", revoke, name="claims_apikey_revoke"), *super().get_urls()]

    def has_change_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        return not (obj and obj.revoked_at) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: ApiKey | None = None) -> bool:
        """A key is revoked: what was done with it stays known."""
        return False

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return IssueView.as_view(model_admin=self)(request)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        key = self.get_object(request, object_id)
        return super().change_view(request, object_id, form_url, {"days": key and days(key)} | (extra_context or {}))

    def save_model(self, request: HttpRequest, obj: ApiKey, form: forms.ModelForm, change: bool) -> None:
        """Writes what was typed and nothing else: somebody may be revoking this key."""
        obj.save(update_fields=form.changed_data)

    @admin.display(description=gettext_lazy("name"), ordering="name")
    def named(self, key: ApiKey) -> SafeString:
        return format_html('<bdi>{}</bdi> <code class="key-prefix">{}…</code>', key.name, key.prefix)

    @admin.display(description=gettext_lazy("a minute"), ordering="per_minute")
    def limit(self, key: ApiKey) -> int:
        return key.per_minute

    @admin.display(description=gettext_lazy("begins with"))
    def shown(self, key: ApiKey) -> str:
        return f"{key.prefix}…"

    @admin.display(description=gettext_lazy("today"), ordering="today")
    def used_today(self, key: Any) -> int:
        return key.today

    @admin.display(description=gettext_lazy("30 days"), ordering="month")
    def used_in_a_month(self, key: Any) -> int:
        return key.month

    @admin.display(description=gettext_lazy("refused"), ordering="month_refused")
    def refused_in_a_month(self, key: Any) -> int:
        return key.month_refused

    @admin.display(
        description=gettext_lazy("last used"), ordering="use__last_used_at", empty_value=gettext_lazy("never")
    )
    def last_used(self, key: ApiKey) -> Any:
        return key.use.last_used_at


def days(key: ApiKey) -> list[dict[str, Any]]:
    """The days of a month on which a key was used, the last first; each with its part of the busiest, in per cent."""
    found = list(key.days.filter(day__gt=today() - timedelta(days=30)).order_by("-day").values())
    most = max((row["requests"] for row in found), default=0)
    return [row | {"part": round(100 * row["requests"] / most)} for row in found]


class IssueForm(forms.ModelForm):
    # Names the page that the form is on, so that one page issues one key.
    once = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    class Meta:
        model = ApiKey
        fields = OWN


class IssueView(FormView):
    """The secret is in the answer to the form and nowhere else: whoever loads that again is told so."""

    template_name = "admin/claims/apikey/issue.html"
    form_class = IssueForm
    model_admin: ModelAdmin = None  # type: ignore[assignment]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = self.model_admin.admin_site.each_context(self.request) | {"opts": ApiKey._meta}
        return super().get_context_data(**own | {"title": _("Issue an API key")} | kwargs)

    @sensitive_variables()
    def form_valid(self, form: IssueForm) -> HttpResponse:
        by: Any = self.request.user
        try:
            key, secret = api_keys.issue(**form.cleaned_data, by=by)
        except Refused as refused:
            if refused.rule == api_keys.ONCE:
                messages.warning(self.request, str(refused))
                return redirect(reverse("admin:claims_apikey_changelist"))
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        self.model_admin.log_addition(self.request, key, _("Issued."))
        context = self.get_context_data(title=_("The key"), original=key, secret=secret, form=None)
        response = TemplateResponse(self.request, "admin/claims/apikey/issued.html", context)
        response["Cache-Control"] = "no-store"
        # Drawn here, where what goes wrong is reported without what it was drawn from.
        return response.render()


class RevokeView(TemplateView):
    template_name = "admin/claims/apikey/revoke.html"
    model_admin: ModelAdmin = None  # type: ignore[assignment]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.key = get_object_or_404(self.model_admin.get_queryset(request), pk=kwargs["pk"])
        if not request.user.has_perm(api_keys.CHANGE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {"title": _("Revoke"), "opts": ApiKey._meta, "original": self.key}
        refusal = _("This key has been revoked already.") if self.key.revoked_at else ""
        context = self.model_admin.admin_site.each_context(self.request) | own | {"refusal": refusal}
        return super().get_context_data(**context | kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        by: Any = request.user
        try:
            api_keys.revoke(self.key, by=by)
        except Refused as refused:
            return self.render_to_response(self.get_context_data(refusal=str(refused)), status=409)
        self.model_admin.log_change(request, self.key, _("Revoked."))
        messages.success(request, _("The key of “%(name)s” is revoked.") % {"name": self.key.name})
        return redirect(reverse("admin:claims_apikey_changelist"))
