"""What a claim's page says, as its form says it: the values in the database, those somebody typed, and both made one.

A page is its rows, by name: "claim", "assessment", "evidence 12" (by number) and, for those not saved yet, "new 0".
A row is its boxes' values, by the boxes' names within it; several values of one box are joined by commas.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from claims.models import Assessment, Claim, Evidence
from sources import files
from sources.models import Source
from sources.text import normalise, normalise_line

Row = dict[str, str]
Page = dict[str, Row]

CLAIM = ("quote", "form", "wording", "checkability", "topics", "speaker", "speaker_unknown", "position", "relays")
CLAIM += ("stated_on", "stated_on_note", "occasion")
ASSESSMENT = ("rating", "summary", "explanation", "needed", "one_source_reason", "notes")
EVIDENCE = ("source", "stance", "finding", "locator", "rank")
# What describes a source that is not in the catalogue yet.
NEW_SOURCE = ("address", *(f"new-{name}" for name in ("title", "publisher_name", "kind", "published_on", "access")))
# The name of a file that was chosen: what was in it comes with the form itself, and only once.
UPLOAD = "new-upload"
UPLOADS = re.compile(f"evidence-[0-9]+-{UPLOAD}")
NEW_SOURCE += ("new-independence", "new-independence_note", UPLOAD)
# These are kept on one line.
LINES = {"position", "stated_on_note", "occasion", "locator"}
SAYS_NOTHING = {"rank", "new-kind", "new-access", "stance"}
NEW = "new "
ROW = re.compile("claim|assessment|evidence [0-9]{1,18}")
# Boxes that come with every form and say nothing of the claim.
MACHINERY = ("csrfmiddlewaretoken", "version", "opened", "_save")


def saved(claim: Claim) -> Page:
    """The page as it is in the database."""
    own = Claim.objects.get(pk=claim.pk)
    page = {"claim": {name: _text(own, name) for name in CLAIM if name != "topics"}}
    page["claim"]["stated_on"] = own.stated or ""
    page["claim"]["topics"] = ",".join(str(pk) for pk in sorted(own.topics.values_list("pk", flat=True)))
    assessment = Assessment.objects.filter(claim=claim).first() or Assessment(claim=claim)
    page["assessment"] = {name: _text(assessment, name) for name in ASSESSMENT}
    for piece in Evidence.objects.filter(claim=claim):
        page[f"evidence {piece.pk}"] = {name: _text(piece, name) for name in EVIDENCE}
    return page


def posted(data: QueryDict) -> Page:
    """The page as it was typed. A row that the form did not have is not in it."""
    page: Page = {}
    if "wording" in data:
        page["claim"] = {name: _typed(data, name) for name in CLAIM}
        page["claim"]["occurrence"] = _typed(data, "occurrence")
    if "assessment-0-summary" in data:
        page["assessment"] = {name: _typed(data, f"assessment-0-{name}") for name in ASSESSMENT}
    for number in range(_count(data, "evidence-TOTAL_FORMS")):
        prefix = f"evidence-{number}-"
        names = {name.removeprefix(prefix) for name in data if name.startswith(prefix)} - {"id", "claim"}
        if "finding" in names:
            pk = _typed(data, f"{prefix}id")
            key = f"evidence {pk}" if ROW.fullmatch(f"evidence {pk}") else f"{NEW}{number}"
            page[key] = _evidence({name: _typed(data, prefix + name) for name in sorted(names | {"DELETE"})})
    return page


def merged(base: Page, typed: Page, now: Page) -> Page:
    """Each box as it was typed if that changed it, or else as it is saved now.

    A piece of evidence that was removed meanwhile becomes a new one, if what was typed changed it. A new one that
    was saved meanwhile, as by a second press of Save, is that one and not another.
    """
    added = [row for key, row in now.items() if key.startswith("evidence ") and key not in base]
    page: Page = {}
    for key, row in now.items():
        mine, before = _settled(typed.get(key, {}), row), base.get(key, {})
        page[key] = row | {name: value for name, value in mine.items() if value != before.get(name, "")}
    for key, row in typed.items():
        before = base.get(key, {})
        touched = any(value != before.get(name, "") for name, value in row.items())
        wanted = touched and _says_something(row) and not row.get("DELETE")
        if key not in now and wanted and not _taken_from(added, row):
            page[key if key.startswith(NEW) else f"{NEW}{key}"] = row
    return page


def as_data(page: Page, claim: Claim) -> QueryDict:
    """The page as a browser would post it."""
    data = QueryDict(mutable=True)
    for name, value in page["claim"].items():
        _put(data, name, value)
    assessment = Assessment.objects.filter(claim=claim).values_list("pk", flat=True).first()
    _put_row(data, "assessment-0-", page["assessment"], assessment, claim)
    _put_counts(data, "assessment", 1, 1 if assessment else 0)
    rows = [key for key in page if key.startswith("evidence ")]
    added = [key for key in page if key.startswith(NEW)]
    for number, key in enumerate(rows + added):
        pk = int(key.removeprefix("evidence ")) if key in rows else None
        _put_row(data, f"evidence-{number}-", page[key], pk, claim)
    # One more to fill in, as the page has without a script.
    _put_counts(data, "evidence", len(rows + added) + 1, len(rows))
    return data


def dumped(page: Page) -> str:
    return json.dumps(page, ensure_ascii=False)


def loaded(text: str) -> Page:
    """A page that ``dumped`` wrote, back from a browser: anything else is taken for an empty one."""
    try:
        page = json.loads(text)
    except ValueError:
        return {}
    rows = page.items() if isinstance(page, dict) else ()
    return {
        key: {name: _regular(value) for name, value in row.items() if isinstance(value, str)}
        for key, row in rows
        if isinstance(row, dict) and ROW.fullmatch(key)
    }


def regular(data: QueryDict, chosen: MultiValueDict) -> QueryDict:
    """What a browser posted, with the line ends that texts are kept with, and the names of the files in it."""
    result = QueryDict(mutable=True)
    for name, values in data.lists():
        result.setlist(name, [value.replace("\r\n", "\n") for value in values])
    for name, file in chosen.items():
        result[name] = files.shown_name(file.name)
    return result


def file_names(data: QueryDict) -> list[str]:
    """The files that were chosen: a page that is shown again cannot choose them for anybody."""
    return [files.shown_name(value) for name, value in data.items() if value and UPLOADS.fullmatch(name)]


def fields(data: QueryDict) -> Iterator[tuple[str, list[str]]]:
    """The boxes that say something of the claim, for a draft."""
    for name, values in data.lists():
        if name not in MACHINERY:
            yield name, [_regular(value) for value in values]


def _text(row: Any, name: str) -> str:
    field = row._meta.get_field(name)
    value = getattr(row, field.attname)
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(value)


def _typed(data: QueryDict, name: str) -> str:
    regular = normalise_line if name.rpartition("-")[2] in LINES else _regular
    values = [regular(value).strip() for value in data.getlist(name)]
    if name == "topics":
        return ",".join(sorted(values, key=lambda value: (len(value), value)))
    return values[-1] if values else ""


def _regular(value: str) -> str:
    return normalise(value)


def _count(data: QueryDict, name: str) -> int:
    text = data.get(name, "")
    return min(int(text), 1000) if text.isdecimal() else 0


def _evidence(row: Row) -> Row:
    """A piece's row, without what its form says of a new source that nobody described."""
    described = any(row.get(name) for name in NEW_SOURCE if name not in SAYS_NOTHING)
    return {name: value for name, value in row.items() if described or not name.startswith("new-")}


def _says_something(row: Row) -> bool:
    return any(value for name, value in row.items() if name not in SAYS_NOTHING)


def _taken_from(added: list[Row], row: Row) -> bool:
    """Take the piece that says the same out of those that were added, if there is one."""
    sources, said = _sources(row), _said(row)
    found = next((piece for piece in added if piece["source"] in sources and _said(piece) == said), None)
    if found:
        added.remove(found)
    return bool(found)


def _settled(row: Row, saved: Row) -> Row:
    """A row without the description of a source that is the one saved with it by now."""
    if saved.get("source") not in _sources(row):
        return row
    return {name: value for name, value in row.items() if name not in NEW_SOURCE}


def _said(row: Row) -> tuple[str, ...]:
    return tuple(normalise_line(row.get(name, "")) for name in ("stance", "finding", "locator"))


def _sources(row: Row) -> set[str]:
    """The numbers of the sources that a row may mean: the one chosen, at its address, or as it was described."""
    address, title = row.get("address", "")[:2000], normalise_line(row.get("new-title", ""))
    if address:
        found = Source.objects.at(address)
    elif title:
        found = Source.objects.filter(url="", title=title, file_name=files.shown_name(row.get(UPLOAD, "")))
    else:
        return {row.get("source", "")}
    return {str(pk) for pk in found.values_list("pk", flat=True)}


def _put(data: QueryDict, name: str, value: str) -> None:
    if name == "topics":
        data.setlist(name, value.split(",") if value else [])
    elif value or name.rpartition("-")[2] not in ("speaker_unknown", "DELETE"):
        data[name] = value


def _put_row(data: QueryDict, prefix: str, row: Row, pk: int | None, claim: Claim) -> None:
    for name, value in row.items():
        _put(data, prefix + name, value)
    data[f"{prefix}id"] = str(pk or "")
    data[f"{prefix}claim"] = str(claim.pk)


def _put_counts(data: QueryDict, prefix: str, total: int, initial: int) -> None:
    counts = {"TOTAL_FORMS": total, "INITIAL_FORMS": initial, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    for name, number in counts.items():
        data[f"{prefix}-{name}"] = str(number)
