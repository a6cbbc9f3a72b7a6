"""When an article's text is corrected: every claim is tied anew to its words, or says that it cannot be."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pghistory
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from claims import anchoring
from claims.anchoring import Placement
from claims.enums import INTACT, Anchor, WorkflowStatus
from claims.models import Article, Claim
from claims.reading import Unreadable, check_size
from claims.refusals import Refused, refusals_of_database
from claims.texts_before import texts_before
from sources.text import normalise

UNDER_APPROVAL = (WorkflowStatus.IN_REVIEW, WorkflowStatus.APPROVED)
# Of the columns that say where a quote is, those that are published with it (claims.document), and the rest.
PUBLISHED = {"quote_start", "quote_end", "quote_prefix", "quote_suffix"}
COLUMNS = [*sorted(PUBLISHED), "anchor", "found_start", "found_end"]


@dataclass(frozen=True)
class Placed:
    """A claim, how its words stand in the text to come, and the columns that says so with.

    ``voids_approval``: what was submitted is then no longer what the claim says.
    """

    claim: Claim
    placement: Placement
    columns: dict[str, Any]
    changes: bool
    voids_approval: bool


@dataclass(frozen=True)
class Plan:
    """What a correction does to an article's claims, in the order of the text."""

    old_text: str
    text: str
    placed: list[Placed]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many claims end up with each anchor."""
        counted = Counter(str(placed.placement.anchor) for placed in self.placed)
        return {anchor: counted[anchor] for anchor in Anchor.values}

    @cached_property
    def adrift(self) -> list[Placed]:
        return [placed for placed in self.placed if placed.placement.anchor not in INTACT]

    @cached_property
    def voided(self) -> list[Placed]:
        return [placed for placed in self.placed if placed.voids_approval]

    @cached_property
    def seen(self) -> str:
        """Names the text this corrects and what it does to the claims: who confirms it has seen just that."""
        outcomes = [(p.claim.pk, str(p.placement.anchor), p.placement.start, p.voids_approval) for p in self.placed]
        return text_hash(f"{text_hash(self.old_text)} {text_hash(self.text)} {outcomes}")


def text_hash(text: str) -> str:
    """SHA-256, in hexadecimal: says which text somebody has seen."""
    return hashlib.sha256(text.encode()).hexdigest()


def plan(article: Article, text: str) -> Plan:
    """What ``correct_text`` would do; raises Refused if there is nothing to correct, or too much text."""
    return _plan(article, text, list(article.claims.order_by("quote_start", "pk")))


@transaction.atomic
def correct_text(article: Article, text: str, *, by: User, seen: str | None = None) -> Plan:
    """Give an article another text and tie its claims to it; ``seen`` names the plan that was shown to ``by``."""
    if not by.has_perm("claims.change_article"):
        raise Refused(_("Your role does not allow you to correct articles."), rule="claims.change_article")
    current, claims = _locked(article)
    planned = _plan(current, text, claims)
    if seen is not None and seen != planned.seen:
        raise Refused(
            _("The article or its claims changed after you opened this page. Look at what the correction does now."),
            rule="article_text_stale",
        )
    current.text = planned.text
    written = [placed.claim for placed in planned.placed if placed.changes]
    for placed in planned.placed:
        _set(placed.claim, placed.columns)
    with pghistory.context(user=by.pk, reason="correct_text"), refusals_of_database():
        current.save(update_fields=["text"])
        Claim.objects.bulk_update(written, COLUMNS, batch_size=100)
    article.text = planned.text
    return planned


@transaction.atomic
def confirm_anchor(claim: Claim, start: int, end: int, *, by: User, seen_text: str | None = None) -> Claim:
    """A person says that a claim's words are those from ``start`` to ``end`` now; ``seen_text`` is their text's hash.

    The quote becomes these words, at any workflow status: an approval of others is void from then on.
    """
    if not by.has_perm("claims.change_claim"):
        raise Refused(_("Your role does not allow you to change claims."), rule="claims.change_claim")
    current = Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    text = Article.objects.select_for_update(no_key=True).get(pk=current.article_id).text
    if seen_text is not None and seen_text != text_hash(text):
        raise Refused(
            _("The article’s text was corrected after you opened this page. Look again."), rule="article_text_stale"
        )
    if current.is_anchored:
        raise Refused(_("This claim’s words are in their place."), rule="claim_anchor_confirmed")
    words = text[start:end].strip() if 0 <= start < end <= len(text) else ""
    if not words:
        raise Refused(_("These words do not lie inside the article’s text."), rule="claim_span_inside_article")
    start = text.index(words, start)
    moved = words == current.quote and start != current.quote_start
    anchor = Anchor.MOVED if moved else Anchor.EXACT
    _write(current, {"quote": words} | _anchored(text, Placement(anchor, start, start + len(words))), by=by)
    claim.refresh_from_db()
    return claim


def _plan(article: Article, text: str, claims: list[Claim]) -> Plan:
    text = normalise(text).strip()
    if not text:
        raise Refused(_("Without a text there is nothing to tie claims to."), rule="article_text_size")
    try:
        check_size(text)
    except Unreadable as error:
        raise Refused(str(error), rule="article_text_size") from error
    if text == article.text:
        raise Refused(_("This is the text as it is: nothing to correct."), rule="article_text_unchanged")
    placements = _placements(article, text, claims)
    return Plan(
        article.text,
        text,
        [_placed(claim, text, placements[claim.pk]) for claim in claims],
    )


def _placed(claim: Claim, text: str, placement: Placement) -> Placed:
    columns = _anchored(text, placement)
    changed = [name for name, value in columns.items() if getattr(claim, name) != value]
    submitted = claim.workflow_status in UNDER_APPROVAL
    return Placed(claim, placement, columns, bool(changed), submitted and not PUBLISHED.isdisjoint(changed))


def _placements(article: Article, text: str, claims: list[Claim]) -> dict[int, Placement]:
    """How each claim stands in ``text``, by id. One that went adrift earlier is sought from where it last stood."""
    by_text: dict[str, list[Claim]] = defaultdict(list)
    unknown = []
    before = texts_before([claim for claim in claims if not claim.is_anchored])
    for claim in claims:
        old = article.text if claim.is_anchored else before.get(claim.pk)
        if old is None:
            unknown.append(claim)
        else:
            by_text[old].append(claim)
    placements = {claim.pk: _by_context(claim, text) for claim in unknown}
    for old, group in by_text.items():
        spans = ((claim.quote_start, claim.quote_end) for claim in group)
        found = anchoring.reanchor_all(old, text, spans)
        placements |= {claim.pk: placement for claim, placement in zip(group, found, strict=True)}
    return placements


def _by_context(claim: Claim, text: str) -> Placement:
    """A place for a claim whose text is not in the history: good enough to propose, never to be sure of."""
    start = len(claim.quote_prefix)
    known = f"{claim.quote_prefix}{claim.quote}{claim.quote_suffix}"
    placement = anchoring.reanchor(known, text, start, start + len(claim.quote))
    return placement if placement.anchor not in INTACT else placement._replace(anchor=Anchor.CHANGED)


def _anchored(text: str, placement: Placement) -> dict[str, Any]:
    """The columns that say so. What is adrift keeps the quote, offsets and context of the text that had them."""
    anchor, start, end = placement
    if anchor not in INTACT or start is None or end is None:
        return {"anchor": anchor, "found_start": start, "found_end": end}
    prefix, suffix = anchoring.context(text, start, end)
    span = {"quote_start": start, "quote_end": end, "quote_prefix": prefix, "quote_suffix": suffix}
    return span | {"anchor": anchor, "found_start": None, "found_end": None}


def _locked(article: Article) -> tuple[Article, list[Claim]]:
    """The article and its claims, locked until the transaction ends.

    The claims come first: who edits one has locked it when PostgreSQL looks at the article. Those that were recorded
    meanwhile are locked when nobody can record any more.
    """
    claims: Iterable[Claim] = Claim.objects.filter(article=article).select_for_update(no_key=True).order_by("pk")
    list(claims.all())  # type: ignore[attr-defined]
    current = Article.objects.select_for_update(no_key=True).get(pk=article.pk)
    return current, sorted(claims, key=lambda claim: (claim.quote_start, claim.pk))


def _write(claim: Claim, columns: dict[str, Any], *, by: User) -> None:
    _set(claim, columns)
    with pghistory.context(user=by.pk, reason="confirm_anchor"), refusals_of_database():
        claim.save(update_fields=list(columns))


def _set(claim: Claim, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        setattr(claim, name, value)
