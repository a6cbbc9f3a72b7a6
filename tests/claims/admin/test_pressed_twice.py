"""Buttons that are pressed twice or more at once, each time over a connection of its own: it is done once, and said."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from claims import correcting
from claims.models import ApiKey, Article, Claim, Contact, Note
from tests.claims import factories

TIMES = 4
CONTACT = {"kind": "right_of_reply", "party": "The mayor", "on": "2022-07-12", "summary": "", "outcome": "pending"}


def press(address, data, *people):
    """Where the same button leads each of them, all at once; a page that leads nowhere is its status."""
    barrier = Barrier(len(people))

    def post(user):
        client = Client()
        client.force_login(user)
        barrier.wait()
        try:
            response = client.post(address, data)
            return response.url if response.status_code == 302 else response.status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(post, people))


@pytest.fixture
def researcher(committed):
    return factories.user("researcher")


def claim_address(claim, page="change"):
    return reverse(f"admin:claims_claim_{page}", args=[claim.pk])


def test_claim_is_added_once(researcher):
    article = factories.article("It rained. It poured.")
    data = {"article": article.pk, "quote": "It poured", "form": "narration", "wording": "It\r\npoured. "}
    leads = press(reverse("admin:claims_claim_add"), data | {"checkability": "checkable"}, *[researcher] * TIMES)
    claim = Claim.objects.get()
    assert set(leads) <= {claim_address(claim), reverse("admin:claims_claim_changelist")}


def test_statement_is_recorded_once(researcher):
    article = factories.article("It rained. It poured.")
    address = reverse("admin:claims_article_annotate", args=[article.pk])
    data = {"quote": "It poured", "wording": "It poured.", "checkability": "checkable"}
    assert press(address, data, *[researcher] * TIMES) == [f"{address}#claim-{Claim.objects.get().pk}"] * TIMES


def test_statement_that_two_people_record_is_recorded_once(researcher):
    article = factories.article("It rained. It poured.")
    address = reverse("admin:claims_article_annotate", args=[article.pk])
    data = {"quote": "It poured", "wording": "It poured.", "checkability": "checkable"}
    leads = press(address, data, researcher, factories.user("annotator"))
    assert sorted(map(str, leads)) == [f"{address}#claim-{Claim.objects.get().pk}", "422"]


@pytest.mark.parametrize("anyway", [{}, {"anyway": "on"}])
def test_article_is_added_once_and_every_press_leads_to_it(researcher, anyway):
    data = {"title": "Rain ", "text": "It rained.\r\n", "url": "example.org/rain", "language": "en"} | anyway
    leads = press(reverse("admin:claims_article_add"), data, *[researcher] * TIMES)
    assert leads == [reverse("admin:claims_article_annotate", args=[Article.objects.get().pk])] * TIMES


def test_article_that_two_people_add_is_added_once(researcher):
    data = {"title": "Rain", "text": "It rained.", "language": "en"}
    leads = press(reverse("admin:claims_article_add"), data, researcher, factories.user("annotator"))
    # The second is led to the first's, or, coming a little later, asked whether it is the same.
    assert set(leads) <= {reverse("admin:claims_article_annotate", args=[Article.objects.get().pk]), 200}


def test_note_is_written_once(researcher):
    claim = factories.claim()
    leads = press(claim_address(claim, "note"), {"text": "Is it so?\r\n"}, *[researcher] * TIMES)
    assert leads == [claim_address(claim) + "#discussion"] * TIMES
    assert Note.objects.count() == 1


@pytest.mark.parametrize("public", [{}, {"public": "on"}])
def test_contact_is_logged_once(researcher, public):
    claim = factories.claim()
    leads = press(claim_address(claim, "contact"), CONTACT | public, *[researcher] * TIMES)
    assert leads == [claim_address(claim) + "#contacts"] * TIMES
    assert Contact.objects.count() == 1


def test_import_is_carried_out_once(researcher, client):
    article, address = factories.article("It rained."), reverse("admin:claims_claim_import")
    client.force_login(researcher)
    file = SimpleUploadedFile("claims.csv", b"quote,claim,speaker\nIt rained,It rained.,The Mayor\n")
    signed = client.post(address, {"file": file, "article": article.pk}).context["signed"]
    assert (
        press(address, {"signed": signed}, *[researcher] * TIMES) == [reverse("admin:claims_claim_changelist")] * TIMES
    )
    assert Claim.objects.count() == 1


def test_text_is_corrected_once(researcher):
    article = factories.article("It rained.")
    seen = {"seen": correcting.plan(article, "It poured.").seen, "seen_text": correcting.text_hash(article.text)}
    address = reverse("admin:claims_article_apply", args=[article.pk])
    leads = press(address, {"text": "It poured."} | seen, *[researcher] * TIMES)
    assert leads == [reverse("admin:claims_article_annotate", args=[article.pk])] * TIMES
    assert apps.get_model("claims", "ArticleEvent").objects.filter(pgh_label="update").count() == 1


def test_claim_is_tied_once_by_two_people(researcher):
    article = factories.article("It rained. It poured.")
    factories.claim("It poured", article=article)
    correcting.correct_text(article, "It rained. It rains.", by=researcher)
    words = {"claim": Claim.objects.get().pk, "words": "It rains", "seen_text": correcting.text_hash(article.text)}
    people = [researcher, researcher, factories.user("annotator")]
    leads = press(reverse("admin:claims_article_anchors", args=[article.pk]), words, *people)
    assert leads == [reverse("admin:claims_article_annotate", args=[article.pk])] * 3


def test_api_key_is_issued_once(committed):
    administrator, address = factories.user("administrator"), reverse("admin:claims_apikey_add")
    data = {"name": "The Archive", "per_minute": 60, "once": uuid.uuid4()}
    leads = press(address, data, *[administrator] * TIMES)
    assert sorted(map(str, leads)) == sorted([reverse("admin:claims_apikey_changelist")] * (TIMES - 1) + ["200"])
    assert ApiKey.objects.count() == 1
