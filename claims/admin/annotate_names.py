"""Speakers and topics by their names: typed, offered while they are typed, and added where they are missing."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views import View

from claims import intake
from claims.enums import SpeakerKind
from claims.models import Speaker, Topic
from claims.refusals import Refused
from sources.text import normalise_line

OFFERED = 12
ADD_AS = {
    SpeakerKind.PERSON: gettext_lazy("Create “%(name)s” as a person"),
    SpeakerKind.ORGANIZATION: gettext_lazy("Create “%(name)s” as an organisation"),
    SpeakerKind.OUTLET: gettext_lazy("Create “%(name)s” as a news outlet"),
}
KINDS = [("", pgettext_lazy("speaker not to be added", "do not add them")), *SpeakerKind.choices]


def labels(speakers: Iterable[Speaker]) -> list[tuple[Speaker, str]]:
    """Speakers with what to type for each: the name, and their number where several bear it."""
    speakers = list(speakers)
    bearers = Counter(speaker.name.casefold() for speaker in speakers)
    return [(one, one.name if bearers[one.name.casefold()] == 1 else f"{one.name} (#{one.pk})") for one in speakers]


def speakers_named(name: str) -> list[Speaker]:
    """The current speakers of this very name, whatever its capitals; or the one of that name and number."""
    current = Speaker.objects.current()
    found = list(current.filter(name__iexact=name))
    stem, _sign, number = name.rpartition(" (#")
    if not found and number.endswith(")") and number[:-1].isdecimal():
        return list(current.filter(name__iexact=stem, pk=int(number[:-1]) % 2**63))
    return found


class SpeakerField(forms.CharField):
    """A speaker by name. Cleans to the speaker, to None, or to a name that nobody has."""

    def clean(self, value: Any) -> Speaker | str | None:
        name = normalise_line(super().clean(value))
        found = speakers_named(name) if name else []
        if len(found) > 1:
            names = _(" or ").join(_("“%s”") % label for _speaker, label in labels(found))
            raise ValidationError(_("Several speakers have this name: write %(names)s.") % {"names": names})
        return found[0] if found else name or None


class TopicsField(forms.CharField):
    """Topics by name, one on each line. Cleans to the topics, and names that no topic has."""

    def clean(self, value: Any) -> list[Topic | str]:
        lines = normalise_lines(super().clean(value))
        known = {topic.name.casefold(): topic for topic in Topic.objects.filter(name__in=lines)}
        for line in lines:
            if line.casefold() not in known and (topic := Topic.objects.filter(name__iexact=line).first()):
                known[line.casefold()] = topic
        named = {line.casefold(): known.get(line.casefold(), line) for line in lines}
        return list(named.values())


def normalise_lines(text: str) -> list[str]:
    return [name for line in text.splitlines() if (name := normalise_line(line))]


class NamesView(View):
    """Offers names like the one typed, and says what can be made of it (GET); adds it (POST)."""

    model: ClassVar[type[Speaker] | type[Topic]]
    noun: ClassVar[str]
    model_admin: Any = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (self.model_admin.has_view_permission(request) and request.user.has_perm(f"claims.view_{self.noun}")):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> JsonResponse:
        name = normalise_line(request.GET.get("q", ""))
        offers = self.offers(self.like(name)) if name else []
        may_add = name and request.user.has_perm(f"claims.add_{self.noun}") and not self.is_known(name)
        return JsonResponse({"offers": offers, "create": self.creations(name) if may_add else []})

    def post(self, request: HttpRequest) -> JsonResponse:
        try:
            added = self.add(request.POST.get("name", ""), request.POST.get("kind", ""))
        except Refused as refusal:
            return JsonResponse({"error": str(refusal)}, status=403)
        except ValidationError as error:
            return JsonResponse({"error": " ".join(error.messages)}, status=400)
        said = _("“%(name)s” is there now.") % {"name": added.name}
        return JsonResponse({"text": added.name, "said": said}, status=201)

    def known(self) -> QuerySet:
        return self.model.objects.all()

    def like(self, name: str) -> list[Any]:
        """Those whose names begin with what was typed, then those that have it anywhere."""
        known = self.known()
        first = list(known.filter(name__istartswith=name)[:OFFERED])
        seen = [one.pk for one in first]
        rest = known.filter(name__icontains=name).exclude(pk__in=seen)[: OFFERED - len(first)]
        return first + list(rest)

    def is_known(self, name: str) -> bool:
        return self.known().filter(name__iexact=name).exists()

    def offers(self, found: list[Any]) -> list[dict[str, str]]:
        return [{"text": one.name, "detail": ""} for one in found]

    def creations(self, name: str) -> list[dict[str, str]]:
        return [{"kind": "", "text": _("Create “%(name)s”") % {"name": name}}]

    def add(self, name: str, kind: str) -> Speaker | Topic:
        raise NotImplementedError


class SpeakerNamesView(NamesView):
    model = Speaker
    noun = "speaker"

    def known(self) -> QuerySet:
        return Speaker.objects.current()

    def offers(self, found: list[Speaker]) -> list[dict[str, str]]:
        return [{"text": label, "detail": str(one.get_kind_display())} for one, label in labels(found)]

    def creations(self, name: str) -> list[dict[str, str]]:
        return [{"kind": kind, "text": str(text) % {"name": name}} for kind, text in ADD_AS.items()]

    def add(self, name: str, kind: str) -> Speaker:
        return intake.add_speaker(name, kind, by=self.request.user)


class TopicNamesView(NamesView):
    model = Topic
    noun = "topic"

    def add(self, name: str, kind: str) -> Topic:
        return intake.add_topic(name, by=self.request.user)
