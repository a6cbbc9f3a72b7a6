"""What somebody typed on a page that is not as it was when they opened it, beside what is saved now."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import changes
from claims.admin import typed
from claims.admin.typed import Page, Row
from claims.differences import Difference, words
from claims.models import Assessment, Claim, Evidence
from sources.models import Source

MODELS = {"claim": Claim, "assessment": Assessment, "evidence": Evidence, "new": Evidence}
NOUNS = {"claim": "Claim", "assessment": "Assessment", "evidence": "Evidence", "new": "Evidence"}
OTHER_LABELS = {
    "topics": gettext_lazy("topics"),
    "address": gettext_lazy("address of the source"),
    "DELETE": gettext_lazy("to be removed"),
    "new-publisher_name": gettext_lazy("publisher of the new source"),
    typed.UPLOAD: gettext_lazy("file of the new source"),
}


@dataclass
class Side:
    """One box in which what was typed and what is saved differ, or which was changed meanwhile."""

    label: str
    yours: str
    saved: str
    who: str = ""
    when: Any = None
    by: int | None = None

    @property
    def runs(self) -> list[Difference]:
        """From what is saved now to what was typed; none where one of the two is empty."""
        return words(self.saved, self.yours) if self.saved and self.yours else []

    @property
    def back(self) -> list[Difference]:
        return words(self.yours, self.saved)


@dataclass
class Reconciled:
    """``data`` fills the form; ``differing`` is what saving that would change, ``taken`` what was changed meanwhile."""

    data: QueryDict
    differing: list[Side]
    taken: list[Side]
    status: str

    def is_saved(self, *, by: User) -> bool:
        """Whether all of it is saved already, and ``by`` alone changed the claim: the same was sent twice."""
        return bool(self.taken) and not self.differing and all(side.by == by.pk for side in self.taken)


def reconcile(claim: Claim, data: QueryDict) -> Reconciled:
    """Bring together what was typed and what is saved now, box by box."""
    base, mine, now = typed.loaded(data.get("opened", "")), typed.posted(data), typed.saved(claim)
    page = typed.merged(base, mine, now)
    told = Told(claim, [base, mine, now])
    differing = [
        told.side(key, name, page[key].get(name, ""), now.get(key, {}).get(name, "")) for key, name in _boxes(page, now)
    ]
    taken = [
        told.side(key, name, base.get(key, {}).get(name, ""), now.get(key, {}).get(name, ""))
        for key, name in _boxes(now, base)
        if base and page.get(key, {}).get(name, "") == now[key].get(name, "")
    ]
    taken += [told.removed(key, row) for key, row in base.items() if key not in now and f"{typed.NEW}{key}" not in page]
    return Reconciled(typed.as_data(page, claim), differing, taken, str(claim.get_workflow_status_display()))


def _boxes(page: Page, other: Page) -> Iterator[tuple[str, str]]:
    """The boxes of one page that say something else on the other, in their order on the page."""
    for key, row in page.items():
        there = other.get(key, {})
        for name, value in row.items():
            says_nothing = key not in other and name in typed.SAYS_NOTHING
            if name != "occurrence" and value != there.get(name, "") and not says_nothing:
                yield key, name


class Told:
    """Boxes in words, and who changed them last."""

    def __init__(self, claim: Claim, pages: list[Page]) -> None:
        self.claim = claim
        self.pages = pages
        self.last = dict(_last_changes(claim))
        numbers = {who for who, _when in self.last.values() if who}
        self.people = {user.pk: user.get_full_name() or user.username for user in User.objects.filter(pk__in=numbers)}

    def side(self, key: str, name: str, yours: str, saved: str) -> Side:
        side = Side(self.label(key, name), self.value(key, name, yours), self.value(key, name, saved))
        who, when = self.last.get((key, name), (None, None))
        side.who, side.when, side.by = self.people.get(who, ""), when, who
        return side

    def removed(self, key: str, row: Row) -> Side:
        side = Side(self.label(key, ""), self.value(key, "finding", row.get("finding", "")), "")
        who, when = self.last.get((key, "removed"), (None, None))
        side.who, side.when, side.by = self.people.get(who, ""), when, who
        return side

    def label(self, key: str, name: str) -> str:
        part = key.partition(" ")[0]
        known = changes.COLUMNS[NOUNS[part]].get(name) or OTHER_LABELS.get(name)
        label = str(known) if known else name.removeprefix("new-").replace("_", " ")
        if part in ("claim", "assessment"):
            return label[:1].upper() + label[1:]
        place = self._title(key)
        return f"{place}: {label}" if label else place

    def _title(self, key: str) -> str:
        """Which piece of evidence: by its source, if that is known."""
        for page in reversed(self.pages):
            if source := self.value(key, "source", page.get(key, {}).get("source", "")):
                return _("Evidence from “%(source)s”") % {"source": source}
        return _("New evidence") if key.startswith(typed.NEW) else _("Evidence")

    def value(self, key: str, name: str, value: str) -> str:
        model: Any = MODELS[key.partition(" ")[0]]
        if name.startswith("new-"):
            model, name = Source, name.removeprefix("new-")
        if name in ("DELETE", "speaker_unknown"):
            return _("yes") if value else _("no")
        column = next((one for one in model._meta.get_fields() if one.name == name), None)
        if column is None or not value:
            return value
        if column.related_model:
            numbers = [int(part) for part in value.split(",") if part.isdecimal() and len(part) < 19]
            return ", ".join(str(row) for row in column.related_model._default_manager.filter(pk__in=numbers))
        return str(dict(column.flatchoices).get(value, value))


def _last_changes(claim: Claim) -> Iterator[tuple[tuple[str, str], tuple[int | None, Any]]]:
    """Who changed each box last, and when: (row, box) and (user, time), oldest first."""
    for noun, part in (("Claim", "claim"), ("Assessment", "assessment"), ("Evidence", "evidence")):
        before: dict[int, Any] = {}
        for event in changes.events(noun, claim.pk):
            row = f"evidence {event.pgh_obj_id}" if part == "evidence" else part
            if event.pgh_label == "delete":
                yield (row, "removed"), _by(event)
            earlier = before.get(event.pgh_obj_id)
            for name in changes.COLUMNS[noun]:
                attname = event._meta.get_field(name).attname
                if earlier is None or getattr(earlier, attname) != getattr(event, attname):
                    yield (row, name), _by(event)
            before[event.pgh_obj_id] = event
    for event in changes.events("ClaimTopic", claim.pk):
        yield ("claim", "topics"), _by(event)


def _by(event: Any) -> tuple[int | None, Any]:
    return (event.pgh_context.metadata if event.pgh_context else {}).get("user"), event.pgh_created_at
