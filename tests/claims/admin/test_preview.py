import re

import pytest
from django.urls import reverse

from claims import publishing, workflow
from claims.models import Publication
from tests.claims import factories

pytestmark = pytest.mark.django_db


def preview(client, claim):
    client.force_login(factories.user("annotator"))
    return client.get(reverse("admin:claims_claim_preview", args=[claim.pk]))


def shown(response):
    """What the public template shows, but for the time at which it is looked at and the hash that follows from it."""
    article = response.text.partition('<article class="verdict wide">')[2].partition("</article>")[0]
    return re.sub(r"<time.*?</time>|<code title.*?</code>", "", article)


def test_preview_is_the_page_that_is_published(client):
    claim = factories.approved(factories.claim(topics=("Rain",)))
    before = preview(client, claim)
    publishing.publish(claim, by=factories.user("publisher"), kind="verdict")
    assert shown(before) == shown(client.get(before.context["record"].url))


def test_preview_says_that_it_is_one_and_is_not_found_by_search(client):
    response = preview(client, factories.researched())
    assert "Preview: not published" in response.text
    assert '<meta name="robots" content="noindex">' in response.text
    assert response["X-Robots-Tag"] == "noindex"
    assert not Publication.objects.exists()


def test_preview_of_a_correction_shows_its_note_and_its_version(client):
    claim = factories.published()
    workflow.reopen(claim, by=factories.user("researcher"), kind="correction", note="The year was wrong.")
    response = preview(client, claim)
    assert "The year was wrong." in response.text
    assert [version["version"] for version in response.context["versions"]] == [2, 1]


@pytest.mark.parametrize("kind", ["", "retraction"])
def test_preview_of_what_is_still_to_be_said(client, kind):
    claim = factories.published()
    workflow.reopen(claim, by=factories.user("researcher"), kind=kind, note="It was forged." if kind else "")
    text = preview(client, claim).text
    assert ("This verdict is retracted" in text) == bool(kind)
    assert ("still to be written" in text) != bool(kind)


def test_new_claim_can_be_previewed(client):
    assert preview(client, factories.claim()).status_code == 200


def test_hostile_words_are_inert_in_the_preview(client):
    claim = factories.claim(wording="<script>alert(1)</script>")
    text = preview(client, claim).text
    assert "<script>alert(1)</script>" not in text
