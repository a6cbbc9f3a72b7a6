"""The editors' desk."""

from claims.admin import article, claim, record, reference

__all__ = ["article", "claim", "record", "reference"]
