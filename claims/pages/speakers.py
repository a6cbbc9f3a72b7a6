from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Paginator
from django.db.models import F, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import ListView

from claims.models.speaker import Speaker
from claims.pages.page import Page, SluggedPage
from claims.pages.record_list import RecordList
from claims.pages.tally import Tally, counted, tally
from claims.presentation.records import documents_of, public_claims


class SpeakerListView(Page, ListView):
    template_name = "claims/speaker_list.html"
    title = gettext_lazy("Speakers")
    description = gettext_lazy("The people and organisations whose statements are checked here.")
    paginate_by = 50
    context_object_name = "speakers"

    def get_queryset(self) -> QuerySet:
        made, relayed = public_claims().made_by(OuterRef("pk")), public_claims().relaying(OuterRef("pk"))
        return Speaker.objects.public().annotate(made=_number_of(made), relayed=_number_of(relayed))


class SpeakerView(SluggedPage, RecordList):
    """What a speaker said, or passed on through others; one merged into another is found at that one's address."""

    template_name = "claims/speaker.html"
    subject: Speaker

    def get_subject(self) -> Speaker:
        counts = ArraySubquery(counted(public_claims().involving(OuterRef("pk"))))
        for speaker in Speaker.objects.public().one_with(self.kwargs["pk"]).annotate(counts=counts):
            return speaker
        raise Http404(_("There is no speaker with published claims at this address."))

    def get_spelling(self) -> str:
        return self.subject.get_absolute_url()

    def get_title(self) -> str:
        return self.subject.name

    def get_description(self) -> str:
        return _("The statements of %(speaker)s that were checked, with their verdicts.") % {
            "speaker": self.subject.name
        }

    @cached_property
    def tally(self) -> Tally:
        return tally(self.request, self.subject.counts)

    def get_queryset(self) -> QuerySet:
        return documents_of(public_claims().involving(self.subject.pk).newest_first())

    def get_paginator(self, *args: Any, **kwargs: Any) -> Paginator:
        paginator = super().get_paginator(*args, **kwargs)
        paginator.count = self.tally.total  # which spares a query
        return paginator

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(speaker=self.subject, tally=self.tally, **kwargs)


def _number_of(claims: QuerySet) -> Subquery:
    counted = claims.order_by().annotate(number=Func(F("pk"), function="count", output_field=IntegerField()))
    return Subquery(counted.values("number"))
