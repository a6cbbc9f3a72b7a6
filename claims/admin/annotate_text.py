"""An article's claims at their places in its text, as the desk sees them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from claims.enums import WorkflowStatus
from claims.models import Article, Claim
from claims.presentation.segments import paragraphs

SHOWN = ("article", "quote", "quote_start", "quote_end", "anchor", "wording", "workflow_status", "occasion")
SHOWN += ("speaker__name", "speaker_unknown")


@dataclass(frozen=True, eq=False)
class Statement:
    """A claim as it is listed; ``number`` counts those at their places in the order of the text.

    What is shown of each several times is made once: an article may have hundreds.
    """

    claim: Claim
    number: int = 0

    @property
    def start(self) -> int:
        return self.claim.quote_start

    @property
    def end(self) -> int:
        return self.claim.quote_end

    @cached_property
    def url(self) -> str:
        return reverse("admin:claims_claim_change", args=[self.claim.pk])

    @cached_property
    def status(self) -> str:
        return self.claim.get_workflow_status_display()

    @cached_property
    def label(self) -> str:
        return _("Statement %(number)d: %(status)s") % {"number": self.number, "status": self.status}

    @property
    def place_label(self) -> str:
        return _("Statement %(number)d in the text") % {"number": self.number}

    @property
    def said_by(self) -> str:
        if self.claim.speaker:
            return self.claim.speaker.name
        return _("Speaker unknown") if self.claim.speaker_unknown else _("No speaker yet")


def claims_of(article: Article) -> list[Claim]:
    """In the order of the text; of those that begin at one place, the longest first."""
    claims = Claim.objects.filter(article=article).select_related("speaker").only(*SHOWN)
    return sorted(claims, key=lambda claim: (claim.quote_start, -claim.quote_end, claim.pk))


def panes(article: Article, claims: Iterable[Claim]) -> dict[str, Any]:
    """What the article's text, its legend and its list of statements are made of."""
    live = [claim for claim in claims if claim.workflow_status != WorkflowStatus.DROPPED]
    anchored = [claim for claim in live if claim.is_anchored]
    statements = [Statement(claim, number) for number, claim in enumerate(anchored, start=1)]
    counts = Counter(claim.workflow_status for claim in live)
    return {
        "article": article,
        "paragraphs": paragraphs(article.text, statements),
        "statements": statements,
        "adrift": [Statement(claim) for claim in live if not claim.is_anchored],
        "dropped": [claim for claim in claims if claim.workflow_status == WorkflowStatus.DROPPED],
        "legend": [(status, counts[status]) for status in WorkflowStatus if counts[status]],
    }
