"""The card of a claim for other people's pages, and the links by which it is shared."""

from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from claims.presentation.records import Record

# In pixels, by the names that oEmbed has for them.
SIZE = {"maxwidth": 600, "maxheight": 340}


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


def rich(record: Record, *, width: int, height: int) -> dict[str, Any]:
    """An oEmbed response of the type “rich”."""
    return {
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
    url, text = record.doc["url"], f"{record.mark.word}: {record.doc['claim']}"
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
