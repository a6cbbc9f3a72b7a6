"""Many publications at once, over real connections."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.test import Client
from django.urls import reverse

from claims import ledger, publishing
from claims.models import Publication, PublishedClaim
from claims.refusals import Refused
from tests.claims import factories


def publish(claim, publisher):
    try:
        return publishing.publish(claim, by=publisher, kind="verdict").sequence
    except Refused as refusal:
        return refusal.rule
    finally:
        connection.close()


def together(claims, publisher):
    with ThreadPoolExecutor(max_workers=8) as pool:
        return list(pool.map(publish, claims, [publisher] * len(claims)))


def test_32_publications_over_8_connections_are_one_chain(committed):
    article = factories.article()
    claims = [factories.approved(factories.claim(article=article)) for _ in range(32)]
    sequences = together(claims, factories.user("publisher"))
    assert sorted(sequences) == list(range(1, 33))
    assert len(list(ledger.verify())) == 32
    assert sorted(PublishedClaim.objects.values_list("ordinal", flat=True)) == list(range(1, 33))


def test_publishing_one_claim_eight_times_at_once_publishes_it_once(committed):
    claim = factories.approved()
    outcomes = together([claim] * 8, factories.user("publisher"))
    assert sorted(map(str, outcomes)) == ["1"] + ["claim_workflow_moves"] * 7
    assert Publication.objects.count() == 1


def press(claim, publisher, seen):
    """The button on the page where a claim is published, in a browser of its own."""
    client = Client()
    client.force_login(publisher)
    try:
        return client.post(reverse("admin:claims_claim_step", args=[claim.pk, "publish"]), {"seen": seen}).status_code
    finally:
        connection.close()


def test_button_that_is_pressed_twice_publishes_once_and_shows_no_error(committed):
    claim, publisher = factories.approved(), factories.user("publisher")
    claim.refresh_from_db()
    seen = claim.submitted_at.isoformat()
    with ThreadPoolExecutor(max_workers=4) as pool:
        answers = list(pool.map(press, [claim] * 4, [publisher] * 4, [seen] * 4))
    assert answers == [302] * 4
    assert Publication.objects.count() == 1
