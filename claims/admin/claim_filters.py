"""What the list of claims is narrowed down by. None looks at all claims to know what there is to choose."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims import desk, people
from claims.admin.many import name_of
from claims.enums import INTACT, Anchor, Checkability, WorkflowStatus
from claims.models import Assessment, Rating, Speaker, Topic
from sources import dates
from sources.models import Publisher

AT_MOST = 200
Choice = tuple[str, str | Promise]


class Filter(admin.ListFilter):
    """One box of the list's form. ``names`` are what it is called in the address; an empty one filters nothing."""

    template = "admin/claims/claim/filter.html"
    names: tuple[str, ...] = ()
    labels: tuple[str | Promise, ...] = ()
    help_text: str | Promise = ""

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: type[Model], model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        self.user = request.user
        for name in self.names:
            value = params.pop(name, [""])[-1].replace("\0", "").strip()
            if value:
                self.used_parameters[name] = value

    def has_output(self) -> bool:
        return True

    def expected_parameters(self) -> list[str]:
        return list(self.names)

    @property
    def value(self) -> str:
        return self.used_parameters.get(self.names[0], "")

    def queryset(self, request: HttpRequest, claims: QuerySet) -> QuerySet:
        return self.narrow(claims, self.value) if self.value else claims

    def narrow(self, claims: QuerySet, value: str) -> QuerySet:
        raise NotImplementedError

    def choices(self, changelist: ChangeList) -> Iterator[dict[str, Any]]:
        """What the template shows: one for each box."""
        options = self.options()
        for name, label in zip(self.names, self.labels or (self.title,), strict=True):
            yield {"name": name, "label": label, "value": self.used_parameters.get(name, ""), "options": options}

    def options(self) -> list[Choice]:
        """What there is to choose from; nothing means that it is typed."""
        return []


class ChoiceFilter(Filter):
    """One of several; anything else in the address is refused."""

    def queryset(self, request: HttpRequest, claims: QuerySet) -> QuerySet:
        if self.value and self.value not in (value for value, _label in self.options()):
            raise IncorrectLookupParameters
        return super().queryset(request, claims)


class DeskFilter(ChoiceFilter):
    title = _("list of my desk")
    names = ("desk",)

    def options(self) -> list[Choice]:
        return [(key, pile.title) for key, pile in desk.PILES.items() if self.user.has_perm(pile.permission)]

    def narrow(self, claims: QuerySet, value: str) -> QuerySet:
        return desk.PILES[value].claims(claims, self.user, timezone.localdate())  # type: ignore[arg-type]


class StatusFilter(ChoiceFilter):
    title = _("status")
    names = ("status",)

    def options(self) -> list[Choice]:
        return [("ongoing", _("ongoing")), *WorkflowStatus.choices]

    def narrow(self, claims: QuerySet, value: str) -> QuerySet:
        return claims.ongoing() if value == "ongoing" else claims.filter(workflow_status=value)


class AssigneeFilter(ChoiceFilter):
    title = _("assigned to")
    names = ("assignee",)

    def options(self) -> list[Choice]:
        if not hasattr(self, "others"):
            found = people.possible_assignees().exclude(pk=self.user.pk)[:AT_MOST]
            self.others = [(str(person.pk), name_of(person)) for person in found]
        return [("me", _("me")), ("nobody", _("nobody")), *self.others]

    def narrow(self, claims: QuerySet, value: str) -> QuerySet:
        if value == "nobody":
            return claims.filter(assignee=None)
        return claims.filter(assignee=self.user.pk if value == "me" else int(value))


class DueFilter(ChoiceFilter):
    title = _("due")
    names = ("due",)

    def options(self) -> list[Choice]:
        some = [("overdue", _("overdue")), ("today", _("today")), ("week", _("within a week"))]
        return [*some, ("any", _("on some day"))]

    def narrow(self, claims: QuerySet, value: str) -> QuerySet:
        today = timezone.localdate()
        if value == "overdue":
            return claims.overdue(today)
        until = {"today": today, "week": today + timedelta(days=7)}.get(value)
        return claims.filter(due_on__range=(today, until)) if until else claims.filter(due_on__isnull=False)


class RatingFilter(ChoiceFilter):
    title = _("rating")
    names = ("rating",)

    def options(self) -> list[Choice]:
        if not hasattr(self, "scale"):
            self.scale = list(Rating.objects.all())
        return [*((rating.slug, rating.name) for rating in self.scale), ("none", _("none yet"))]

    def narrow(self, claims: QuerySet, value: str) -> QuerySet:
        if value == "none":
            # Asked of one claim after another until there are enough: a join would read every assessment.
            given = Subquery(Assessment.objects.filter(claim=OuterRef("pk")).values("rating"))
            return claims.alias(given=given).filter(given=None)
        # By its key, of which PostgreSQL knows how common it is.
        return claims.filter(assessment__rating=next(one.pk for one in self.scale if one.slug == value))


class AnchorFilter(ChoiceFilter):
    title = _("place in the article")
    names = ("anchor",)

    def options(self) -> list[Choice]:
        return [("adrift", _("changed or lost")), *Anchor.choices]

    def narrow(self, claims: QuerySet, value: str) -> QuerySet:
        if value == "adrift":
            return claims.adrift()
        # Said twice, so that the index of what is adrift serves for changed and lost.
        found = claims.filter(anchor=value)
        return found if value in INTACT else found.exclude(anchor__in=INTACT)


class CheckabilityFilter(ChoiceFilter):
    title = _("checkability")
    names = ("checkability",)

    def options(self) -> list[Choice]:
        return list(Checkability.choices)

    def narrow(self, claims: QuerySet, value: str) -> QuerySet:
        return claims.filter(checkability=value)


class NameFilter(Filter):
    """A part of a name. Who or what has it is looked up first: PostgreSQL then knows how many claims are theirs."""

    help_text = _("A part of the name")
    model: type[Model]

    def queryset(self, request: HttpRequest, claims: QuerySet) -> QuerySet:
        if not self.value:
            return claims
        named = self.model._default_manager.filter(name__icontains=self.value).order_by("pk")
        keys = list(named.values_list("pk", flat=True)[: AT_MOST + 1])
        if len(keys) > AT_MOST:
            said = _("More than %(number)d names have “%(words)s” in them: the first of these are looked for.")
            messages.warning(request, said % {"number": AT_MOST, "words": self.value})
        return self.of(claims, keys[:AT_MOST])

    def of(self, claims: QuerySet, keys: list[int]) -> QuerySet:
        raise NotImplementedError


class SpeakerFilter(NameFilter):
    title = _("speaker")
    names = ("speaker",)
    model = Speaker

    def of(self, claims: QuerySet, keys: list[int]) -> QuerySet:
        return claims.filter(Q(speaker__in=keys) | Q(relays__in=keys))


class OutletFilter(NameFilter):
    title = _("outlet")
    names = ("outlet",)
    model = Publisher

    def of(self, claims: QuerySet, keys: list[int]) -> QuerySet:
        return claims.filter(article__outlet__in=keys)


class TopicFilter(NameFilter):
    title = _("topic")
    names = ("topic",)
    model = Topic

    def of(self, claims: QuerySet, keys: list[int]) -> QuerySet:
        given = claims.model.topics.through.objects.filter(claim=OuterRef("pk"), topic__in=keys)
        return claims.filter(Exists(given))


class StatedFilter(Filter):
    """A day, month or year on either side: from the first day of it, until its last."""

    title = _("stated")
    names = ("stated_from", "stated_until")
    labels = (_("stated from"), _("stated until"))
    help_text = _("A day, month or year: 2022-07-12, 2022-07 or 2022")

    def queryset(self, request: HttpRequest, claims: QuerySet) -> QuerySet:
        for name, value in self.used_parameters.items():
            try:
                day, precision = dates.parse(value)
            except ValueError as error:
                messages.error(request, str(error))
                return claims.none()
            if name == "stated_from":
                claims = claims.filter(stated_on__gte=day)
            else:
                claims = claims.filter(stated_on__lte=dates.last_day(day, precision))
        return claims
