"""Markdown, as editors write it, to HTML that is safe to show."""

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr"}
TAGS |= {"h2", "h3", "h4", "h5", "h6"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}

# Raw HTML is shown as it was typed, and a picture as a link to it: nothing loads from other hosts.
parser = MarkdownIt("commonmark", {"html": False}).disable("image")


def to_html(markdown: str, *, top: int = 3) -> str:
    """CommonMark to sanitised HTML; its headings come below the page's own, from the level ``top`` on."""
    html = parser.renderer.render(_levelled(parser.parse(markdown), top), parser.options, {})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )


def _levelled(tokens: list[Token], top: int) -> list[Token]:
    """With headings of the levels that follow one another, whichever of Markdown's six are used."""
    used = sorted({token.tag for token in tokens if token.type == "heading_open"})
    level = top - 1
    for token in tokens:
        if token.type == "heading_open":
            level = min(top + used.index(token.tag), level + 1, 6)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{level}"
    return tokens
