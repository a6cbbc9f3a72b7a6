"""The texts that claims were tied to before they went adrift, from the articles' history."""

from collections.abc import Iterator
from datetime import datetime

from django.apps import apps

from claims import anchoring
from claims.enums import INTACT
from claims.models import Claim


def texts_before(claims: list[Claim]) -> dict[int, str]:
    """For claims adrift of one article: the last text in which each one's words are known to have stood, by id."""
    if not claims:
        return {}
    events = apps.get_model("claims", "ClaimEvent").objects
    sound = events.filter(pgh_obj__in=claims, anchor__in=INTACT).order_by("pgh_obj", "-pgh_id").distinct("pgh_obj")
    times = dict(sound.values_list("pgh_obj", "pgh_created_at"))
    history = Texts(claims[0].article_id)
    found = {}
    for claim in claims:
        texts = history.until(times[claim.pk]) if claim.pk in times else iter(())
        text = next((text for text in texts if _has(text, claim)), None)
        if text is not None:
            found[claim.pk] = text
    return found


class Texts:
    """The texts that an article had, each read once."""

    def __init__(self, article_id: int) -> None:
        self.events = apps.get_model("claims", "ArticleEvent").objects.filter(pgh_obj=article_id)
        self.times = list(self.events.order_by("-pgh_id").values_list("pgh_id", "pgh_created_at"))
        self.known: dict[int, str] = {}

    def until(self, time: datetime) -> Iterator[str]:
        """Those that it had got by then, newest first."""
        for event, created_at in self.times:
            if created_at <= time:
                if event not in self.known:
                    self.known[event] = self.events.values_list("text", flat=True).get(pk=event)
                yield self.known[event]


def _has(text: str, claim: Claim) -> bool:
    span = (claim.quote_start, claim.quote_end)
    around = (claim.quote_prefix, claim.quote_suffix)
    return text[slice(*span)] == claim.quote and anchoring.context(text, *span) == around
