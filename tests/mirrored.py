"""A language nobody speaks: every message in Arabic letters, from right to left, its placeholders and tags kept.

What a page in it still says in Latin letters is either data or a text that nobody can translate.
"""

import re
import string
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

# The Arabic that Django has gives the months and the rest; other text directions are of no language of ours.
LANGUAGE = "ar"
ENGLISH = Path("locale/fr/LC_MESSAGES/django.po")
KEPT = re.compile(r"(%%?\(\w+\)[sd]|%[sd]|<[^>]*>|&\w+;)")
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنه"
LETTERS = str.maketrans(string.ascii_letters, ARABIC * 2)


def catalogues(folder: Path) -> Path:
    """Write the language's compiled catalogue; returns the folder for LOCALE_PATHS."""
    catalog = Catalog(locale=LANGUAGE)
    with ENGLISH.open("rb") as file:
        for message in read_po(file):
            if message.id:
                catalog.add(message.id, _mirrored(message, catalog.num_plurals), context=message.context)
    path = folder / LANGUAGE / "LC_MESSAGES"
    path.mkdir(parents=True)
    with (path / "django.mo").open("wb") as file:
        write_mo(file, catalog)
    return folder


def _mirrored(message: Message, forms: int) -> str | tuple[str, ...]:
    if message.context == "date format":
        return str(message.id)
    if isinstance(message.id, str):
        return text(message.id)
    one, many = map(text, message.id)
    # The first of Arabic's forms is for nothing, the second for one.
    return (many, one, *[many] * (forms - 2))


def text(english: str) -> str:
    return "".join(part if number % 2 else part.translate(LETTERS) for number, part in enumerate(KEPT.split(english)))
