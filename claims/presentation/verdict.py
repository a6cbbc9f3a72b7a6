"""What a verdict page says beside its document; the desk previews it from here too."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat, JSONObject, NullIf, Trim

from claims.enums import Stance
from claims.models.publication import Publication
from claims.presentation.records import Record
from claims.querysets import PublishedClaimQuerySet
from claims.querysets.expressions import AnyOf

Json = dict[str, Any]


class Beside(NamedTuple):
    """What the rating means (empty where there is none), and the claim's versions, the newest first.

    A version has ``sequence``, ``version``, ``kind``, ``note``, ``hash`` and ``published_at`` of its ledger entry, and
    the names of its ``authors`` and its ``approver``: of a bare listing, which needs none, [] and None.
    """

    definition: str
    versions: list[Json]


def with_beside(claims: PublishedClaimQuerySet) -> PublishedClaimQuerySet:
    """Annotate public claims with their ``versions``, as ``Beside`` has them."""
    entries = Publication.objects.of(OuterRef("pk")).reverse()
    told = {name: name for name in ("sequence", "version", "kind", "note", "hash", "published_at")}
    authors = ArraySubquery(authors_of(OuterRef("written_by")))
    version = JSONObject(**told, approver=_name("approval__reviewer__"), authors=authors)
    versions = ArraySubquery(entries.values(told=version))
    return claims.annotate(versions=versions)


def authors_of(ids: Iterable[int] | OuterRef) -> QuerySet:
    """The names of people, by their ids."""
    of_them = AnyOf(F("pk"), ids) if isinstance(ids, OuterRef) else Q(pk__in=ids)
    return get_user_model().objects.filter(of_them).order_by("last_name", "pk").values_list(_name(""), flat=True)


def _name(path: str) -> Coalesce:
    """The full name of a user, or else what they sign in by."""
    full = Trim(Concat(f"{path}first_name", Value(" "), f"{path}last_name"))
    return Coalesce(NullIf(full, Value("")), f"{path}username", output_field=CharField())


def verdict(record: Record, beside: Beside) -> Json:
    """The context of templates/claims/claim.html."""
    doc = record.doc
    return {
        "record": record,
        "doc": doc,
        "definition": beside.definition,
        "evidence": by_stance(doc["evidence"]),
        "corrections": doc["corrections"][::-1],
        "versions": beside.versions,
    }


def by_stance(evidence: list[Json]) -> list[tuple[str, list[Json]]]:
    """Pieces of evidence by stance, in the order of the enumeration, without empty groups."""
    groups = [(stance, [piece for piece in evidence if piece["stance"] == stance]) for stance in Stance.values]
    return [(stance, pieces) for stance, pieces in groups if pieces]
