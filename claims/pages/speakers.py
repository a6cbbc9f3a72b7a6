from typing import Any

from django.db.models import F, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from claims.models.speaker import Speaker
from claims.pages.page import PagedPage
from claims.pages.subject import SubjectView
from claims.presentation.kept import kept
from claims.presentation.records import public_claims


class SpeakerListView(PagedPage, ListView):
    template_name = "claims/speaker_list.html"
    title = gettext_lazy("Speakers")
    description = gettext_lazy("The people and organisations whose statements are checked here.")
    paginate_by = 50
    context_object_name = "speakers"
    data = "api:speaker-list"

    def get_queryset(self) -> QuerySet:
        made, relayed = public_claims().made_by(OuterRef("pk")), public_claims().relaying(OuterRef("pk"))
        return Speaker.objects.public().annotate(made=_number_of(made), relayed=_number_of(relayed))


class SpeakerView(SubjectView):
    """What a speaker said, or passed on through others; one merged into another is found at that one's address."""

    template_name = "claims/speaker.html"
    parameter = "speaker"
    absent = gettext_lazy("There is no speaker with published claims at this address.")

    def get_subjects(self) -> QuerySet:
        return Speaker.objects.public().one_with(self.kwargs["pk"])

    def get_spelling(self) -> str:
        return self.subject.get_absolute_url()

    def get_title(self) -> str:
        return self.subject.name

    def get_description(self) -> str:
        return _("The statements of %(speaker)s that were checked, with their verdicts.") % {
            "speaker": self.subject.name
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        passed_on = kept(self.request, f"passed-on-{self.subject.pk}", self.relayed().count)
        return super().get_context_data(passed_on=passed_on, **kwargs)

    def relayed(self) -> QuerySet:
        return public_claims().relaying(self.subject.pk)


def _number_of(claims: QuerySet) -> Subquery:
    counted = claims.order_by().annotate(number=Func(F("pk"), function="count", output_field=IntegerField()))
    return Subquery(counted.values("number"))
