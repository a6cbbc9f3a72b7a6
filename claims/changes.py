"""What the history's copies of rows say was changed: which field, from what, to what."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.models import User
from django.db import models
from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from claims.models import Claim
from claims.presentation.dates import partial_date
from sources import dates

# The columns that people write, by model, and what each is called. All others are the machinery's own.
COLUMNS: dict[str, dict[str, Promise]] = {
    "Claim": {
        "article": gettext_lazy("article"),
        "quote": gettext_lazy("quote"),
        "anchor": gettext_lazy("place of the quote"),
        "form": gettext_lazy("form"),
        "wording": gettext_lazy("wording"),
        "checkability": gettext_lazy("checkability"),
        "speaker": gettext_lazy("speaker"),
        "speaker_unknown": gettext_lazy("mark that the speaker is unknown"),
        "position": gettext_lazy("speaker’s position"),
        "relays": gettext_lazy("one whose words are passed on"),
        "stated_on": gettext_lazy("date"),
        "stated_on_note": gettext_lazy("note on the date"),
        "occasion": gettext_lazy("occasion"),
        "assignee": gettext_lazy("assignee"),
        "due_on": gettext_lazy("due date"),
    },
    "Assessment": {
        "rating": gettext_lazy("rating"),
        "summary": gettext_lazy("summary"),
        "explanation": gettext_lazy("explanation"),
        "needed": gettext_lazy("note on what is still needed"),
        "one_source_reason": gettext_lazy("reason why one source is enough"),
        "notes": gettext_lazy("desk’s notes"),
    },
    "Evidence": {
        "source": gettext_lazy("source"),
        "stance": gettext_lazy("stance"),
        "finding": gettext_lazy("finding"),
        "locator": gettext_lazy("place in the source"),
        "rank": gettext_lazy("order"),
    },
    "Contact": {
        "kind": gettext_lazy("kind"),
        "party": gettext_lazy("name"),
        "on": gettext_lazy("date"),
        "summary": gettext_lazy("record of what was said"),
        "outcome": gettext_lazy("outcome"),
        "public": gettext_lazy("mark that it is public"),
    },
    "Note": {"text": gettext_lazy("note")},
    # Its text is told of elsewhere (claims.article_story): it may be long.
    "Article": {
        "title": gettext_lazy("title"),
        "title_note": gettext_lazy("note on the title"),
        "outlet": gettext_lazy("outlet"),
        "url": gettext_lazy("address"),
        "byline": gettext_lazy("byline"),
        "published_on": gettext_lazy("date"),
        "published_on_note": gettext_lazy("note on the date"),
        "language": gettext_lazy("language"),
        "limits": gettext_lazy("note on what was not looked at"),
    },
}
# What a claim's document is made of.
PUBLISHED = ("Claim", "Assessment", "Evidence", "Contact")


@dataclass(frozen=True)
class FieldChange:
    """One column of one row: what it was called and said before and after."""

    name: str
    label: str
    before: str
    after: str


@dataclass
class Names:
    """What the rows are called that events refer to, looked up all at once."""

    known: dict[type[models.Model], dict[int, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, events: Iterable[models.Model], *, users: Iterable[int | None] = ()) -> "Names":
        wanted: dict[type[models.Model], set[int | None]] = defaultdict(set)
        wanted[User].update(users)
        for event in events:
            for reference in _references(event):
                wanted[reference.related_model].add(getattr(event, reference.attname))
        found = {model: model._default_manager.in_bulk(ids - {None}) for model, ids in wanted.items()}
        return cls(found)

    def name(self, model: type[models.Model], pk: int | None) -> str:
        if pk is None:
            return ""
        row = self.known.get(model, {}).get(pk)
        if row is None:
            return _("one that is not there any more (number %(number)d)") % {"number": pk}
        return row.get_full_name() or row.get_username() if isinstance(row, User) else str(row)


def events(noun: str, key: int) -> models.QuerySet:
    """The copies of an article, or of a claim's rows of one model, oldest first, with who and why."""
    model = apps.get_model("claims", f"{noun}Event")
    own = {"pgh_obj": key} if noun in ("Article", "Claim") else {"claim": key}
    return model.objects.filter(**own).select_related("pgh_context").order_by("pgh_id")


def between(before: models.Model | None, after: models.Model, names: Names) -> Iterator[FieldChange]:
    """The columns that differ in two copies of one row; all that say something, if there is none before."""
    noun = _noun(after)
    for name, label in COLUMNS[noun].items():
        was, becomes = (_told(copy, name, names) if copy else "" for copy in (before, after))
        if was != becomes and not (before is None and _is_default(after, name)):
            yield FieldChange(name, str(label), was, becomes)


def since(claim: Claim) -> list[str]:
    """What was changed of a claim, and of what it refers to, after it was last submitted, in words."""
    own = events("Claim", claim.pk)
    steps = [event for event in own if event.pgh_context and event.pgh_context.metadata.get("step") == "submit"]
    if not steps:
        return []
    moment = steps[-1].pgh_created_at
    told = [label for noun in PUBLISHED for label in _changed_rows(noun, claim, moment)]
    if events("ClaimTopic", claim.pk).filter(pgh_created_at__gt=moment).exists():
        told.append(_("topics"))
    return list(dict.fromkeys([*told, *_changed_references(claim, moment)]))


def _changed_rows(noun: str, claim: Claim, moment: datetime) -> Iterator[str]:
    copies = list(events(noun, claim.pk))
    names = Names.of(copies)
    before: dict[int, models.Model] = {}
    for copy in copies:
        if copy.pgh_created_at > moment:
            if noun in ("Evidence", "Contact"):
                yield _("evidence") if noun == "Evidence" else _("contacts")
            else:
                yield from (change.label for change in between(before.get(copy.pgh_obj_id), copy, names))
        before[copy.pgh_obj_id] = copy


def _changed_references(claim: Claim, moment: datetime) -> Iterator[str]:
    """The article, people and sources that a claim names, if their own rows were changed."""
    sources = [piece.source for piece in claim.evidence.all()]
    rating = getattr(getattr(claim, "assessment", None), "rating", None)
    publishers = [claim.article.outlet, *(source.publisher for source in sources)]
    rows = [claim.article, claim.speaker, claim.relays, rating, *sources, *publishers, *claim.topics.all()]
    by_model: dict[type[models.Model], dict[int, models.Model]] = defaultdict(dict)
    for row in rows:
        if row is not None:
            by_model[type(row)][row.pk] = row
    for model, found in by_model.items():
        history = apps.get_model(model._meta.app_label, f"{model._meta.object_name}Event").objects
        changed = history.filter(pgh_obj__in=found, pgh_created_at__gt=moment, pgh_label="update")
        for pk in sorted(set(changed.values_list("pgh_obj", flat=True))):
            yield _("%(noun)s “%(name)s”") % {"noun": model._meta.verbose_name, "name": found[pk]}


def _noun(copy: models.Model) -> str:
    """What model a copy is of."""
    return str(copy._meta.object_name).removesuffix("Event")


def _references(event: models.Model) -> list[models.ForeignKey]:
    """The columns told of that refer to other rows."""
    columns: Iterable[str] = COLUMNS.get(_noun(event), {"topic": ""})
    found = [event._meta.get_field(name) for name in columns]
    return [reference for reference in found if isinstance(reference, models.ForeignKey)]


def _is_default(copy: models.Model, name: str) -> bool:
    """Whether a new row's column says only what every new row does."""
    default: Any = copy._meta.get_field(name)
    return default.has_default() and getattr(copy, name) == default.get_default()


def _told(copy: Any, name: str, names: Names) -> str:
    """A column of a copy, as words."""
    column = copy._meta.get_field(name)
    value = getattr(copy, column.attname)
    if column.is_relation:
        return names.name(column.related_model, value)
    if hasattr(copy, f"{name}_precision"):
        return partial_date(dates.iso(value, getattr(copy, f"{name}_precision")) or "")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return dateformat.format(value, pgettext("date format", "j F Y"))
    return str(dict(column.flatchoices).get(value, value) if value is not None else "")
