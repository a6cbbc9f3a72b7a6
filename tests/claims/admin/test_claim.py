import pytest
from django.urls import reverse

from claims.models import Assessment, Claim, Evidence
from tests.claims import factories

pytestmark = pytest.mark.django_db

CHANGE = "admin:claims_claim_change"


@pytest.fixture
def superuser(client):
    user = factories.user(is_superuser=True)
    client.force_login(user)
    return user


def form(article, quote, **fields):
    inlines = {
        f"{prefix}-{name}": value
        for prefix in ("assessment", "evidence")
        for name, value in {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}.items()
    }
    return inlines | {
        "article": article.pk,
        "quote": quote,
        "form": "narration",
        "wording": "It rained in May.",
        "checkability": "checkable",
        "stated_on_precision": "",
        **fields,
    }


def test_claim_is_tied_to_its_words(client, superuser):
    article = factories.article("It rained. It poured.")
    response = client.post(reverse("admin:claims_claim_add"), form(article, "It poured"))
    assert response.status_code == 302
    claim = Claim.objects.get()
    assert (claim.quote_start, claim.quote_end, claim.created_by) == (11, 20, superuser)


def test_words_that_are_not_in_the_article_are_refused(client, superuser):
    article = factories.article("It rained. It poured.")
    response = client.post(reverse("admin:claims_claim_add"), form(article, "It snowed"))
    assert "does not say this, word for word" in response.text
    assert not Claim.objects.exists()


def test_words_said_twice_are_asked_about(client, superuser):
    article = factories.article("It rained on Monday. It rained on Tuesday.")
    response = client.post(reverse("admin:claims_claim_add"), form(article, "It rained"))
    assert "2: …It rained on Monday. It rained on Tuesday." in response.text
    assert not Claim.objects.exists()
    client.post(reverse("admin:claims_claim_add"), form(article, "It rained", occurrence=2))
    assert Claim.objects.get().quote_start == 21


def test_time_that_is_not_there_is_refused(client, superuser):
    article = factories.article("It rained on Monday. It rained on Tuesday.")
    response = client.post(reverse("admin:claims_claim_add"), form(article, "It rained", occurrence=3))
    assert "only 2 times" in response.text


def test_assessment_and_evidence_are_written_on_the_claims_page(client, superuser):
    claim = factories.claim()
    data = form(claim.article, claim.quote) | {
        "assessment-TOTAL_FORMS": 1,
        "assessment-0-claim": claim.pk,
        "assessment-0-summary": "It did rain.",
        "evidence-TOTAL_FORMS": 1,
        "evidence-0-claim": claim.pk,
        "evidence-0-source": factories.source().pk,
        "evidence-0-stance": "supports",
        "evidence-0-rank": 1,
        "evidence-0-finding": "Rain.",
    }
    assert client.post(reverse(CHANGE, args=[claim.pk]), data).status_code == 302
    assert Assessment.objects.values_list("claim", "summary", "author").get() == (
        claim.pk,
        "It did rain.",
        superuser.pk,
    )
    assert Evidence.objects.get(claim=claim).finding == "Rain."


def test_saving_without_touching_the_assessment_keeps_its_author(client, superuser):
    claim = factories.researched()
    author = claim.assessment.author
    data = form(claim.article, claim.quote, wording="Other words.") | {
        "assessment-TOTAL_FORMS": 1,
        "assessment-INITIAL_FORMS": 1,
        "assessment-0-id": claim.assessment.pk,
        "assessment-0-claim": claim.pk,
        "assessment-0-rating": claim.assessment.rating.pk,
        "assessment-0-summary": claim.assessment.summary,
        "assessment-0-explanation": claim.assessment.explanation,
    }
    assert client.post(reverse(CHANGE, args=[claim.pk]), data).status_code == 302
    claim = Claim.objects.get()
    assert (claim.wording, claim.assessment.author) == ("Other words.", author)


@pytest.mark.parametrize("status", ["in_review", "approved", "published", "dropped"])
def test_claim_past_research_cannot_be_edited(client, superuser, status):
    claim = factories.at_status(status)
    response = client.post(reverse(CHANGE, args=[claim.pk]), form(claim.article, claim.quote, wording="Other."))
    assert response.status_code == 403
    assert client.get(reverse(CHANGE, args=[claim.pk])).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_claim_list_costs_the_same_however_long(client, superuser, rows, django_assert_num_queries):
    factories.whole_scale()
    for _ in range(rows):
        factories.researched()
    client.get(reverse("admin:claims_claim_changelist"))
    with django_assert_num_queries(7):
        client.get(reverse("admin:claims_claim_changelist"))
