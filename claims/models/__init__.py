"""The tracker's models, one noun a file.

The public half (pages, api) imports the modules it may see by name, never this package: see the contracts in
pyproject.toml.
"""

from claims.models import names as names  # which gives them
from claims.models.anonymous_use import AnonymousUse
from claims.models.api_key import ApiKey, ApiKeyDay, ApiKeyUse
from claims.models.article import Article
from claims.models.assessment import Assessment, Evidence
from claims.models.claim import Claim
from claims.models.contact import Contact
from claims.models.draft import Draft
from claims.models.note import Note
from claims.models.publication import Publication, PublishedClaim
from claims.models.rating import Rating
from claims.models.record import Facet, PublishedVersion, RecordState
from claims.models.review import Review
from claims.models.site_page import SitePage
from claims.models.speaker import Speaker
from claims.models.topic import Topic
from claims.models.word import Word

__all__ = [
    "AnonymousUse",
    "ApiKey",
    "ApiKeyDay",
    "ApiKeyUse",
    "Article",
    "Assessment",
    "Claim",
    "Contact",
    "Draft",
    "Evidence",
    "Facet",
    "Note",
    "Publication",
    "PublishedClaim",
    "PublishedVersion",
    "Rating",
    "RecordState",
    "Review",
    "SitePage",
    "Speaker",
    "Topic",
    "Word",
]
