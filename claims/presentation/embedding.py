"""The card of a claim for other people's pages, its picture, and the links by which it is shared."""

import hashlib
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from claims import freshness
from claims.presentation import picture as drawn
from claims.presentation.records import Record

# In pixels, by the names that oEmbed has for them.
SIZE = {"maxwidth": 600, "maxheight": 340}
PICTURE = {"maxwidth": drawn.WIDTH, "maxheight": drawn.HEIGHT}


class Picture(NamedTuple):
    """``url`` is whole; ``alt`` says what is to be seen."""

    url: str
    alt: str
    width: int = drawn.WIDTH
    height: int = drawn.HEIGHT


def picture(record: Record, version: int) -> str:
    """The path of the picture of a version."""
    return reverse("pages:version-picture", args=[record.id, record.slug, version])


def site_picture() -> str:
    """Another path for another name, language or release: not for other fonts, of which each server has its own."""
    made_of = f"{settings.SITE_NAME} {settings.LANGUAGE_CODE} {freshness.release().digits}"
    return reverse("pages:site-picture", args=[hashlib.sha256(made_of.encode()).hexdigest()[:8]])


def of_claim(record: Record, version: int) -> Picture:
    """The picture of a version; of another than the record's, nothing is said of its verdict."""
    alt = record.doc["claim"]
    if record.doc["version"] == version:
        alt += f" ({record.mark.word})"
    return Picture(settings.SITE_URL + picture(record, version), _("Fact-check: %s") % alt)


def of_site() -> Picture:
    return Picture(settings.SITE_URL + site_picture(), f"{settings.SITE_NAME}{_(':')} {drawn.of_site().headline}")


def card(record: Record) -> str:
    """The card's path."""
    return reverse("pages:card", args=[record.id, record.slug])


def oembed_url(record: Record) -> str:
    """Where other people's software learns how to show the claim: whole, since some take it as it stands."""
    return f"{settings.SITE_URL}{reverse('pages:oembed')}?{urlencode({'url': settings.SITE_URL + record.url})}"


def code(record: Record, *, width: int = SIZE["maxwidth"], height: int = SIZE["maxheight"]) -> str:
    """HTML for other pages; sandboxed, but for links that open what they lead to beside that page."""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy"'
        ' sandbox="allow-popups allow-popups-to-escape-sandbox" style="border:0;max-width:100%"></iframe>',
        settings.SITE_URL + card(record),
        _("Fact-check: %s") % record.doc["claim"],
        width,
        height,
    )


def in_one_line(word: str, doc: dict[str, Any]) -> str:
    """A claim after a word for what is said of it."""
    return _("%(word)s: %(claim)s") % {"word": word, "claim": doc["claim"]}


def rich(record: Record, *, width: int, height: int, thumbnail: bool) -> dict[str, Any]:
    """An oEmbed response of the type “rich”; with the picture as its ``thumbnail``, of which there is one size."""
    url, _alt, *size = of_claim(record, record.doc["version"])
    shown = {"thumbnail_url": url, "thumbnail_width": size[0], "thumbnail_height": size[1]} if thumbnail else {}
    return shown | {
        "version": "1.0",
        "type": "rich",
        "title": record.doc["claim"],
        "provider_name": settings.SITE_NAME,
        "provider_url": f"{settings.SITE_URL}/",
        "cache_age": 3600,
        "html": code(record, width=width, height=height),
        "width": width,
        "height": height,
    }


def share_links(record: Record) -> list[tuple[str, str]]:
    """Names and addresses: of e-mail, and of the pages where some networks let people write. No scripts, no buttons."""
    url, text = record.doc["url"], in_one_line(record.mark.word, record.doc)
    both = f"{text} {url}"
    return [
        (_("E-mail"), f"mailto:?subject={quote(text)}&body={quote(url)}"),
        ("Bluesky", "https://bsky.app/intent/compose?" + urlencode({"text": both})),
        ("Facebook", "https://www.facebook.com/sharer/sharer.php?" + urlencode({"u": url})),
        ("LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?" + urlencode({"url": url})),
        ("Telegram", "https://t.me/share/url?" + urlencode({"url": url, "text": text})),
        ("WhatsApp", "https://wa.me/?" + urlencode({"text": both})),
        ("X", "https://x.com/intent/post?" + urlencode({"text": text, "url": url})),
    ]
