"""Published claims as the pages show them: the document, its address and its mark."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

import orjson
from django.db.models import QuerySet
from django.urls import reverse
from pyroaring import BitMap

from claims.models.publication import PublishedClaim
from claims.presentation.marks import Mark, of_document
from claims.querysets import PublishedClaimQuerySet
from claims.selection import MOST_COUNTED, Selection, newest_first, rows_of


@dataclass(frozen=True)
class Record:
    """One published document. ``slug`` is the claim's current one."""

    id: int
    slug: str
    doc: dict[str, Any]

    @classmethod
    def read(cls, documents: Iterable[str | bytes]) -> list[Self]:
        """Records of documents that stand now, whose own addresses have the current slugs."""
        docs = map(orjson.loads, documents)
        return [cls(doc["id"], doc["url"].rstrip("/").rpartition("/")[2].partition("-")[2], doc) for doc in docs]

    @property
    def url(self) -> str:
        return reverse("pages:claim", args=[self.id, self.slug])

    @property
    def mark(self) -> Mark:
        return of_document(self.doc)


def public_claims() -> PublishedClaimQuerySet:
    return PublishedClaim.objects.public()


def documents_of(claims: PublishedClaimQuerySet) -> QuerySet:
    """What records are read from."""
    return claims.with_document().values_list("document", flat=True)


class Documents:
    """What records are read from, of a selection, the latest published first: a list for Django's paginator."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection

    def __len__(self) -> int:
        return self.selection.count()

    @property
    def has_more(self) -> bool:
        """Whether there may be more than are counted."""
        return bool(self.selection.words) and len(self) >= MOST_COUNTED

    def __getitem__(self, part: slice) -> list[bytes]:
        return [document for (document,) in self.selection.rows(part, ("document",))]


class DocumentsOf:
    """As Documents, of some ledger entries."""

    def __init__(self, entries: BitMap) -> None:
        self.entries = entries

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, part: slice) -> list[bytes]:
        return [document for (document,) in rows_of(newest_first(self.entries, part), ("document",))]
