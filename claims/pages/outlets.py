from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.pages.subject import SubjectList, SubjectView
from claims.presentation import addresses
from claims.querysets import public_outlets


class OutletListView(SubjectList):
    title = gettext_lazy("Outlets")
    description = gettext_lazy("Those whose articles are looked at here.")
    facet = "outlet"

    def get_queryset(self) -> QuerySet:
        return public_outlets()

    def address_of(self, thing: Any) -> str:
        return addresses.outlet(thing.pk, thing.name)


class OutletView(SubjectView):
    """What the articles of an outlet say, whoever is quoted in them."""

    template_name = "claims/outlet.html"
    parameter = "outlet"
    absent = gettext_lazy("There is no outlet of published claims at this address.")

    def get_subjects(self) -> QuerySet:
        return public_outlets().filter(pk=self.kwargs["pk"])

    def get_spelling(self) -> str:
        return addresses.outlet(self.subject.pk, self.subject.name)

    def get_title(self) -> str:
        return self.subject.name

    def get_description(self) -> str:
        return _("Statements in articles of %(outlet)s that were checked, with their verdicts.") % {
            "outlet": self.subject.name
        }
