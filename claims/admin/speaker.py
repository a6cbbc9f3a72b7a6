"""Speakers, and the page that merges one into another."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from claims import merging
from claims.models import Claim, Speaker
from claims.refusals import Refused
from sources.meanwhile import MeanwhileAdmin
from sources.paging import LongList

SHOWN = 20


class StillThere(admin.SimpleListFilter):
    """Merged speakers are out of the way until somebody asks for them."""

    title = gettext_lazy("merged")
    parameter_name = "merged"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("Merged into another"))]

    def choices(self, changelist: Any) -> Any:
        first, *rest = super().choices(changelist)
        return [first | {"display": _("Current")}, *rest]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.exclude(merged_into=None) if self.value() == "yes" else queryset.filter(merged_into=None)


@admin.register(Speaker)
class SpeakerAdmin(MeanwhileAdmin, LongList):
    list_display = ["name", "kind", "merged_to"]
    list_filter = [StillThere, "kind"]
    list_select_related = ["merged_into"]
    search_fields = ["name"]
    change_form_template = "admin/claims/speaker/change_form.html"

    def get_urls(self) -> list[Any]:
        merge = self.admin_site.admin_view(MergeView.as_view(model_admin=self))
        return [path("<int:pk>/merge/", merge, name="claims_speaker_merge"), *super().get_urls()]

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Boxes that complete names offer only speakers who are still there."""
        found, duplicates = super().get_search_results(request, queryset, search_term)
        asked_by_a_box = request.resolver_match and request.resolver_match.url_name == "autocomplete"
        return (found.current() if asked_by_a_box else found), duplicates

    def has_change_permission(self, request: HttpRequest, obj: Speaker | None = None) -> bool:
        """One that was merged is only what its old address leads on from."""
        return not (obj and obj.merged_into_id) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Speaker | None = None) -> bool:
        return not (obj and obj.merged_into_id) and super().has_delete_permission(request, obj)

    @admin.display(description=gettext_lazy("merged into"), empty_value="")
    def merged_to(self, speaker: Speaker) -> str | None:
        return speaker.merged_into and speaker.merged_into.name


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        Speaker.objects.all(),
        widget=AutocompleteSelect(Claim._meta.get_field("speaker"), admin.site),
        label=gettext_lazy("Who it is the same as"),
        help_text=gettext_lazy("This one stays; the other’s address leads on to it."),
    )


class MergeView(FormView):
    """Asks who a speaker is the same as (?into=…), shows what merging them would do, and does it."""

    template_name = "admin/claims/speaker/merge.html"
    form_class = MergeForm
    model_admin: ModelAdmin = None  # type: ignore[assignment]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.speaker = get_object_or_404(Speaker.objects.select_related("merged_into"), pk=kwargs["pk"])
        if not request.user.has_perm(merging.MERGE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form on the address's speaker, until it is confirmed."""
        kwargs = super().get_form_kwargs()
        asked = kwargs.get("data") or (self.request.GET if "into" in self.request.GET else None)
        # Django's box cannot be drawn around what is no number.
        number = asked and asked.get("into", "")
        return kwargs | ({"data": {"into": number if number.isdecimal() else ""}} if asked is not None else {})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or self.get_form()
        into = form.cleaned_data.get("into") if form.is_bound and form.is_valid() else None
        context = self.model_admin.admin_site.each_context(self.request) | {
            "title": _("Merge"),
            "opts": Speaker._meta,
            "original": self.speaker,
            "form": form,
        }
        if into:
            context |= self.foretold(merging.Merger(self.speaker, into))
        else:
            context["doubles"] = counted(merging.likely_doubles(self.speaker))
        return super().get_context_data(**context | kwargs)

    def foretold(self, merger: merging.Merger) -> dict[str, Any]:
        try:
            merger.check(self.request.user)
        except Refused as refusal:
            return {"refusal": str(refusal)}
        moved, voided = merger.moved, merger.voided
        return {
            "merger": merger,
            "pair": [(merger.speaker, claims_of(merger.speaker)), (merger.into, claims_of(merger.into))],
            "moved": moved.count(),
            "dropped": merger.relays_dropped[:SHOWN],
            "voided": voided[:SHOWN],
            "voided_number": voided.count(),
        }

    def form_valid(self, form: MergeForm) -> HttpResponse:
        try:
            into = merging.merge(self.speaker, form.cleaned_data["into"], by=self.request.user)
        except Refused as refusal:
            return self.render_to_response(self.get_context_data(form=form, refusal=str(refusal)), status=409)
        self.model_admin.log_change(self.request, self.speaker, _("Merged into %s.") % into.name)
        self.model_admin.log_change(self.request, into, _("Took in %s.") % self.speaker.name)
        said = _("“%(old)s” is merged into this one, and its address leads here.") % {"old": self.speaker.name}
        messages.success(self.request, said)
        return redirect(reverse("admin:claims_speaker_change", args=[into.pk]))


def counted(speakers: QuerySet) -> QuerySet:
    return speakers.annotate(number=Count("claims", distinct=True))


def claims_of(speaker: Speaker) -> int:
    return Claim.objects.filter(speaker=speaker).count()
