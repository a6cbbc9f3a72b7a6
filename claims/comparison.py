"""The document that would be published beside the one that was, field by field and piece by piece."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Choices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from claims import differences
from claims.differences import Difference
from claims.document import ENVELOPE
from claims.enums import Checkability, ContactKind, Form, Outcome, SpeakerKind, Stance, VerificationStatus
from claims.presentation.dates import partial_date
from sources.models import Access, Independence, Kind

Json = dict[str, Any]

SAME, CHANGED, ADDED, REMOVED = "same", "changed", "added", "removed"

# What each value of a document is called, in the order of reading. What is not named here is shown under its own name,
# so that nothing of what is approved goes unread.
LABELS: dict[str, Promise] = {
    "verification_status": _("Verification status"),
    "claim": _("Claim"),
    "quote.exact": _("Quote"),
    "quote.prefix": _("Words before the quote"),
    "quote.suffix": _("Words after the quote"),
    "quote.start": _("The quote’s first character in the article"),
    "quote.end": _("The quote’s end in the article"),
    "quote.form": _("Form"),
    "article.title": _("Article"),
    "article.url": _("The article’s address"),
    "article.outlet.name": _("Outlet"),
    "article.published_on": _("The article’s date"),
    "article.language": _("The article’s language"),
    "article.id": _("The article’s number"),
    "article.outlet.id": _("The outlet’s number"),
    "speaker.name": _("Speaker"),
    "speaker.position": _("Position"),
    "speaker.kind": _("Kind of speaker"),
    "speaker.same_as": _("Who the speaker is"),
    "speaker.note": _("About the speaker"),
    "speaker.id": _("The speaker’s number"),
    "relays.name": _("Passing on the words of"),
    "relays.position": _("Their position"),
    "relays.kind": _("Their kind"),
    "relays.same_as": _("Who they are"),
    "relays.note": _("About them"),
    "relays.id": _("Their number"),
    "stated_on": _("Stated on"),
    "stated_on_note": _("Where the date comes from"),
    "occasion": _("Occasion"),
    "checkability": _("Checkability"),
    "topics": _("Topics"),
    "topics.slug": _("The topics’ short names"),
    "rating.name": _("Rating"),
    "rating.value": _("The rating’s value"),
    "rating.best": _("The scale’s highest value"),
    "rating.worst": _("The scale’s lowest value"),
    "rating.slug": _("The rating’s short name"),
    "summary": _("Summary"),
    "explanation": _("Explanation"),
    "needed": _("What is still needed"),
    "finding": _("Finding"),
    "locator": _("Where in the source"),
    "source.title": _("Source"),
    "source.url": _("Address"),
    "source.publisher": _("Publisher"),
    "source.kind": _("Kind"),
    "source.published_on": _("Date"),
    "source.published_on_note": _("Where its date comes from"),
    "source.access": _("Access"),
    "source.independence": _("How it stands to the claim"),
    "source.independence_note": _("About that"),
    "summary_of_contact": _("What was said"),
    "outcome": _("What came of it"),
}
# Of these it matters only that they are other than before, where what says so to people is the same.
QUIET = {
    "quote.start": "quote.exact",
    "quote.end": "quote.exact",
    "article.id": "article.title",
    "article.outlet.id": "article.outlet.name",
    "speaker.id": "speaker.name",
    "relays.id": "relays.name",
    "topics.slug": "topics",
    "rating.slug": "rating.name",
    "rating.value": "rating.name",
    "rating.best": "rating.name",
    "rating.worst": "rating.name",
    "source.id": "source.title",
}
# Said to be missing where there is none.
EXPECTED = {
    "speaker.name": _("unknown"),
    "stated_on": _("not known"),
    "rating.name": _("none"),
    "summary": _("none"),
    "explanation": _("none"),
}
WORDS: dict[str, type[Choices]] = {
    "verification_status": VerificationStatus,
    "quote.form": Form,
    "speaker.kind": SpeakerKind,
    "relays.kind": SpeakerKind,
    "checkability": Checkability,
    "stance": Stance,
    "source.kind": Kind,
    "source.access": Access,
    "source.independence": Independence,
    "kind": ContactKind,
    "outcome": Outcome,
}
DATES = ("stated_on", "article.published_on", "source.published_on", "on")


@dataclass(frozen=True)
class Row:
    """One value, as words; ``runs`` lead from what it was to what it is."""

    name: str
    label: str
    what: str
    before: str
    after: str
    runs: list[Difference]
    nothing: str = ""


@dataclass(frozen=True)
class Piece:
    """A piece of evidence or a contact, and what happened to it. ``place`` counts from one; ``was`` where it was
    somewhere else among those that stayed.
    """

    what: str
    title: str
    rows: list[Row]
    place: int = 0
    was: int = 0


@dataclass(frozen=True)
class Comparison:
    rows: list[Row]
    evidence: list[Piece]
    contacts: list[Piece]
    first: bool
    changes: list[str] = field(default_factory=list)


def documents(before: Json | None, after: Json) -> Comparison:
    """``after`` beside ``before``, which is None for a first publication: then nothing is marked as changed."""
    lists = ("evidence", "contacts")
    plain = [_without(doc, (*lists, *ENVELOPE)) if doc else None for doc in (before, after)]
    rows = _rows(plain[0], plain[1] or {})
    pieces = [_pieces(before.get(name, []) if before else None, after.get(name, []), name) for name in lists]
    changes = [row.label for row in rows if row.what != SAME] if before else []
    for names, label in zip(pieces, (_("Evidence"), _("Contacts")), strict=True):
        if before and any(piece.what != SAME or piece.was for piece in names):
            changes.append(str(label))
    return Comparison(rows, pieces[0], pieces[1], first=before is None, changes=changes)


def _without(doc: Json, names: tuple[str, ...]) -> Json:
    return {name: value for name, value in doc.items() if name not in names}


def _rows(before: Json | None, after: Json) -> list[Row]:
    """``before`` is None where nothing is compared; a value that both lack is left out, if it may be."""
    old, new = _flat(before or {}), _flat(after)
    order = {name: number for number, name in enumerate(LABELS)}
    names = sorted({*old, *new}, key=lambda name: (order.get(name, len(order)), name))
    past = new if before is None else old
    rows = {name: _row(name, past.get(name, ""), new.get(name, "")) for name in names}
    return [row for name, row in rows.items() if _is_shown(row, rows.get(QUIET.get(name, "")))]


def _is_shown(row: Row, spokesman: Row | None) -> bool:
    """``spokesman`` says to people what a quiet row says to machines."""
    if row.name in QUIET:
        return row.what != SAME and not (spokesman and spokesman.what != SAME)
    return row.what != SAME or bool(row.after) or row.name in EXPECTED


def _row(name: str, before: str, after: str) -> Row:
    what = SAME if before == after else ADDED if not before else REMOVED if not after else CHANGED
    label = str(LABELS.get(name, name.replace("_", " ").replace(".", ": ")))
    return Row(name, label, what, before, after, differences.words(before, after), str(EXPECTED.get(name, "")))


def _flat(value: Any, name: str = "") -> dict[str, str]:
    """A document's values as words, by the path to each; an absent speaker or rating is an absent name."""
    if isinstance(value, dict):
        parts: dict[str, str] = {}
        for key, part in value.items():
            parts |= _flat(part, f"{name}.{key}" if name else key)
        return parts
    if value is None and f"{name}.name" in LABELS:
        return {f"{name}.name": ""}
    if name == "topics":
        return {name: _words(name, value), "topics.slug": ", ".join(topic["slug"] for topic in value or [])}
    return {name: _words(name, value)}


def _words(name: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(
            str(item["name"]) if isinstance(item, dict) and "name" in item else str(item) for item in value
        )
    if name in WORDS:
        return str(dict(WORDS[name].choices).get(value, value))
    return partial_date(value) if name in DATES else str(value)


def _pieces(before: list[Json] | None, after: list[Json], noun: str) -> list[Piece]:
    """Pieces in their new order, then those that were taken away; matched by what each is of."""
    key, show = (_of_evidence, _evidence) if noun == "evidence" else (_of_contact, _contact)
    if before is None:
        return [Piece(SAME, _title(piece, noun), _rows(None, show(piece)), n) for n, piece in enumerate(after, 1)]
    pairs, left = _matched(before, after, key)
    stayed = [old for old, _new in pairs if old is not None]
    ranks = {old: rank for rank, old in enumerate(sorted(stayed))}
    places = {old: rank for rank, old in enumerate(stayed)}
    result = []
    for place, (old, new) in enumerate(pairs, start=1):
        rows = _rows(show(before[old]) if old is not None else None, show(new))
        what = ADDED if old is None else CHANGED if any(row.what != SAME for row in rows) else SAME
        was = old + 1 if old is not None and ranks[old] != places[old] else 0
        result.append(Piece(what, _title(new, noun), rows, place, was))
    return result + [Piece(REMOVED, _title(before[old], noun), _rows(None, show(before[old]))) for old in left]


def _matched(
    before: list[Json], after: list[Json], key: Callable[[Json], Any]
) -> tuple[list[tuple[int | None, Json]], list[int]]:
    """Each new piece with the place of the old one that it continues, and the places of the old ones left over."""
    free: dict[Any, list[int]] = {}
    for place, piece in enumerate(before):
        free.setdefault(key(piece), []).append(place)
    pairs = [(next(_taken(free.get(key(piece), [])), None), piece) for piece in after]
    return pairs, sorted(place for places in free.values() for place in places)


def _taken(places: list[int]) -> Iterator[int]:
    while places:
        yield places.pop(0)


def _of_evidence(piece: Json) -> tuple[Any, ...]:
    return (piece["source"]["id"], piece["stance"])


def _of_contact(contact: Json) -> tuple[Any, ...]:
    return (contact["kind"], contact["party"], contact["on"])


def _evidence(piece: Json) -> Json:
    return _without(piece, ("stance",))


def _contact(contact: Json) -> Json:
    said = {"summary_of_contact": contact["summary"]}
    return said | _without(contact, ("kind", "party", "on", "summary"))


def _title(piece: Json, noun: str) -> str:
    if noun == "evidence":
        return f"{_words('stance', piece['stance'])}: {piece['source']['title']}"
    return f"{_words('kind', piece['kind'])}: {piece['party']}, {_words('on', piece['on'])}"
