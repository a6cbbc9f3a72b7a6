"""Markdown, as editors write it, to HTML that is safe to show."""

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr"}
TAGS |= {"h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
# The sides of columns, by the inline style that the parser has for them, which no page may have.
SIDES = {"text-align:right": "to-end", "text-align:center": "to-middle"}
CLASSES = {cell: set(SIDES.values()) for cell in ("th", "td")}

# Raw HTML is shown as it was typed, and a picture as a link to it: nothing loads from other hosts.
parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


def to_html(markdown: str, *, top: int = 3) -> str:
    """CommonMark, and tables, to sanitised HTML; headings come below the page's own, from the level ``top`` on."""
    html = parser.renderer.render(_sided(_levelled(parser.parse(markdown), top)), parser.options, {})
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
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


def _sided(tokens: list[Token]) -> list[Token]:
    for token in tokens:
        if side := SIDES.get(str(token.attrs.pop("style", ""))):
            token.attrs["class"] = side
    return tokens
