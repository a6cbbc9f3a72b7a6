"""The names of the models that people work with, and of their columns, where the models do not say them themselves."""

from django.utils.translation import gettext_lazy as _

from claims.models.api_key import ApiKey
from claims.models.article import Article
from claims.models.assessment import Assessment, Evidence
from claims.models.claim import Claim
from claims.models.contact import Contact
from claims.models.note import Note
from claims.models.publication import Publication
from claims.models.rating import Rating
from claims.models.review import Review
from claims.models.speaker import Speaker
from claims.models.topic import Topic
from sources.naming import name

name(
    ApiKey,
    _("API key"),
    _("API keys"),
    created_by=_("created by"),
    created_at=_("created at"),
    revoked_by=_("revoked by"),
    revoked_at=_("revoked at"),
)
name(
    Article,
    _("article"),
    _("articles"),
    title=_("title"),
    title_note=_("title note"),
    outlet=_("outlet"),
    byline=_("byline"),
    published_on=_("published on"),
    published_on_note=_("published on note"),
    language=_("language"),
    text=_("text"),
    limits=_("limits"),
    created_by=_("created by"),
    created_at=_("created at"),
)
name(
    Speaker,
    _("speaker"),
    _("speakers"),
    name=_("name"),
    kind=_("kind"),
    same_as=_("same as"),
    note=_("note"),
    merged_into=_("merged into"),
)
name(Topic, _("topic"), _("topics"), name=_("name"), slug=_("slug"))
name(
    Claim,
    _("claim"),
    _("claims"),
    article=_("article"),
    anchor=_("place of the quote"),
    form=_("form"),
    wording=_("wording"),
    speaker=_("speaker"),
    position=_("position"),
    relays=_("passes on the words of"),
    stated_on=_("stated on"),
    stated_on_note=_("stated on note"),
    occasion=_("occasion"),
    checkability=_("checkability"),
    topics=_("topics"),
    assignee=_("assignee"),
    workflow_status=_("status"),
    created_by=_("created by"),
    created_at=_("created at"),
)
name(Rating, _("rating"), _("ratings"), slug=_("slug"), name=_("name"), value=_("value"), definition=_("definition"))
name(
    Assessment,
    _("assessment"),
    _("assessments"),
    rating=_("rating"),
    summary=_("summary"),
    explanation=_("explanation"),
    needed=_("note on what is still needed"),
    one_source_reason=_("one source reason"),
    notes=_("notes"),
)
name(
    Evidence,
    _("piece of evidence"),
    _("evidence"),
    source=_("source"),
    stance=_("stance"),
    finding=_("finding"),
    locator=_("locator"),
    rank=_("order"),
)
name(Contact, _("contact"), _("contacts"), kind=_("kind"), outcome=_("outcome"), public=_("public"))
name(Note, _("note"), _("notes"), text=_("text"), author=_("author"), created_at=_("created at"))
name(
    Publication,
    _("publication"),
    _("publications"),
    sequence=_("sequence"),
    claim=_("claim"),
    version=_("version"),
    kind=_("kind"),
    note=_("note"),
    document=_("document"),
    content_hash=_("content hash"),
    hash=_("hash"),
    previous_hash=_("previous hash"),
    written_by=_("written by"),
    published_by=_("published by"),
    published_at=_("published at"),
)
name(
    Review,
    _("review"),
    _("reviews"),
    claim=_("claim"),
    content_hash=_("content hash"),
    decision=_("decision"),
    comment=_("comment"),
    reviewer=_("reviewer"),
    created_at=_("created at"),
)
