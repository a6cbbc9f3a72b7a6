from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.pages.subject import SubjectList, SubjectView
from claims.presentation import addresses
from claims.querysets import public_sources


class SourceListView(SubjectList):
    template_name = "claims/source_list.html"
    title = gettext_lazy("Sources")
    description = gettext_lazy("The documents that verdicts lean on, for a claim or against it.")
    facet = "source"
    data = "api:source-list"

    def get_queryset(self) -> QuerySet:
        return public_sources().select_related("publisher")

    def address_of(self, thing: Any) -> str:
        return addresses.source(thing.pk, thing.title)


class SourceView(SubjectView):
    """A source, and every verdict that leans on it."""

    template_name = "claims/source.html"
    parameter = "source"
    absent = gettext_lazy("There is no source of published claims at this address.")

    def get_subjects(self) -> QuerySet:
        return public_sources().select_related("publisher").filter(pk=self.kwargs["pk"])

    def get_spelling(self) -> str:
        return addresses.source(self.subject.pk, self.subject.title)

    def get_title(self) -> str:
        return self.subject.title

    def get_description(self) -> str:
        return _("The verdicts that lean on “%(source)s”.") % {"source": self.subject.title}
