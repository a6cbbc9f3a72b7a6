"""The editors' desk."""

from claims.admin import article, claim, record, reference, speaker

__all__ = ["article", "claim", "record", "reference", "speaker"]
