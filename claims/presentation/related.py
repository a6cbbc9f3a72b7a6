"""What to read beside a verdict: the same claim elsewhere, and other claims by article, speaker and topic."""

from typing import Any

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Abs

from claims.presentation.records import Record, public_claims

EACH = 4
# How much two wordings have to be alike, from 0 to 1, to be called the same claim.
SAME = 0.5


def related(record: Record) -> dict[str, list[Record]]:
    """Claims to read beside one, by why: “same”, “article”, “speaker” and “topics”; each in the first that it fits.

    One query.
    """
    parts = [_part(why, claims) for why, claims in _candidates(record.id, record.doc)]
    found: dict[str, list[Record]] = {}
    seen = set()
    for why, claim, document in sorted(parts[0].union(*parts[1:], all=True), key=lambda row: row[0]):
        if claim not in seen:
            seen.add(claim)
            found.setdefault(why[2:], []).extend(Record.read([document]))
    return found


def _candidates(claim: int, doc: dict[str, Any]) -> list[tuple[str, QuerySet]]:
    others = public_claims().exclude(pk=claim)
    article, start = doc["article"]["id"], doc["quote"]["start"]
    elsewhere = others.exclude(article=article)
    found = [
        ("1 same", elsewhere.alike(doc["claim"], at_least=SAME)),
        ("2 article", others.filter(article=article).order_by(Abs(F("quote_start") - start))),
    ]
    if doc["speaker"]:
        found.append(("3 speaker", elsewhere.latest_of(doc["speaker"]["id"], EACH)))
    if doc["topics"]:
        slugs = [topic["slug"] for topic in doc["topics"]]
        found.append(("4 topics", elsewhere.filter(topics__overlap=slugs).order_by("-ordinal")))
    return found


def _part(why: str, claims: QuerySet) -> QuerySet:
    return claims.with_document().annotate(why=Value(why)).values_list("why", "pk", "document")[:EACH]
