"""How to cite a published document: in a sentence, and for BibTeX."""

from typing import Any

from django.conf import settings
from django.utils.text import slugify
from django.utils.translation import gettext as _

from claims.presentation import dates
from claims.presentation.marks import of_document

# What TeX reads as a command, and how to write it as itself.
SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{sign: f"\\{sign}" for sign in "#$%&_"},
    }
)


def in_words(doc: dict[str, Any]) -> str:
    """Who says what of which statement, since when and where; the version too, since there may be others."""
    return _("%(site)s, “%(claim)s”: %(word)s. Version %(version)d, %(time)s. %(url)s") % {
        "site": settings.SITE_NAME,
        "claim": doc["claim"].rstrip("."),
        "word": of_document(doc).word,
        "version": doc["version"],
        "time": dates.moment(dates.parsed(doc["published_at"])),
        "url": doc["url"],
    }


def bibtex(doc: dict[str, Any]) -> str:
    """An entry of BibTeX; braces keep what is in them as it is."""
    at = dates.parsed(doc["published_at"])
    key = f"{slugify(settings.SITE_NAME) or 'assay'}-{doc['id']}-v{doc['version']}"
    fields = {
        "author": f"{{{_tex(settings.SITE_NAME)}}}",
        "title": f"{{{_tex(doc['claim'])}}}",
        "year": str(at.year),
        "month": str(at.month),
        "note": _tex(f"{of_document(doc).word}. {_('Version %d') % doc['version']}"),
        "url": doc["url"],
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{key},\n{lines}}}"


def _tex(text: str) -> str:
    return " ".join(text.split()).translate(SPECIAL)
