"""Desk rows in every status, and no public address that shows a word of them."""

import itertools
import uuid
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims import editing, workflow
from claims.models import Article, Claim, Publication, PublishedClaim, Speaker, Topic
from sources.models import Publisher, Source
from tests.claims import factories

pytestmark = pytest.mark.django_db

# What an address is not answered without.
ASKED = {"/v1alpha1/claims:search": "?query=public"}
EXPORTS = [f"/api/v1/exports/{name}" for name in ("claims.ndjson", "claims.csv", "changes.ndjson")]
STATUSES = ["new", "researching", "in_review", "approved", "dropped"]


def secret() -> str:
    return f"Zq{uuid.uuid4().hex}"


def draft(status: str) -> str:
    """A claim that got as far as ``status``, every text of it and of what it hangs on holding the returned word."""
    word = secret()
    article = factories.article(
        f"{word} was said.", title=word, url=f"https://example.org/{word}", limits=word, byline=word
    )
    article.outlet = factories.publisher(word)
    article.save()
    claim = factories.claim(
        f"{word} was said",
        article=article,
        wording=word,
        speaker=factories.speaker(word, note=word),
        relays=factories.speaker(word),
        topics=(word,),
        occasion=word,
        position=word,
    )
    write(claim, word)
    forward(claim, status)
    return word


def write(claim: Claim, word: str) -> None:
    """An assessment and evidence, all of ``word``."""
    author = factories.user("researcher")
    texts = dict.fromkeys(("title", "abstract", "independence_note"), word)
    source = factories.source(url=f"https://example.org/{word}", publisher=factories.publisher(word), **texts)
    factories.evidence(claim, source=source, finding=word, locator=word)
    words = dict.fromkeys(("summary", "explanation", "needed", "one_source_reason", "notes"), word)
    editing.assess(claim, by=author, rating=factories.rating(), **words)


def forward(claim: Claim, status: str) -> None:
    researcher, reviewer = factories.user("researcher"), factories.user("reviewer")
    if status == "dropped":
        workflow.drop(claim, by=factories.user("publisher"))
    if status in ("researching", "in_review", "approved") and claim.workflow_status == "new":
        workflow.research(claim, by=researcher)
    if status in ("in_review", "approved"):
        kind = workflow.possible_kinds(claim)[0]
        note = secret() if kind in ("update", "correction") else ""
        workflow.submit(claim, by=researcher, kind=kind, note=note)
    if status == "approved":
        workflow.approve(claim, by=reviewer, comment="Good.")


def redraft(status: str) -> str:
    """A public claim with a draft of its next version on the desk."""
    word = secret()
    claim = factories.published(factories.claim(topics=("Public",)))
    workflow.reopen(claim, by=factories.user("researcher"), kind="correction", note=word)
    Claim.objects.filter(pk=claim.pk).update(wording=word, occasion=word)
    write(claim, word)
    forward(claim, status)
    return word


def tracked(status: str) -> str:
    """A listed claim, whose assessment is a draft."""
    word = secret()
    claim = factories.listed()
    write(claim, word)
    forward(claim, status)
    return word


def routes(patterns: list, prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from routes(pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern)


def values() -> dict[str, list[str]]:
    """What can stand in an address: every id there is on the desk, and every slug."""
    ids = {
        str(pk)
        for model in (Article, Claim, Publication, PublishedClaim, Publisher, Source, Speaker)
        for pk in model.objects.values_list("pk", flat=True)
    }
    slugs = [*Topic.objects.values_list("slug", flat=True), "true", "x"]
    named = dict.fromkeys(("int:pk", "int:id"), sorted(ids))
    return named | {"str:slug": ["x"], "slug": slugs, "int": ["1", "2"]}


def addresses() -> Iterator[str]:
    known = values()
    for route in routes(get_resolver().url_patterns):
        parts = [part.partition(">")[0] for part in route.split("<")[1:]]
        if "^" in route:
            continue
        choices = [known.get(part) or known["slug" if "slug" in part else "int"] for part in parts]
        for chosen in itertools.product(*choices):
            address = route
            for part, value in zip(parts, chosen, strict=True):
                address = address.replace(f"<{part}>", value, 1)
            yield f"/{address}"


def seen_by_readers(client) -> Iterator[tuple[str, str]]:
    for address in addresses():
        response = client.get(address + ASKED.get(address, ""), follow=True)
        assert response.status_code in (200, 404), address
        yield address, response.getvalue().decode(errors="replace")  # A picture is no text.


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    drafts=st.lists(st.sampled_from(STATUSES), min_size=1, max_size=2),
    redrafts=st.lists(st.sampled_from(["researching", "in_review", "approved"]), max_size=1),
    listings=st.lists(st.sampled_from(["new", "researching", "in_review", "approved"]), max_size=1),
)
def test_no_public_address_shows_a_draft(client, drafts, redrafts, listings):
    with transaction.atomic():
        words = [draft(status) for status in drafts]
        words += [redraft(status) for status in redrafts] + [tracked(status) for status in listings]
        pages = list(seen_by_readers(client))
        for (address, page), word in itertools.product(pages, words):
            assert word.lower() not in page.lower(), address
        assert len(pages) > 50
        transaction.set_rollback(True)


@pytest.mark.parametrize("status", STATUSES)
def test_no_public_address_shows_a_draft_in_any_status(client, status):
    word = draft(status)
    for address, page in seen_by_readers(client):
        assert word.lower() not in page.lower(), address


def test_the_search_for_leaks_would_find_one(client):
    """The same search does see what is public, so that it cannot pass by looking nowhere."""
    claim = factories.published(factories.claim(wording="Plainly public words."))
    shown = [address for address, page in seen_by_readers(client) if "Plainly public words." in page]
    assert f"/claims/{claim.pk}-x/" in shown
    assert f"/api/v1/claims/{claim.pk}/" in shown
    assert {"/", "/claims/", "/api/v1/claims/", "/api/v1/changes/"} | set(EXPORTS) <= set(shown)
    assert {"/feeds/claims.atom", "/feeds/claimreview.json", f"/api/v1/claims/{claim.pk}/claimreview/"} <= set(shown)


def test_search_finds_no_draft(client):
    word = draft("approved")
    for address in ("/claims/", "/api/v1/claims/"):
        page = client.get(address, {"q": word}).content.decode()
        assert page.lower().count(word.lower()) <= 4  # the question itself, and two links to a feed of its answers
    assert client.get("/api/v1/claims/", {"q": word}).json()["count"] == 0
