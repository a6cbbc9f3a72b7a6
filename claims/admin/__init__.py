"""The editors' desk."""

from claims.admin import api_key, article, claim, record, reference, speaker, user

__all__ = ["api_key", "article", "claim", "record", "reference", "speaker", "user"]
