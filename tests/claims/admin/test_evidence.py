import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from claims.models import Evidence
from sources.models import Publisher, Source
from tests.claims import factories
from tests.claims.admin.browsing import address, boxes, page

pytestmark = pytest.mark.django_db

FIND = reverse("admin:claims_claim_find_source")
PUBLISHERS = reverse("admin:claims_claim_find_publishers")
KNOWN = "https://example.org/a/Report?id=7"


@pytest.fixture
def claim(client):
    client.force_login(factories.user("researcher"))
    return factories.claim()


def add(client, claim, **fields):
    """Save the claim's page with one piece of evidence, whose boxes are named as in the form."""
    piece = {"stance": "supports", "finding": "Rain."} | fields
    data = page(client, claim) | {f"evidence-0-{name}": value for name, value in piece.items()}
    return client.post(address(claim), data)


@pytest.mark.parametrize(
    "url", [KNOWN, "www.example.org/a/Report/?utm_source=x&id=7", "HTTP://Example.org/a/Report?id=7#p3"]
)
def test_known_source_is_found_by_any_spelling_of_its_address(client, claim, url):
    source = factories.source(url=KNOWN, title="A report")
    found = {"id": source.pk, "text": "A report", "publisher": "The Daily Planet"}
    assert client.get(FIND, {"url": url}).json() == {"known": found}
    assert add(client, claim, address=url).status_code == 302
    assert Evidence.objects.get().source == source


@pytest.mark.parametrize("url", ["", "https://example.org/other", "\x00", "x" * 5000])
def test_unknown_address_finds_nothing(client, claim, url):
    factories.source(url=KNOWN)
    factories.source(url="")
    assert client.get(FIND, {"url": url}).json() == {"known": None}


def test_new_source_is_described_on_the_claims_page(client, claim):
    new = {
        "new-title": "A  new report",
        "new-publisher_name": "The Institute",
        "new-published_on": "2022-07",
        "new-kind": "dataset",
        "new-independence": "primary",
    }
    assert add(client, claim, address="example.org/new", **new).status_code == 302
    source = Evidence.objects.get().source
    assert (source.title, source.url, source.published) == ("A new report", "https://example.org/new", "2022-07")
    assert (source.publisher.name, source.kind, source.independence) == ("The Institute", "dataset", "primary")


def test_new_source_of_a_known_publisher_adds_none(client, claim):
    publisher = factories.publisher("The Institute")
    add(client, claim, address="example.org/new", **{"new-title": "New", "new-publisher_name": " the  INSTITUTE "})
    assert Evidence.objects.get().source.publisher == publisher


def test_unknown_address_asks_for_a_title(client, claim):
    response = add(client, claim, address="https://example.org/new")
    assert "Give its title, and it is added." in response.text
    assert '<details class="new-source" open>' in response.text
    assert not Evidence.objects.exists()
    assert not Source.objects.exists()


def test_evidence_without_a_source_asks_for_one(client, claim):
    assert "Choose a source, paste its address, or describe a new one." in add(client, claim).text


def test_source_and_another_address_are_not_both_taken(client, claim):
    source = factories.source(url=KNOWN)
    response = add(client, claim, source=source.pk, address="https://example.org/other")
    assert "This is not the source that you chose above." in response.text
    assert add(client, claim, source=source.pk, address=KNOWN).status_code == 302


def test_address_pasted_into_evidence_that_is_there_changes_its_source(client, claim):
    factories.evidence(claim)
    known = factories.source(url=KNOWN)
    assert add(client, claim, address=KNOWN).status_code == 302
    assert Evidence.objects.get().source == known


def test_empty_piece_of_evidence_is_none(client, claim):
    assert client.post(address(claim), page(client, claim) | {"evidence-0-rank": "7"}).status_code == 302
    assert not Evidence.objects.exists()


def test_document_without_an_address_is_uploaded(client, claim):
    upload = SimpleUploadedFile("../Minutes\u202e of May.pdf", b"%PDF-1.7 minutes")
    response = add(client, claim, **{"new-title": "Minutes", "new-access": "offline", "new-upload": upload})
    assert response.status_code == 302
    source = Evidence.objects.get().source
    assert (source.url, source.file_name) == ("", "Minutes of May.pdf")
    with source.file.open() as file:
        assert file.read() == b"%PDF-1.7 minutes"


def test_file_of_another_kind_is_refused_beside_its_box(client, claim):
    upload = SimpleUploadedFile("minutes.html", b"<script>alert(1)</script>")
    response = add(client, claim, **{"new-title": "Minutes", "new-upload": upload})
    assert "A file of this kind is not taken here." in response.text
    assert not Source.objects.exists()


def test_file_is_asked_for_again_until_the_page_is_saved(client, claim):
    upload = SimpleUploadedFile("a/<b>Minutes.pdf", b"%PDF-1.7 minutes")
    asked = "Choose the file once more: <bdi>&lt;b&gt;Minutes.pdf</bdi>"
    described = {"new-title": "Minutes", "new-upload": upload}
    answer = add(client, claim, **described, finding="").text
    assert (answer.count(asked), '<details class="new-source" open>' in answer) == (2, True)
    draft = client.get(address(claim), {"draft": "restore"}).text
    assert draft.count(asked) == 2
    again = client.post(address(claim), boxes(draft) | {"evidence-0-stance": "supports"})
    assert again.text.count(asked) == 2
    upload.seek(0)
    data = boxes(again.text) | {"evidence-0-finding": "Rain.", "evidence-0-new-upload": upload}
    assert client.post(address(claim), data).status_code == 302
    assert Evidence.objects.get().source.file_name == "<b>Minutes.pdf"
    assert "Choose the file" not in client.get(address(claim)).text


def test_mistake_elsewhere_on_the_page_adds_no_source(client, claim):
    data = {"address": "https://example.org/new", "new-title": "New", "new-publisher_name": "The Institute"}
    response = add(client, claim, **data, finding="")
    assert response.status_code == 200
    assert (Source.objects.count(), Publisher.objects.filter(name="The Institute").count()) == (0, 0)


def test_evidence_is_shown_in_its_order(client, claim):
    for finding, rank in (("Second.", 2), ("First.", 1)):
        factories.evidence(claim, finding=finding, rank=rank)
    data = page(client, claim)
    assert [data["evidence-0-finding"], data["evidence-1-finding"], data["evidence-2-rank"]] == [
        "First.",
        "Second.",
        "3",
    ]


def test_evidence_is_removed(client, claim):
    factories.evidence(claim)
    assert client.post(address(claim), page(client, claim) | {"evidence-0-DELETE": "on"}).status_code == 302
    assert not Evidence.objects.exists()


def test_new_piece_that_is_removed_adds_no_source(client, claim):
    described = {"address": "https://example.org/new", "new-title": "New", "new-publisher_name": "The Institute"}
    assert add(client, claim, **described, DELETE="on").status_code == 302
    assert not Evidence.objects.exists()
    assert (Source.objects.count(), Publisher.objects.filter(name="The Institute").count()) == (0, 0)


def test_publishers_are_offered_by_their_names(client, claim):
    for name in ("The Institute", "An Institution", "The Ministry"):
        factories.publisher(name)
    assert client.get(PUBLISHERS, {"q": "instit"}).json() == {"names": ["An Institution", "The Institute"]}
    assert client.get(PUBLISHERS).json() == {"names": []}


@pytest.mark.parametrize("where", [FIND, PUBLISHERS])
def test_only_the_desk_looks_for_sources(client, where):
    assert client.get(where).status_code == 302
    client.force_login(factories.user())
    assert client.get(where).status_code == 403
