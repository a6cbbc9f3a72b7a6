"""What a verdict page says beside its document; the desk previews it from here too."""

from typing import Any

from claims.enums import Stance
from claims.models.publication import Publication
from claims.models.rating import Rating
from claims.presentation.records import Record

# What readers are told of a version beside its document.
SHOWN: tuple[str, ...] = ("sequence", "version", "kind", "note", "hash", "published_at")
SHOWN += tuple(f"approval__reviewer__{name}" for name in ("first_name", "last_name", "username"))


def verdict(record: Record) -> dict[str, Any]:
    """The context of templates/claims/claim.html."""
    doc = record.doc
    return {
        "record": record,
        "doc": doc,
        "rating": doc["rating"] and Rating.objects.public().filter(slug=doc["rating"]["slug"]).first(),
        "evidence": by_stance(doc["evidence"]),
        "corrections": doc["corrections"][::-1],
        "versions": list(Publication.objects.of(doc["id"]).with_approver().only(*SHOWN).reverse()),
    }


def by_stance(evidence: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Pieces of evidence by stance, in the order of the enumeration, without empty groups."""
    groups = [(stance, [piece for piece in evidence if piece["stance"] == stance]) for stance in Stance.values]
    return [(stance, pieces) for stance, pieces in groups if pieces]
