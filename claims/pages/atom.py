"""Atom (RFC 4287) as all our feeds write it."""

import re
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

# What XML 1.0 has no way to hold, not even escaped.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Of a feed in which there is nothing yet: a time that does not change.
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class AtomFeed(Atom1Feed):
    """A feed by the newsroom. Entries have a ``summary``, which is text, and ``content``, which is safe HTML."""

    def __init__(self, *, title: str, address: str, page: str) -> None:
        site = settings.SITE_URL
        super().__init__(
            title=f"{settings.SITE_NAME}{_(':')} {title}",
            link=site + page,
            description=None,
            language=settings.LANGUAGE_CODE,
            author_name=settings.SITE_NAME,
            author_link=f"{site}/",
            feed_url=site + address,
            feed_guid=site + address,
        )

    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | {"xml:base": f"{settings.SITE_URL}/"}

    def add_entry(self, *, identity: str, title: str, page: str, updated: datetime, **rest: Any) -> None:
        """Add an entry; ``identity`` and ``page`` are paths, ``rest`` what ``add_item`` takes, summary and content."""
        site = settings.SITE_URL
        rest = {name: _xml(value) for name, value in rest.items()}
        self.add_item(_xml(title), site + page, None, unique_id=site + identity, updateddate=updated, **rest)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        if item["summary"]:
            handler.addQuickElement("summary", item["summary"], {"type": "text"})
        handler.addQuickElement("content", item["content"], {"type": "html"})

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else LONG_AGO


def _xml(value: Any) -> Any:
    if isinstance(value, list):
        return [_xml(item) for item in value]
    return NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value
