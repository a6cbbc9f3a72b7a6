"""Correcting an article’s text: shown first, then made, and by whom."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims import correcting
from claims.enums import Anchor
from claims.models import Article
from tests.claims import factories
from tests.claims.admin import desk
from tests.claims.admin.correcting import FIRST, RECORD, TEXT, address, an_article, corrected

pytestmark = pytest.mark.django_db

annotator = pytest.fixture(desk.annotator)
article = pytest.fixture(an_article)


def preview(client, article, text, **fields):
    seen = client.get(address(article)).context["form"].initial["seen_text"]
    return client.post(address(article), {"text": text, "seen_text": seen} | fields)


def take(client, article, response, **fields):
    """Press the button of what was shown."""
    form = {
        "text": response.context["plan"].text,
        "seen": response.context["seen"],
        "seen_text": response.context["form"].initial["seen_text"],
    }
    return client.post(address(article, "apply"), form | fields)


def test_correction_is_shown_before_it_is_made(client, annotator, article):
    factories.claim(RECORD, article=article, wording="Nearly all were vaccinated.")
    lost = factories.claim(FIRST, article=article, wording="Prisoners were first.")
    text = TEXT.replace("94", "95").replace(f" {FIRST}, he added.", "").replace("\n", "\r\n")
    shown = preview(client, article, text)
    assert [(anchor.value, count) for anchor, count in shown.context["counts"]] == [
        ("exact", 0),
        ("moved", 0),
        ("changed", 1),
        ("lost", 1),
    ]
    assert "Nearly all were vaccinated." in shown.text
    assert Article.objects.get().text == TEXT
    response = take(client, article, shown)
    assert response.url == address(article, "anchors")
    assert Article.objects.get().text == correcting.normalise(text)
    lost.refresh_from_db()
    assert lost.anchor == Anchor.LOST


def test_correction_that_loses_nothing_leads_back_to_the_text(client, annotator, article):
    factories.claim(RECORD, article=article)
    response = take(client, article, preview(client, article, f"Note.\n\n{TEXT}"))
    assert response.url == address(article, "annotate")
    page = client.get(reverse("admin:claims_article_changelist")).text
    assert "The text is corrected. Its statement is tied to it." in page


def test_correction_is_read_from_a_file(client, annotator, article):
    file = SimpleUploadedFile("a.txt", b"It rained.")
    assert preview(client, article, TEXT.replace("\n", "\r\n"), file=file).context["plan"].text == "It rained."
    both = preview(client, article, "Other words.", file=SimpleUploadedFile("a.txt", b"It rained."))
    assert "not both" in both.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TEXT, "nothing to correct"),
        ("", "Paste the text here"),
        ("a" * (1024 * 1024 + 1), "Assay takes up to 1,024 kB"),
    ],
)
def test_correction_that_is_none_is_refused(client, annotator, article, text, words):
    response = preview(client, article, text)
    assert words in response.text
    assert "plan" not in response.context


def test_one_goes_back_from_what_is_shown_to_editing(client, annotator, article):
    response = preview(client, article, "My words.", edit="Back")
    assert "My words.</textarea>" in response.text


def test_voided_approvals_are_named_before_they_are_void(client, annotator, article):
    claim = factories.approved(factories.claim(FIRST, article=article, wording="Prisoners were first."))
    shown = preview(client, article, f"Note.\n\n{TEXT}")
    assert [placed.claim for placed in shown.context["plan"].voided] == [claim]
    assert "One submission or approval is void after this" in shown.text


def test_stale_correction_is_refused_with_both_texts(client, annotator, article):
    seen = client.get(address(article)).context["form"].initial["seen_text"]
    correcting.correct_text(article, "Their words.", by=factories.user("annotator"))
    response = client.post(address(article), {"text": "My words.", "seen_text": seen})
    assert response.status_code == 409
    assert "Somebody else corrected this text" in response.text
    assert "My words.</textarea>" in response.text
    assert "Their words.</textarea>" in response.text
    again = response.context["form"]["seen_text"].value()
    assert client.post(address(article), {"text": "My words.", "seen_text": again}).context["plan"].text == "My words."


def test_correction_that_went_stale_while_it_was_shown_is_refused(client, annotator, article):
    shown = preview(client, article, "My words.")
    correcting.correct_text(article, "Their words.", by=factories.user("annotator"))
    response = take(client, article, shown)
    assert response.status_code == 409
    assert "Their words.</textarea>" in response.text
    assert Article.objects.get().text == "Their words."


def test_correction_that_is_made_already_is_no_conflict(client, annotator, article):
    factories.claim(FIRST, article=article)
    shown = preview(client, article, f"{TEXT}\r\n\r\nA note. ")
    assert take(client, article, shown).url == address(article, "annotate")
    again = take(client, article, shown)
    assert again.url == address(article, "annotate")
    assert "The text is corrected already: it says just this." in client.get(again.url).text
    response = preview(client, article, Article.objects.get().text, seen_text=correcting.text_hash(TEXT))
    assert "nothing to correct" in response.text
    assert "Somebody else" not in response.text


def test_correction_that_is_made_already_leads_to_what_is_adrift(client, annotator, article):
    factories.claim(FIRST, article=article)
    shown = preview(client, article, "It rained.")
    assert [take(client, article, shown).url for _ in range(2)] == [address(article, "anchors")] * 2


def test_claim_recorded_while_a_correction_was_shown_is_shown_first(client, annotator, article):
    shown = preview(client, article, "My words.")
    factories.claim(FIRST, article=article, wording="Prisoners were first.")
    response = take(client, article, shown)
    assert response.status_code == 409
    assert "Prisoners were first." in response.text
    assert take(client, article, response).status_code == 302
    assert Article.objects.get().text == "My words."


@pytest.mark.parametrize("role", ["annotator", "researcher", "reviewer", "publisher", "administrator", ""])
def test_roles_that_may_correct(client, article, role):
    client.force_login(factories.user(*filter(None, [role])))
    may = role in ("annotator", "researcher", "administrator")
    assert (client.get(address(article)).status_code == 200) == may
    data = {"text": "My words.", "seen": "", "seen_text": correcting.text_hash(TEXT)}
    assert client.post(address(article, "apply"), data).status_code == (409 if may else 403)
    assert client.get(address(article, "anchors")).status_code == (200 if role else 403)


def test_pages_need_a_sign_in_and_an_article(client, article):
    for page in ("correct", "anchors"):
        assert client.get(address(article, page)).status_code == 302
    client.force_login(factories.user("annotator"))
    for page in ("correct", "anchors"):
        assert client.get(reverse(f"admin:claims_article_{page}", args=[10**6])).status_code == 404


@pytest.mark.parametrize("claims", [1, 3])
def test_number_of_queries_does_not_grow_with_the_claims(client, annotator, article, django_assert_num_queries, claims):
    for _ in range(claims):
        factories.claim(FIRST, article=article)
    shown = correcting.normalise("Other words.")
    with django_assert_num_queries(6):
        client.post(address(article), {"text": shown, "seen_text": correcting.text_hash(TEXT)})
    corrected(article, FIRST, "They came")
    with django_assert_num_queries(6):
        client.get(address(article, "anchors"))


def test_hostile_text_is_inert(client, annotator):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\u202e" + "x" * 10_000
    article = factories.article(f"{hostile} said so. It rained in May, they said.", title=hostile[:300])
    factories.claim(f"{hostile} said so", article=article, wording=hostile[:900])
    pages = [preview(client, article, article.text.replace("so.", "no.")).text]
    corrected(article, "so.", "no.")
    pages += [client.get(address(article, "anchors")).text, client.get(address(article)).text]
    for text in pages:
        assert "<script>alert" not in text
        assert "<img src=x" not in text
