"""An article and its fact-check as YAML files (seeds/), read and checked whole before anything is loaded."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from sources import dates
from sources.text import normalise

PARTS = ("article", "ratings", "speakers", "sources", "statements", "pages")


class SeedError(Exception):
    """A seed file that cannot be loaded; ``str()`` names each fault's file, entry and field, a line each."""


def read(folder: Path) -> dict[str, Any]:
    """The parts by name, and the article's normalised ``text``; raises SeedError for the faults of all files."""
    seed = {part: _yaml(folder / f"{part}.yaml") for part in PARTS}
    seed_text = normalise(_file(folder / "article.txt")).strip()
    faults = list(_shape_faults(seed, _yaml(folder / "schema.yaml"))) or list(_meaning_faults(seed, seed_text))
    if faults:
        raise SeedError("\n".join(faults))
    return seed | {"text": seed_text}


def _file(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        raise SeedError(f"{path.name}: there is no such file in {path.parent.name}/.") from None
    except UnicodeDecodeError as error:
        raise SeedError(f"{path.name}: it is not UTF-8 text ({error}).") from None


def _yaml(path: Path) -> Any:
    try:
        return yaml.safe_load(_file(path))
    except yaml.YAMLError as error:
        raise SeedError(f"{path.name}: it is not YAML: {error}") from None


def _shape_faults(seed: dict[str, Any], schema: dict[str, Any]) -> Iterator[str]:
    for error in jsonschema.Draft202012Validator(schema).iter_errors(seed):
        yield f"{_place(seed, list(error.absolute_path))}: {error.message}"


def _place(seed: dict[str, Any], path: list[Any]) -> str:
    """Where in the files a fault is, such as “statements.yaml: S07, evidence 2, stance”."""
    part, *rest = path
    words = []
    if rest and isinstance(rest[0], int):
        entry = seed[part][rest[0]]
        name = entry.get("id") or entry.get("slug") if isinstance(entry, dict) else None
        words.append(name or f"entry {rest[0] + 1}")
        rest = rest[1:]
    for step in rest:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        else:
            words.append(str(step))
    return f"{part}.yaml: {', '.join(map(str, words))}" if words else f"{part}.yaml"


def _meaning_faults(seed: dict[str, Any], text: str) -> Iterator[str]:
    ids = {part: [entry["id"] for entry in seed[part]] for part in ("speakers", "sources", "statements")}
    ids["ratings"] = [rating["slug"] for rating in seed["ratings"]]
    for part, names in ids.items():
        yield from (f"{part}.yaml: {name}: this id is used twice" for name in {n for n in names if names.count(n) > 1})
    yield from _date_faults(seed["article"], "article.yaml")
    for part in ("sources", "statements"):
        for entry in seed[part]:
            yield from _date_faults(entry, f"{part}.yaml: {entry['id']}")
    for speaker in seed["speakers"]:
        for number, source in enumerate(speaker.get("position_sources", []), start=1):
            if source not in ids["sources"]:
                place = f"speakers.yaml: {speaker['id']}, position_sources {number}"
                yield f"{place}: sources.yaml has no “{source}”"
    for statement in seed["statements"]:
        place = f"statements.yaml: {statement['id']}"
        yield from (f"{place}, {fault}" for fault in _statement_faults(statement, ids, text))


def _date_faults(entry: dict[str, Any], place: str) -> Iterator[str]:
    for field in ("published_on", "stated_on"):
        try:
            dates.parse(entry.get(field, ""))
        except ValueError as error:
            yield f"{place}, {field}: {error}"


def _statement_faults(statement: dict[str, Any], ids: dict[str, list[str]], text: str) -> Iterator[str]:
    start, end = statement["start"], statement["end"]
    if text[start:end] != statement["quote"]:
        yield f"quote: the article says “{text[start:end]}” from {start} to {end}"
    for field, part in (("speaker", "speakers"), ("relays", "speakers"), ("rating", "ratings")):
        if field in statement and statement[field] not in ids[part]:
            yield f"{field}: {part}.yaml has no “{statement[field]}”"
    for number, piece in enumerate(statement.get("evidence", []), start=1):
        if piece["source"] not in ids["sources"]:
            yield f"evidence {number}, source: sources.yaml has no “{piece['source']}”"
    if statement["checkability"] == "checkable" and "rating" not in statement:
        yield "rating: a checkable statement needs one"
