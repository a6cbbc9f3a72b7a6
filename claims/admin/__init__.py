"""The editors' desk."""

from claims.admin import api_key, article, claim, record, reference, speaker

__all__ = ["api_key", "article", "claim", "record", "reference", "speaker"]
