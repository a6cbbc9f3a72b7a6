import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sources.models import Source
from tests.claims import factories

pytestmark = pytest.mark.django_db

LIST = reverse("admin:sources_source_changelist")
ADD = reverse("admin:sources_source_add")


@pytest.fixture
def researcher(client):
    user = factories.user("researcher")
    client.force_login(user)
    return user


def form(**fields):
    return {"title": "Minutes", "kind": "official_record", "access": "offline"} | fields


def uploaded(name="Minutes.pdf", content=b"%PDF-1.7 minutes"):
    return SimpleUploadedFile(name, content)


def test_source_is_added_with_its_date_in_one_box(client, researcher):
    assert client.post(ADD, form(url="example.org/a", published_on="2022-07")).status_code == 302
    source = Source.objects.get()
    assert (source.url, source.published) == ("https://example.org/a", "2022-07")


def test_document_is_uploaded_and_opened_by_the_desk_as_an_attachment(client, researcher):
    assert client.post(ADD, form(upload=uploaded('“Minutes”\u202e <b>"of" May.pdf'))).status_code == 302
    source = Source.objects.get()
    assert source.file_name == '“Minutes” <b>"of" May.pdf'
    address = reverse("admin:sources_source_file", args=[source.pk])
    assert f'<a href="{address}" dir="auto">“Minutes” &lt;b&gt;' in client.get(LIST).text
    client.force_login(factories.user("reviewer"))
    response = client.get(address)
    assert b"".join(response.streaming_content) == b"%PDF-1.7 minutes"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''%E2%80%9CMinutes")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Content-Type"] == "application/octet-stream"


def test_file_is_the_desks_alone(client, researcher):
    client.post(ADD, form(upload=uploaded()))
    address = reverse("admin:sources_source_file", args=[Source.objects.get().pk])
    client.force_login(factories.user())
    assert client.get(address).status_code == 403
    client.logout()
    assert client.get(address).status_code == 302


def test_source_without_a_file_has_none_to_open(client, researcher):
    source = factories.source()
    assert client.get(reverse("admin:sources_source_file", args=[source.pk])).status_code == 404
    assert client.get(reverse("admin:sources_source_change", args=[source.pk])).status_code == 200


def test_file_stays_when_the_source_is_saved_without_another(client, researcher):
    client.post(ADD, form(upload=uploaded()))
    source = Source.objects.get()
    change = reverse("admin:sources_source_change", args=[source.pk])
    assert client.post(change, form(title="Minutes of May")).status_code == 302
    assert Source.objects.values_list("title", "file", "file_name").get() == (
        "Minutes of May",
        source.file.name,
        "Minutes.pdf",
    )


def test_file_that_is_not_what_it_says_is_refused(client, researcher):
    response = client.post(ADD, form(upload=uploaded(content=b"MZ\x00")))
    assert "what is in it is something else" in response.text
    assert not Source.objects.exists()


@pytest.mark.parametrize("words", ["http://www.example.org/a/?utm_source=x", "Report", "Planet"])
def test_source_is_found_by_its_words_and_by_any_spelling_of_its_address(client, researcher, words):
    factories.source(url="https://example.org/a", title="A report")
    factories.source(url="https://example.org/b", title="Another", publisher=factories.publisher("Else"))
    found = client.get(LIST, {"q": words}).context["cl"].result_list
    assert [source.title for source in found] == ["A report"]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_says_how_many_claims_use_a_source_at_the_same_cost(
    client, researcher, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        source = factories.source()
        for _ in range(2):
            claim = factories.claim()
            factories.evidence(claim, source=source)
            factories.evidence(claim, source=source)
    client.get(LIST)
    with django_assert_max_num_queries(7):
        response = client.get(LIST)
    assert [source.number_of_claims for source in response.context["cl"].result_list] == [2] * rows
