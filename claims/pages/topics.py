from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models.topic import Topic
from claims.pages.subject import SubjectList, SubjectView
from claims.presentation import addresses


class TopicListView(SubjectList):
    title = gettext_lazy("Topics")
    description = gettext_lazy("What the checked statements are about.")
    facet, key = "topic", "slug"
    data = "api:topic-list"

    def get_queryset(self) -> QuerySet:
        return Topic.objects.public()

    def address_of(self, thing: Topic) -> str:
        return addresses.topic(thing.slug)


class TopicView(SubjectView):
    """What was said about a topic."""

    template_name = "claims/topic.html"
    key, parameter = "slug", "topic"
    absent = gettext_lazy("There is no topic of published claims at this address.")

    def get_subjects(self) -> QuerySet:
        return Topic.objects.public().filter(slug=self.kwargs["slug"])

    @property
    def known_by(self) -> list[str]:
        return [self.subject.slug]

    def get_spelling(self) -> str:
        return addresses.topic(self.subject.slug)

    def get_title(self) -> str:
        return self.subject.name

    def get_description(self) -> str:
        return _("Statements about %(topic)s that were checked, with their verdicts.") % {"topic": self.subject.name}
