"""Markdown, as editors write it, to HTML that is safe to show."""

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr", "h3", "h4", "h5", "h6"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}

# Raw HTML is shown as it was typed, and a picture as a link to it: nothing loads from other hosts.
parser = MarkdownIt("commonmark", {"html": False}).disable("image")


def to_html(markdown: str) -> str:
    """CommonMark to sanitised HTML; its headings come below the page's own."""
    html = parser.renderer.render(_lowered(parser.parse(markdown)), parser.options, {})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener",
    )


def _lowered(tokens: list[Token]) -> list[Token]:
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 2, 6)}"
    return tokens
