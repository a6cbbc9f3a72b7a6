"""Published claims as the pages show them: the document, its address and its mark."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

import orjson
from django.urls import reverse

from claims.models.publication import PublishedClaim
from claims.presentation.marks import Mark, of_document
from claims.querysets import PublishedClaimQuerySet
from claims.selection import MOST_COUNTED, Selection


@dataclass(frozen=True)
class Record:
    """One published document. ``slug`` is the claim's current one."""

    id: int
    slug: str
    doc: dict[str, Any]

    @classmethod
    def read(cls, rows: Iterable[tuple[int, str, str]]) -> list[Self]:
        """Records from rows of ``rows_of``."""
        return [cls(pk, slug, orjson.loads(document)) for pk, slug, document in rows]

    @property
    def url(self) -> str:
        return reverse("pages:claim", args=[self.id, self.slug])

    @property
    def mark(self) -> Mark:
        return of_document(self.doc)


def public_claims() -> PublishedClaimQuerySet:
    return PublishedClaim.objects.public()


def rows_of(claims: PublishedClaimQuerySet) -> PublishedClaimQuerySet:
    """What a record is read from: id, slug and document."""
    return claims.with_document().values_list("pk", "slug", "document")


class Rows:
    """What records are read from, of a selection, the latest published first: a list for Django's paginator."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection

    def __len__(self) -> int:
        return self.selection.count()

    @property
    def has_more(self) -> bool:
        """Whether there may be more than are counted."""
        return bool(self.selection.words) and len(self) >= MOST_COUNTED

    def __getitem__(self, part: slice) -> PublishedClaimQuerySet:
        chosen = public_claims().filter(publication__in=self.selection[part])
        return rows_of(chosen.newest_first())
