from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from sources import files
from sources.forms import PartialDatesForm
from sources.meanwhile import MeanwhileAdmin, MeanwhileForm, UploadField
from sources.models import Publisher, Source
from sources.paging import LongList


class SourceForm(MeanwhileForm, PartialDatesForm):
    """A source's own columns, and a file for a document that has no address."""

    partial_dates = ("published_on",)
    upload = UploadField(
        required=False,
        label=_("File"),
        help_text=_("For a document that has no address: PDF, picture, office document or text, up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(files.EXTENSIONS)}),
    )

    class Meta:
        model = Source
        fields = ["title", "url", "publisher", "kind", "published_on", "published_on_note", "access"]
        fields += ["independence", "independence_note", "abstract"]

    def __init__(self, *args: Any, instance: Source | None = None, initial: Any = None, **kwargs: Any) -> None:
        kept = {"upload": instance.file.name or ""} if instance else {}
        super().__init__(*args, instance=instance, initial=kept | (initial or {}), **kwargs)

    def told(self, name: str) -> str:
        return self.instance.file_name if name == "upload" else super().told(name)

    def clean_upload(self) -> UploadedFile | None:
        upload = self.cleaned_data["upload"]
        if upload:
            files.check(upload)
        return upload

    @property
    def columns(self) -> Iterator[str]:
        yield from super().columns
        if self.cleaned_data["upload"]:
            yield from ("file", "file_name")

    def _post_clean(self) -> None:
        if upload := self.cleaned_data.get("upload"):
            self.instance.file, self.instance.file_name = upload, files.shown_name(upload.name)
        super()._post_clean()  # type: ignore[misc]


@admin.register(Publisher)
class PublisherAdmin(MeanwhileAdmin, LongList):
    list_display = ["name", "url"]
    search_fields = ["name"]


@admin.register(Source)
class SourceAdmin(MeanwhileAdmin, LongList):
    form = SourceForm
    list_display = ["title", "publisher", "kind", "published", "claims_using_it", "file_link"]
    list_filter = ["kind", "independence", "access"]
    list_select_related = ["publisher"]
    search_fields = ["title", "url", "publisher__name"]
    search_help_text = _("Words of the title, the publisher’s name, or the address, however it is spelt.")
    autocomplete_fields = ["publisher"]
    readonly_fields = ["file_link"]
    fieldsets = [
        (None, {"fields": ["title", "url", "file_link", "upload", "publisher", "kind"]}),
        (_("Date"), {"fields": ["published_on", "published_on_note"]}),
        (_("What it is worth"), {"fields": ["access", "independence", "independence_note", "abstract"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Source]:
        uses = Source.objects.filter(pk=OuterRef("pk")).order_by().annotate(n=Count("evidence__claim", distinct=True))
        return super().get_queryset(request).annotate(number_of_claims=Subquery(uses.values("n")))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Source], search_term: str
    ) -> tuple[QuerySet[Source], bool]:
        """Those with the words, and the one at the address that was searched for."""
        found, _may_double = super().get_search_results(request, queryset, search_term)
        at_address = Source.objects.at(search_term.strip()).values("pk")
        return queryset.filter(Q(pk__in=found.values("pk")) | Q(pk__in=at_address)), False

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.file_view)
        return [path("<int:pk>/file/", view, name="sources_source_file"), *super().get_urls()]

    def file_view(self, request: HttpRequest, pk: int) -> FileResponse:
        """The document's file, to be kept and not shown: what is in it is somebody else's."""
        source = get_object_or_404(Source, pk=pk)
        if not self.has_view_permission(request, source):
            raise PermissionDenied
        if not (source.file.name and source.file.storage.exists(source.file.name)):
            raise Http404
        response = FileResponse(source.file.open(), as_attachment=True, filename=source.file_name)
        response["Content-Type"] = "application/octet-stream"
        response["X-Content-Type-Options"] = "nosniff"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox"
        response["Cache-Control"] = "private, no-store"
        return response

    @admin.display(description=_("claims"), ordering="number_of_claims")
    def claims_using_it(self, source: Source) -> int:
        return source.number_of_claims  # type: ignore[attr-defined]

    @admin.display(description=_("file"))
    def file_link(self, source: Source) -> SafeString | str:
        if not source.file:
            return "–"
        address = reverse("admin:sources_source_file", args=[source.pk])
        return format_html('<a href="{}" dir="auto">{}</a>', address, source.file_name)
