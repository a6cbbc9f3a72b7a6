"""Evidence on the claim's page: a source that is known by its address, or described there and then."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import editing
from claims.models import Evidence
from sources import catalogue, files
from sources.admin import SourceForm
from sources.models import Publisher, Source
from sources.text import normalise_line

# The boxes that nobody fills in but for a source that is not there yet.
DESCRIBING = ("address", *(f"new-{name}" for name in ("title", "publisher_name", "published_on", "independence_note")))


class NewSourceForm(SourceForm):
    """A source described on the claim's page. Its address is asked beside it."""

    publisher_name = forms.CharField(
        max_length=300,
        required=False,
        label=gettext_lazy("Publisher"),
        help_text=gettext_lazy("One that is not there yet is added."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "publishers", "dir": "auto"}),
    )

    class Meta(SourceForm.Meta):
        fields = ["title", "kind", "published_on", "access", "independence", "independence_note"]
        widgets = {
            "title": forms.TextInput(attrs={"dir": "auto"}),
            "independence_note": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        }
        labels = {"published_on": gettext_lazy("Published on")}

    field_order = ["title", "upload", "publisher_name", "published_on", "kind", "access", "independence"]


class SourceSelect(AutocompleteSelect):
    """Asks the database for no source that the form has already."""

    known: Source | None = None

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> list[Any]:
        if self.known is None or value != [str(self.known.pk)]:
            return super().optgroups(name, value, attrs)
        options = [("", "", False), (self.known.pk, str(self.known), True)]
        return [(None, [self.create_option(name, *option, index) for index, option in enumerate(options)], 0)]


class EvidenceForm(forms.ModelForm):
    """Takes a source chosen by its name, by its address in any spelling, or described anew."""

    address = forms.URLField(
        max_length=2000,
        required=False,
        assume_scheme="https",
        label=gettext_lazy("or paste its address"),
        help_text=gettext_lazy("A source that is known is found, however its address is spelt."),
        widget=forms.URLInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )

    class Meta:
        model = Evidence
        fields = ["source", "stance", "finding", "locator", "rank"]
        labels = {
            "source": gettext_lazy("Source"),
            "finding": gettext_lazy("What it says that matters here"),
            "locator": gettext_lazy("Where in the source"),
            "rank": gettext_lazy("Order"),
        }
        widgets = {
            "finding": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
            "locator": forms.TextInput(attrs={"dir": "auto"}),
            "rank": forms.NumberInput(attrs={"min": 0, "max": 9999}),
        }
        help_texts = {"finding": "", "locator": gettext_lazy("Page, paragraph, row.")}

    def __init__(self, *args: Any, by: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        said = self.is_bound and (self.files or any(self.data.get(self.add_prefix(name)) for name in DESCRIBING))
        self.new_source = NewSourceForm(
            self.data if said else None,
            self.files if said else None,
            prefix=f"{self.prefix}-new",
            instance=Source(),
            empty_permitted=True,
            use_required_attribute=False,
        )
        if "source" in self.fields:
            self.fields["source"].required = False
            # A new one is described right here.
            self.fields["source"].widget.can_add_related = False
            self.fields["source"].widget.widget.known = self.instance.source if self.instance.pk else None
        self.to_add: Source | None = None

    def has_changed(self) -> bool:
        """An empty form that only has its place in the order is none."""
        changed = set(self.changed_data) - (set() if self.instance.pk else {"rank"})
        return bool(changed) or self.describes_source()

    def describes_source(self) -> bool:
        return bool({"title", "upload", "publisher_name", "published_on"} & set(self.new_source.changed_data))

    @property
    def lost_file(self) -> str:
        """The name of a file that was chosen on this page, which cannot choose it again."""
        return files.shown_name(self.data.get(self.add_prefix("new-upload"), ""))

    def is_multipart(self) -> bool:
        return True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        address, chosen = cleaned.get("address"), cleaned.get("source")
        if address or self.describes_source():
            self._take(address or "", chosen if "source" in self.changed_data else None)
        elif not chosen and "source" not in self.errors and "address" not in self.errors:
            self.add_error("source", _("Choose a source, paste its address, or describe a new one."))
        return cleaned

    def _take(self, address: str, chosen: Source | None) -> None:
        """Take the source at an address, or the one described; ``chosen`` is the one that was picked by its name."""
        known = Source.objects.at(address).first()
        if chosen and known != chosen:
            message = _("This is not the source that you chose above. Choose one, or describe another, not both.")
            self.add_error("address", message)
        elif known:
            self.cleaned_data["source"] = known
        elif not self.by or not self.by.has_perm("sources.add_source"):
            self.add_error("address", _("There is no source at this address yet, and your role cannot add one."))
        elif not self.new_source.data.get(self.new_source.add_prefix("title"), "").strip():
            message = _("There is no source at this address yet. Give its title, and it is added.")
            self.add_error("address", message if address else _("Give the new source’s title."))
            if "title" not in self.new_source.errors:
                self.new_source.add_error("title", _("Give the new source’s title."))
        else:
            self._describe(address)

    def _describe(self, address: str) -> None:
        self.new_source.instance.url = address
        if self.new_source.is_valid() and self._publisher_may_be_added():
            self.to_add = self.new_source.instance
            self.cleaned_data["source"] = None
        else:
            self.add_error(None, _("Look at what is said of the new source."))

    def _publisher_may_be_added(self) -> bool:
        name = self.new_source.cleaned_data["publisher_name"]
        may = self.by.has_perm("sources.add_publisher")
        if name and not may and not Publisher.objects.filter(name__iexact=name).exists():
            message = _("There is no publisher of this name, and your role cannot add one.")
            self.new_source.add_error("publisher_name", message)
            return False
        return True

    def add_source(self) -> None:
        """Put the source that was described into the catalogue."""
        if self.to_add:
            publisher = self.new_source.cleaned_data["publisher_name"]
            self.instance.source = catalogue.find_or_add(self.to_add, by=self.by, publisher=publisher)


class EvidenceInline(admin.StackedInline):
    model = Evidence
    form = EvidenceForm
    template = "admin/claims/claim/_evidence.html"
    fields = ["source", "address", "stance", "finding", "locator", "rank"]
    autocomplete_fields = ["source"]
    extra = 1
    verbose_name = gettext_lazy("piece of evidence")
    verbose_name_plural = gettext_lazy("Evidence")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Evidence]:
        return super().get_queryset(request).select_related("source")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "source":
            kwargs["widget"] = SourceSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def save(formset: Any, *, by: User) -> None:
    """Write what a form set of evidence changes, through claims.editing; the admin's log reads its three lists."""
    formset.save(commit=False)
    for piece in formset.deleted_objects:
        editing.remove_evidence(piece, by=by)
    for written in formset.forms:
        if written not in formset.deleted_forms:
            written.add_source()
    for piece in [*formset.new_objects, *(piece for piece, _changed in formset.changed_objects)]:
        editing.put_evidence(piece, by=by)


def find_source(request: HttpRequest) -> JsonResponse:
    """The source at an address, however that is spelt (GET ``url``); null if there is none."""
    if not request.user.has_perm("sources.view_source"):
        raise PermissionDenied
    source = Source.objects.at(normalise_line(request.GET.get("url", ""))[:2000]).select_related("publisher").first()
    publisher = source.publisher.name if source and source.publisher else ""
    found = {"id": source.pk, "text": source.title, "publisher": publisher} if source else None
    return JsonResponse({"known": found})


def find_publishers(request: HttpRequest) -> JsonResponse:
    """Up to a dozen names of publishers like the one typed (GET ``q``)."""
    if not request.user.has_perm("sources.view_publisher"):
        raise PermissionDenied
    typed = normalise_line(request.GET.get("q", ""))
    names = Publisher.objects.filter(name__icontains=typed).order_by("name").values_list("name", flat=True)
    return JsonResponse({"names": list(names[:12]) if typed else []})


def urls(model_admin: admin.ModelAdmin) -> list[Any]:
    view = model_admin.admin_site.admin_view
    return [
        path("find-source/", view(find_source), name="claims_claim_find_source"),
        path("find-publishers/", view(find_publishers), name="claims_claim_find_publishers"),
    ]
