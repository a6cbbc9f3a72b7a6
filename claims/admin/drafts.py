"""What somebody has typed into a claim's form and not saved yet: kept for them, offered back, and forgotten."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views import View

from claims import editing
from claims.admin import typed
from claims.models import Claim, Draft

LARGEST = 1_000_000
SAVED = "claim_saved"


def of(request: HttpRequest, claim: Claim) -> Draft | None:
    """This person's draft, and nobody else's."""
    return Draft.objects.filter(claim=claim, user=request.user).first()


def offered(request: HttpRequest, claim: Claim) -> dict[str, Any]:
    """The context of _draft.html; ``saved_from`` is the version that this person has just saved over, if they have."""
    draft = of(request, claim)
    just_saved = request.session.get(SAVED, {})
    if just_saved.get("claim") == claim.pk:
        del request.session[SAVED]
    return {
        "draft": draft,
        "draft_is_old": bool(draft) and draft.version != editing.version(claim),
        "saved_from": just_saved.get("version", "") if just_saved.get("claim") == claim.pk else "",
    }


def restored(request: HttpRequest, claim: Claim) -> QueryDict | None:
    """What the draft holds, if this page was asked for with it (``?draft=restore``)."""
    draft = of(request, claim) if request.GET.get("draft") == "restore" else None
    if draft is None:
        return None
    data = QueryDict(mutable=True)
    for name, values in draft.fields.items():
        data.setlist(name, values)
    data["version"] = draft.version
    return data


@transaction.atomic
def keep(request: HttpRequest, claim: Claim) -> None:
    """Keep what was posted, in place of the draft before it."""
    fields = dict(typed.fields(request.POST))
    fields["opened"] = [typed.dumped(typed.loaded(request.POST.get("opened", "")))]
    version = request.POST.get("version", "")[:64]
    defaults = {"fields": fields, "version": version, "saved_at": Now()}
    Draft.objects.update_or_create(claim=claim, user=request.user, defaults=defaults)


def forget(request: HttpRequest, claim: Claim) -> None:
    """What was typed is saved."""
    Draft.objects.filter(claim=claim, user=request.user).delete()
    request.session[SAVED] = {"claim": claim.pk, "version": request.POST.get("version", "")}


class DraftView(View):
    """Keeps a draft (POST with the form's boxes), or throws it away (POST with ``discard``)."""

    model_admin: ModelAdmin = None  # type: ignore[assignment]
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        claim = get_object_or_404(Claim, pk=pk)
        may_type = request.user.has_perm("claims.change_claim")
        if not (may_type and self.model_admin.has_view_permission(request, claim)):
            raise PermissionDenied
        if "discard" in request.POST:
            return self.discard(request, claim)
        if int(request.headers.get("Content-Length") or 0) > LARGEST:
            return JsonResponse({"error": _("This is too long to be kept as a draft. Save it.")}, status=413)
        keep(request, claim)
        return JsonResponse({"kept": True})

    def discard(self, request: HttpRequest, claim: Claim) -> HttpResponse:
        Draft.objects.filter(claim=claim, user=request.user).delete()
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"kept": False})
        messages.success(request, _("Your draft is discarded. This is the claim as it is saved."))
        return redirect(reverse("admin:claims_claim_change", args=[claim.pk]))


def urls(model_admin: ModelAdmin) -> list[Any]:
    view = model_admin.admin_site.admin_view(DraftView.as_view(model_admin=model_admin))
    return [path("<int:pk>/draft/", view, name="claims_claim_draft")]
