"""What a reading comes to, and why there may be none."""

import re
from dataclasses import dataclass

from sources import dates

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


class Unreadable(ValueError):
    """A file that no text can be read from; ``str()`` says to people why, and what to do."""


@dataclass(frozen=True)
class Reading:
    """What a file says: its normalised text, and of itself as much as it tells ("" for the rest).

    ``published_on`` is an ISO 8601 date, maybe a reduced one. ``encoding`` names what a file that does not say its
    own was taken for: a guess, which a person should look over.
    """

    text: str
    title: str = ""
    byline: str = ""
    published_on: str = ""
    language: str = ""
    url: str = ""
    encoding: str = ""


def iso_date(text: str) -> str:
    """A date if it is one that Assay knows how to write, else ""."""
    try:
        return dates.iso(*dates.parse(text)) or ""
    except ValueError:
        return ""


def language_tag(tag: str) -> str:
    return tag if LANGUAGE.fullmatch(tag) and len(tag) <= 35 else ""


def address(url: str) -> str:
    return url if url.startswith(("http://", "https://")) and len(url) <= 2000 else ""
