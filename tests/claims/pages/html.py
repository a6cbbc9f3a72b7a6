"""What a page says, read as a reader's browser would."""

import re
from html.parser import HTMLParser
from typing import Self

from django.http import HttpResponse

VOID = {"meta", "link", "input", "br", "hr", "img", "wbr", "col"}


class Node:
    def __init__(self, tag: str, attributes: dict[str, str | None]) -> None:
        self.tag, self.attributes = tag, attributes
        self.children: list[Node | str] = []

    def __getitem__(self, name: str) -> str | None:
        return self.attributes.get(name)

    @property
    def text(self) -> str:
        """All text inside, as it stands."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def words(self) -> str:
        """All text inside, white space folded."""
        return re.sub(r"\s+", " ", self.text).strip()

    def all(self, tag: str = "", **attributes: str) -> list[Self]:
        """Nodes inside, in order, by tag and by words that their attributes hold (``class_`` for class)."""
        found = []
        for child in self.children:
            if isinstance(child, Node):
                if tag in ("", child.tag) and all(
                    value in (child[name.strip("_").replace("_", "-")] or "").split()
                    for name, value in attributes.items()
                ):
                    found.append(child)
                found += child.all(tag, **attributes)
        return found

    def one(self, tag: str = "", **attributes: str) -> Self:
        (found,) = self.all(tag, **attributes)
        return found

    def without(self, tag: str) -> Self:
        kept = Node(self.tag, self.attributes)
        kept.children = [
            child if isinstance(child, str) else child.without(tag)
            for child in self.children
            if isinstance(child, str) or child.tag != tag
        ]
        return kept


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("", {})]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attributes))
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def parse(page: HttpResponse | str) -> Node:
    """The page, or a part of one, as a tree; asserts that every element is closed where it should be."""
    builder = _Builder()
    builder.feed(page if isinstance(page, str) else page.content.decode())
    (root,) = builder.open
    return root
