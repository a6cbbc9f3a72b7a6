import re

import pytest
from django.urls import reverse

from claims import editing
from claims.models import Assessment, Claim, Evidence
from tests.claims import factories
from tests.claims.admin.browsing import address, boxes, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def superuser(client):
    user = factories.user(is_superuser=True)
    client.force_login(user)
    return user


def recording(article, quote, **fields):
    return {
        "article": article.pk,
        "quote": quote,
        "form": "narration",
        "wording": "It rained in May.",
        "checkability": "checkable",
        **fields,
    }


def test_claim_is_tied_to_its_words(client, superuser):
    article = factories.article("It rained. It poured.")
    response = client.post(reverse("admin:claims_claim_add"), recording(article, "It poured"))
    assert response.status_code == 302
    claim = Claim.objects.get()
    assert (claim.quote_start, claim.quote_end, claim.created_by) == (11, 20, superuser)


def test_second_press_leads_to_what_the_first_recorded(client, superuser):
    article = factories.article("It rained. It poured.")
    data = recording(article, "It poured")
    client.post(reverse("admin:claims_claim_add"), data)
    response = client.post(reverse("admin:claims_claim_add"), data)
    assert response.url == address(Claim.objects.get())
    assert "This claim is recorded already" in client.get(response.url).text


def test_claim_that_somebody_else_recorded_is_told_of_with_what_was_typed(client, superuser):
    article = factories.article("It rained. It poured.")
    factories.claim("It poured", article=article, wording="It rained in May.")
    response = client.post(
        reverse("admin:claims_claim_add"), recording(article, "It poured", occasion="A press conference")
    )
    assert "This claim is recorded already, in these words and this wording." in response.text
    assert "A press conference" in response.text
    assert Claim.objects.count() == 1


def test_words_that_are_not_in_the_article_are_refused(client, superuser):
    article = factories.article("It rained. It poured.")
    response = client.post(reverse("admin:claims_claim_add"), recording(article, "It snowed"))
    assert "does not say this, word for word" in response.text
    assert not Claim.objects.exists()


def test_words_said_twice_are_asked_about(client, superuser):
    article = factories.article("It rained on Monday. It rained on Tuesday.")
    response = client.post(reverse("admin:claims_claim_add"), recording(article, "It rained"))
    assert "…It rained on Monday. <mark>It rained</mark> on Tuesday." in response.text
    assert not Claim.objects.exists()
    client.post(reverse("admin:claims_claim_add"), recording(article, "It rained", occurrence=2))
    assert Claim.objects.get().quote_start == 21


def test_time_that_is_not_there_is_refused(client, superuser):
    article = factories.article("It rained on Monday. It rained on Tuesday.")
    response = client.post(reverse("admin:claims_claim_add"), recording(article, "It rained", occurrence=3))
    assert "only 2 times" in response.text


def test_claim_assessment_and_evidence_are_written_on_one_page(client, superuser):
    claim = factories.claim()
    data = page(client, claim) | {
        "wording": "Other words.",
        "topics": [factories.topic("Weather").pk],
        "stated_on": "2022-07",
        "assessment-0-summary": "It did rain.",
        "evidence-0-source": factories.source().pk,
        "evidence-0-stance": "supports",
        "evidence-0-finding": "Rain.",
    }
    response = client.post(address(claim), data)
    assert (response.status_code, response.url) == (302, address(claim))
    claim.refresh_from_db()
    assert (claim.wording, claim.stated, [topic.name for topic in claim.topics.all()]) == (
        "Other words.",
        "2022-07",
        ["Weather"],
    )
    assert Assessment.objects.values_list("claim", "summary", "author").get() == (
        claim.pk,
        "It did rain.",
        superuser.pk,
    )
    assert Evidence.objects.values_list("claim", "finding", "rank").get() == (claim.pk, "Rain.", 1)


def test_saving_what_was_opened_changes_nothing(client, superuser):
    claim = factories.researched(factories.claim(topics=("Health",)), explanation="One line.\n\nAnother.")
    before = editing.version(claim)
    author = claim.assessment.author
    assert client.post(address(claim), page(client, claim)).status_code == 302
    claim = Claim.objects.get()
    assert (editing.version(claim), claim.assessment.author) == (before, author)


def test_statement_stays_one_of_its_article(client, superuser):
    claim = factories.claim()
    other = factories.article()
    client.post(address(claim), page(client, claim) | {"article": other.pk, "wording": "Other words."})
    assert Claim.objects.values_list("wording", "article").get() == ("Other words.", claim.article_id)


def test_claim_is_tied_to_other_words_of_its_article(client, superuser):
    claim = factories.claim("It rained", article=factories.article("It rained. It poured."))
    assert client.post(address(claim), page(client, claim) | {"quote": "It poured"}).status_code == 302
    claim.refresh_from_db()
    assert (claim.quote, claim.quote_start) == ("It poured", 11)


def merged_speaker():
    return factories.speaker("Ada", merged_into=factories.speaker("Ada Minister"))


def test_refusal_is_told_on_the_page_with_all_that_was_typed(client, superuser):
    claim = factories.claim()
    piece = {"source": factories.source().pk, "stance": "context", "finding": "Rain."}
    typed = {"wording": "My wording.", "speaker": merged_speaker().pk}
    typed |= {f"evidence-0-{name}": value for name, value in piece.items()}
    response = client.post(address(claim), page(client, claim) | typed)
    assert "“Ada” was merged into another: name that one" in response.text
    again = boxes(response.text)
    assert (again["wording"], again["evidence-0-finding"]) == ("My wording.", "Rain.")
    assert (Claim.objects.get().wording, Evidence.objects.count()) == (claim.wording, 0)
    assert boxes(client.get(address(claim), {"draft": "restore"}).text)["wording"] == "My wording."
    assert client.post(address(claim), again | {"speaker": claim.speaker_id}).status_code == 302
    assert (Claim.objects.get().wording, Evidence.objects.get().finding) == ("My wording.", "Rain.")


def test_refused_recording_is_shown_again_as_it_was_typed(client, superuser):
    article = factories.article("It rained. It poured.")
    typed = recording(article, "It poured", speaker=merged_speaker().pk, occasion="a speech")
    response = client.post(reverse("admin:claims_claim_add"), typed)
    assert "“Ada” was merged into another: name that one" in response.text
    assert 'value="a speech"' in response.text
    assert ">It poured</textarea>" in response.text.replace("\n", "")
    assert not Claim.objects.exists()


def test_page_shows_the_quote_in_its_words_and_leads_to_it(client, superuser):
    claim = factories.claim("<b>rained", article=factories.article("It <b>rained. It poured."))
    text = client.get(address(claim)).text
    assert '…It </span><mark>&lt;b&gt;rained</mark><span class="around">.' in text.replace(
        '<span class="around">It', "…It"
    )
    assert f"{reverse('admin:claims_article_annotate', args=[claim.article_id])}#claim-{claim.pk}" in text


def test_annotator_changes_the_claim_and_not_its_assessment(client):
    claim = factories.researched()
    client.force_login(factories.user("annotator"))
    data = page(client, claim)
    assert not [name for name in data if name.startswith("assessment-0-s")]
    data |= {"wording": "Other words.", "assessment-0-summary": "Mine.", "evidence-0-finding": "Mine."}
    assert client.post(address(claim), data).status_code == 302
    claim = Claim.objects.get()
    assert (claim.wording, claim.assessment.summary) == ("Other words.", "It is so.")
    assert claim.evidence.get().finding == "It says the same."


def test_reviewer_reads_the_page_and_changes_nothing(client):
    claim = factories.researched()
    author = factories.user("researcher")
    client.force_login(author)
    data = page(client, claim) | {"wording": "Other words."}
    client.force_login(factories.user("reviewer"))
    assert client.get(address(claim)).status_code == 200
    assert client.post(address(claim), data).status_code == 403
    assert Claim.objects.get().wording == claim.wording


@pytest.mark.parametrize("status", ["in_review", "approved", "published", "dropped"])
def test_claim_past_research_cannot_be_edited_and_what_was_typed_is_shown(client, superuser, status):
    claim = factories.at_status(status)
    data = {"wording": "Other <words>.", "version": editing.version(claim)}
    response = client.post(address(claim), data)
    assert response.status_code == 409
    assert re.search(r"<textarea readonly[^>]*>\s*Other &lt;words&gt;.</textarea>", response.text)
    assert "cannot be changed" in response.text
    assert Claim.objects.get().wording == claim.wording
    assert client.get(address(claim)).status_code == 200


def test_form_with_a_mistake_is_shown_again_and_can_be_saved(client, superuser):
    claim = factories.claim()
    response = client.post(address(claim), page(client, claim) | {"stated_on": "July", "wording": "Other words."})
    assert "“July” is not a date" in response.text
    assert client.post(address(claim), boxes(response.text) | {"stated_on": "2022-07"}).status_code == 302
    assert Claim.objects.get().wording == "Other words."


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_the_same_however_much_evidence_there_is(client, superuser, rows, django_assert_max_num_queries):
    claim = factories.researched()
    for _ in range(rows):
        factories.evidence(claim)
    client.get(address(claim))
    with django_assert_max_num_queries(60) as few:
        client.get(address(claim))
    for _ in range(3):
        factories.evidence(claim)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(address(claim))


@pytest.mark.parametrize(("status", "deleted"), [("new", True), ("researching", False), ("in_review", False)])
def test_only_a_claim_that_nobody_has_worked_on_is_deleted(client, status, deleted):
    claim = factories.at_status(status)
    client.force_login(factories.user("administrator"))
    response = client.post(reverse("admin:claims_claim_delete", args=[claim.pk]), {"post": "yes"})
    assert response.status_code == (302 if deleted else 403)
    assert Claim.objects.filter(pk=claim.pk).exists() != deleted
