"""What a picture says: all that it is made from, and nothing else."""

from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from claims.enums import VerificationStatus
from claims.presentation import dates
from claims.presentation.marks import STEPS
from claims.presentation.marks import of_document as mark_of


class Face(NamedTuple):
    """Texts and drawings; ``shapes`` are of coins, the first one's in the mark's colour. Empty is what is not said."""

    shapes: tuple[str, ...]
    site: str
    is_rtl: bool
    headline: str
    word: str = ""
    speaker: str = ""
    date: str = ""
    remark: str = ""
    published: str = ""


def of_document(doc: dict[str, Any]) -> Face:
    """A published document's face."""
    mark, retracted = mark_of(doc), doc["verification_status"] == VerificationStatus.RETRACTED
    return Face(
        shapes=(mark.shape,),
        site=settings.SITE_NAME,
        is_rtl=get_language_bidi(),
        headline=doc["claim"],
        word=mark.word[:1].upper() + mark.word[1:],
        speaker=doc["speaker"]["name"] if doc["speaker"] else _("Unattributed"),
        date=dates.partial_date(doc["stated_on"] or ""),
        remark=_("This verdict is retracted. Do not rely on it.") if retracted else "",
        published=_("Published %s") % dates.partial_date(doc["published_at"][:10]),
    )


def of_site() -> Face:
    """The site's own, for pages that are about no one claim."""
    tagline = _("What was said, and what the evidence shows.")
    return Face(shapes=STEPS[::-1], site=settings.SITE_NAME, is_rtl=get_language_bidi(), headline=tagline)
