"""The pages of things that do not know of pages themselves, by what documents say of them."""

from django.urls import reverse
from django.utils.text import slugify


def topic(slug: str) -> str:
    return reverse("pages:topic", args=[slug])


def source(key: int, title: str) -> str:
    return reverse("pages:source", args=[key, _slug(title, "source")])


def outlet(key: int, name: str) -> str:
    return reverse("pages:outlet", args=[key, _slug(name, "outlet")])


def _slug(words: str, otherwise: str) -> str:
    return slugify(words)[:60].strip("-") or otherwise
