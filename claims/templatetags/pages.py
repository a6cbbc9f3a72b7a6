"""What the public pages' templates say: {% load pages %}."""

from datetime import datetime
from typing import Any

import orjson
from django import template
from django.conf import settings
from django.db.models import Choices
from django.urls import reverse
from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from claims import claimreview
from claims.enums import Checkability, ContactKind, Form, Outcome, PublicationKind, SpeakerKind
from claims.models.article import Article
from claims.models.site_page import SitePage
from claims.models.speaker import Speaker
from claims.presentation import addresses, dates, embedding, highlights, markup, statuses
from claims.presentation.kept import kept
from claims.presentation.marks import Mark
from claims.presentation.records import Record
from sources.models import Access, Independence, Kind, Publisher, Source

register = template.Library()

WORDS: dict[str, type[Choices]] = {
    "access": Access,
    "checkability": Checkability,
    "contact": ContactKind,
    "form": Form,
    "independence": Independence,
    "outcome": Outcome,
    "publication": PublicationKind,
    "source": Kind,
    "speaker": SpeakerKind,
}

SECTIONS = {
    "claims": _("Claims"),
    "articles": _("Articles"),
    "speakers": _("Speakers"),
    "topics": _("Topics"),
    "sources": _("Sources"),
    "ratings": _("Ratings"),
}

# As in Django's json_script: no text in the data can then end the element, or begin a comment.
OUT_OF_HTML = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&"}


@register.simple_tag
def site_name() -> str:
    return settings.SITE_NAME


@register.simple_tag(takes_context=True)
def sections(context: template.Context) -> list[tuple[str, str, str]]:
    """(name, path, aria-current) of what the main navigation has: the page itself, or the section that it is in."""
    here = getattr(context.get("request"), "path", "")
    paths = [(str(name), reverse(f"pages:{page}")) for page, name in SECTIONS.items()]
    return [(name, path, "page" if here == path else "true" * here.startswith(path)) for name, path in paths]


@register.simple_tag(takes_context=True)
def site_pages(context: template.Context) -> list[SitePage]:
    """Pages about the newsroom; none where nothing is known of the record, as when the database does not answer."""
    request = context.get("request")
    if not getattr(request, "record_state", None):
        return []
    return kept(request, "site-pages", lambda: list(SitePage.objects.only("slug", "title")))


@register.simple_tag(takes_context=True)
def site_page(context: template.Context, slug: str) -> SitePage | None:
    """One of them, if it is there."""
    return next((page for page in site_pages(context) if page.slug == slug), None)


@register.inclusion_tag("claims/_mark.html")
def rating_mark(mark: Mark, size: str = "") -> dict[str, Any]:
    """The mark as shape and word; ``size`` is empty or "large"."""
    return {"mark": mark, "size": size}


@register.filter
def number(count: int) -> str:
    """A count, its thousands parted as the language does; never for what programs or addresses read."""
    return formats.number_format(count, force_grouping=True)


@register.filter
def isolated(words: str) -> SafeString:
    """Somebody's words for the middle of a sentence of ours, which may run the other way."""
    return format_html("<bdi>{}</bdi>", words)


@register.filter
def word_for(value: str, vocabulary: str) -> str:
    """What readers are told for one of the public document's fixed values."""
    words = dict(WORDS[vocabulary].choices)
    return words.get(value, value)


@register.filter
def status_word(status: str) -> str:
    return str(statuses.TOLD.get(status, status))


@register.filter
def markdown(text: str, top: int = 3) -> SafeString:
    """Markdown as HTML, its headings from the level ``top`` on."""
    return mark_safe(markup.to_html(text, top=top))  # noqa: S308 (sanitised there)


@register.filter
def claim_review(document: dict[str, Any]) -> SafeString:
    """A document's ClaimReview as a data block, which no browser runs; nothing where there is no verdict."""
    review = claimreview.claim_review(document)
    if review is None:
        return SafeString()
    data = orjson.dumps(review).decode().translate(OUT_OF_HTML)
    return format_html('<script type="{}">{}</script>', claimreview.MEDIA_TYPE, mark_safe(data))  # noqa: S308 (escaped)


@register.filter
def partial_date(text: str | None) -> str:
    """A document's date, full or reduced, as a time element."""
    return format_html('<time datetime="{}">{}</time>', text, dates.partial_date(text)) if text else ""


@register.filter
def moment(time: datetime | str) -> str:
    """A time of publication, as the ledger or a document has it, as a time element."""
    at = dates.parsed(time) if isinstance(time, str) else time
    return format_html('<time datetime="{}">{}</time>', at.strftime("%Y-%m-%dT%H:%M:%SZ"), dates.moment(at))


@register.filter
def share_links(record: Record) -> list[tuple[str, str]]:
    return embedding.share_links(record)


@register.filter
def oembed_url(record: Record) -> str:
    return embedding.oembed_url(record)


@register.filter
def embed_code(record: Record) -> str:
    return embedding.code(record)


@register.filter
def speaker_url(speaker: dict[str, Any]) -> str:
    """The page of a document's speaker, by the name that the document has."""
    return Speaker(pk=speaker["id"], name=speaker["name"]).get_absolute_url()


@register.filter
def source_url(source: dict[str, Any] | Source) -> str:
    """The page of a source, of a document or as it is now."""
    told = source if isinstance(source, dict) else {"id": source.pk, "title": source.title}
    return addresses.source(told["id"], told["title"])


@register.filter
def outlet_url(outlet: dict[str, Any] | Publisher) -> str:
    """The page of an outlet, of a document or as it is now."""
    told = outlet if isinstance(outlet, dict) else {"id": outlet.pk, "name": outlet.name}
    return addresses.outlet(told["id"], told["name"])


@register.filter
def article_url(article: dict[str, Any]) -> str:
    """The page of a document's article, by the title that the document has."""
    return Article(pk=article["id"], title=article["title"]).get_absolute_url()


@register.filter
def language_name(tag: str) -> str:
    """A BCP 47 tag's language in the reader's words, where they are known, and else the tag."""
    try:
        return get_language_info(tag.lower())["name_translated"]
    except KeyError:
        return tag


@register.filter
def highlight(text: str, words: str) -> str:
    """Text in which the words that were searched for, if any were, are marked."""
    if not words:
        return text
    parts = (("<mark>{}</mark>" if run.found else "{}", run.text) for run in highlights.runs(text, words))
    return mark_safe("".join(format_html(*part) for part in parts))  # noqa: S308 (escaped)


@register.filter
def is_found_in_quote(record: Record, words: str) -> bool:
    """Whether the quote has what is marked nowhere else that is shown."""
    shown = (record.doc["claim"], record.doc["summary"] or "")
    marked = (any(run.found for run in highlights.runs(text, words)) for text in (*shown, record.doc["quote"]["exact"]))
    return [*marked] == [False, False, True]


@register.filter
def line_breaks(text: str) -> SafeString:
    """Escaped text whose line ends are seen, with the text itself unchanged."""
    return mark_safe(template.defaultfilters.force_escape(text).replace("\n", "<br>\n"))  # noqa: S308 (escaped)
