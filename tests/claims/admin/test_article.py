from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from claims.models import Article
from tests.claims import factories
from tests.claims.test_reading import ARTICLE as WEB_ARTICLE
from tests.claims.test_reading import PARAGRAPHS, docx, page

pytestmark = pytest.mark.django_db

ADD = "admin:claims_article_add"
LIST = "admin:claims_article_changelist"


@pytest.fixture
def annotator(client):
    user = factories.user("annotator")
    client.force_login(user)
    return user


def add(client, **fields):
    empty = dict.fromkeys(("text", "title", "url", "byline", "published_on", "language"), "")
    return client.post(reverse(ADD), empty | fields)


def upload(content, name="a.txt"):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


def test_pasted_article_is_added_and_opened_to_annotate(client, annotator):
    outlet = factories.publisher()
    response = add(
        client,
        text="It rained.\r\n\r\nIt poured.",
        title="Rain",
        outlet=outlet.pk,
        url="example.org/rain",
        byline="A. Writer",
        published_on="2022-07",
        language="km",
    )
    article = Article.objects.get()
    assert response.status_code == 302
    assert response.url == reverse("admin:claims_article_annotate", args=[article.pk])
    assert (article.text, article.title, article.outlet) == ("It rained.\n\nIt poured.", "Rain", outlet)
    assert (article.url, article.published, article.language) == ("https://example.org/rain", "2022-07", "km")
    assert article.created_by == annotator


def test_file_fills_in_what_was_left_empty_and_it_is_said(client, annotator):
    head = (
        "<meta name=author content='Jane Writer'><link rel=canonical href='https://example.org/a-record'>"
        "<meta property='article:published_time' content='2022-07-12'>"
    )
    response = client.post(
        reverse(ADD), {"file": upload(page(WEB_ARTICLE, head), "a.html"), "byline": "Somebody"}, follow=True
    )
    article = Article.objects.get()
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert (article.title, article.byline, article.published) == ("A record", "Somebody", "2022-07-12")
    assert (article.url, article.language) == ("https://example.org/a-record", "en-GB")
    assert "Taken from the file, please check: Title, Address, Language and Published on." in response.text


def test_word_document_is_added(client, annotator):
    add(client, file=upload(docx(), "a.docx"), title="A record")
    assert Article.objects.get().text == "\n\n".join(PARAGRAPHS)


def test_guessed_encoding_is_said(client, annotator):
    text = "Le café était fermé, dit l’élève – « déjà vu »."
    add(client, file=upload(text.encode("cp1252")), title="Café")
    response = client.get(reverse(LIST))
    assert "It was read as windows-1252: check the accents." in response.text
    assert Article.objects.get().text == text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": "Rain"}, "Paste the text here, or choose a file."),
        ({"title": "Rain", "text": " \n "}, "Paste the text here, or choose a file."),
        ({"title": "Rain", "text": "It rained.", "file": b"It poured."}, "Paste the text or choose a file, not both."),
        ({"text": "It rained."}, "Give the article its title."),
        ({"file": b"It rained."}, "Give the article its title."),
        ({"title": "Rain", "file": b"%PDF-1.7"}, "This is a PDF."),
        ({"title": "Rain", "file": b""}, "The submitted file is empty."),
        ({"title": "Rain", "text": "It rained.", "published_on": "July"}, "is not a date"),
        ({"title": "Rain", "text": "It rained.", "language": "English!"}, "Write the language as a tag"),
        ({"title": "Rain", "text": "It rained.", "url": "javascript:alert(1)"}, "Enter a valid URL."),
        (
            {"title": "Rain", "text": "a" * (1024 * 1024 + 1)},
            "The text is 1,025 kB long; Assay takes up to 1,024 kB. Split it.",
        ),
        ({"title": "Rain", "text": "ក" * 600_000}, "The text is 1,758 kB long; Assay takes up to 1,024 kB."),
        ({"title": "Rain", "file": b"a" * (1024 * 1024 + 1)}, "The text is 1,025 kB long; Assay takes up to 1,024 kB."),
    ],
)
def test_what_is_wrong_with_an_article_is_said(client, annotator, fields, words):
    if "file" in fields:
        fields = fields | {"file": upload(fields["file"])}
    response = add(client, **fields)
    assert response.status_code == 200
    assert words in response.text
    assert not Article.objects.exists()


def test_one_megabyte_of_a_script_of_three_bytes_a_letter_is_added(client, annotator):
    text = "កម្ពុជា " * 47_000
    assert 1_000_000 < len(text.strip().encode()) <= 1024 * 1024
    assert add(client, text=text, title="Long").status_code == 302
    assert Article.objects.get().text == text.strip()


def test_what_was_read_from_a_file_is_kept_when_the_form_comes_back(client, annotator):
    source = "---\ntitle: Rain\ndate: 2022-07-12\n---\nIt rained **a lot**."
    response = add(client, file=upload(source, "a.md"), language="not a tag")
    assert "It rained a lot." in response.text
    assert 'value="Rain"' in response.text
    assert 'value="2022-07-12"' in response.text


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("http://www.Example.org/rain/?utm_source=x#top", "Another text."),
        ("", "It rained.\r\n\r\nIt poured. "),
        ("https://example.org/elsewhere", "It rained.\n\nIt poured."),
    ],
)
def test_article_that_is_there_already_is_pointed_out(client, annotator, url, text):
    twin = factories.article("It rained.\n\nIt poured.", title="Rain", url="https://example.org/rain")
    fields = {"title": "Again", "url": url, "text": text}
    response = add(client, **fields)
    assert "This article seems to be there already." in response.text
    assert reverse("admin:claims_article_annotate", args=[twin.pk]) in response.text
    assert Article.objects.count() == 1
    assert add(client, **fields, anyway="on").status_code == 302
    assert Article.objects.count() == 2


def test_second_press_leads_to_the_article_that_the_first_added(client, annotator):
    fields = {"title": " Rain", "url": "example.org/rain", "text": "It rained.\r\n"}
    first, second = add(client, **fields), add(client, **fields)
    assert second.url == first.url
    assert "“Rain” is there already: this is it." in client.get(second.url).text
    assert Article.objects.count() == 1
    Article.objects.update(created_at=timezone.now() - timedelta(hours=1))
    assert "This article seems to be there already." in add(client, **fields).text


def test_articles_without_an_address_are_not_taken_for_the_same(client, annotator):
    factories.article("It rained.", url="")
    assert add(client, title="Again", text="It poured.").status_code == 302


def test_hostile_article_is_inert(client, annotator):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\u202e\"'>"
    factories.article(f"{hostile}\n\nIt rained.", title=hostile, url="https://example.org/x", byline=hostile)
    pages = [client.get(reverse(LIST)).text]
    pages.append(add(client, title=hostile, byline=hostile, text=f"{hostile}\n\nIt rained.").text)
    pages.append(add(client, title="x", file=upload(b"x", f"{hostile}.exe")).text)
    article = Article.objects.get()
    pages += [
        client.get(reverse(f"admin:claims_article_{name}", args=[article.pk])).text for name in ("change", "correct")
    ]
    for text in pages:
        assert "<script>alert" not in text
        assert "<img src=x" not in text


def test_text_is_not_changed_beside_its_claims(client, annotator):
    claim = factories.claim()
    article = claim.article
    address = reverse("admin:claims_article_change", args=[article.pk])
    form = client.get(address)
    assert 'name="text"' not in form.text
    assert reverse("admin:claims_article_correct", args=[article.pk]) in form.text
    assert reverse("admin:claims_article_annotate", args=[article.pk]) in form.text
    client.post(address, {"title": "Renamed", "language": "en", "text": "Other words.", "published_on": "2021"})
    before = article.text
    article.refresh_from_db()
    assert (article.title, article.text, article.published) == ("Renamed", before, "2021")


def test_article_is_seen_on_the_site_once_it_is_there(client, annotator):
    claim = factories.claim()
    address = reverse("admin:claims_article_change", args=[claim.article_id])
    assert "View on site" not in client.get(address).text
    factories.listed(claim)
    assert "View on site" in client.get(address).text


def test_reader_of_the_desk_sees_an_article_and_cannot_change_it(client):
    client.force_login(factories.user("reviewer"))
    article = factories.article(published_on="2022-07-01", published_on_precision="month")
    response = client.get(reverse("admin:claims_article_change", args=[article.pk]))
    assert response.status_code == 200
    assert 'name="title"' not in response.text
    assert client.get(reverse(ADD)).status_code == 403


def test_list_shows_what_there_is_to_do(client, annotator):
    claim = factories.claim()
    factories.claim(article=claim.article)
    type(claim).objects.filter(pk=claim.pk).update(anchor="lost")
    text = client.get(reverse(LIST)).text
    assert '<td class="field-claims">2</td>' in text
    assert reverse("admin:claims_article_anchors", args=[claim.article_id]) in text
    assert reverse("admin:claims_article_annotate", args=[claim.article_id]) in text


@pytest.mark.parametrize("rows", [1, 3])
def test_number_of_queries_of_the_list_does_not_grow(client, annotator, django_assert_num_queries, rows):
    for _ in range(rows):
        factories.claim()
    client.get(reverse(LIST))
    with django_assert_num_queries(7):
        client.get(reverse(LIST))
