"""A claim that somebody else changed while one was typing: both versions are shown, and nothing is lost."""

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims import editing
from claims.models import Claim, Draft, Evidence
from sources.models import Source
from tests.claims import factories
from tests.claims.admin.browsing import address, boxes, page

pytestmark = pytest.mark.django_db

ASKED_AGAIN = "Choose the file once more: <bdi>minutes.pdf</bdi>"


@pytest.fixture
def rita():
    return factories.user("researcher", first_name="Rita", last_name="Researcher")


@pytest.fixture
def claim(client):
    claim = factories.researched(explanation="The data say so.")
    client.force_login(factories.user("researcher"))
    return claim


def change(claim, by, **fields):
    for name, value in fields.items():
        setattr(claim, name, value)
    editing.change(claim, by=by, columns=fields)


def panel(text):
    start = text.index('class="both-versions"')
    return html.unescape(text[start : text.index("</section>", start)])


def test_stale_form_is_refused_with_both_versions_and_who_changed_it(client, claim, rita):
    data = page(client, claim) | {"wording": "My wording."}
    change(claim, rita, wording="Her wording.")
    response = client.post(address(claim), data)
    assert response.status_code == 409
    told = panel(response.text)
    assert 'aria-labelledby="yours-1">My wording.</textarea>' in told.replace("\n", "")
    assert "Saved now · <bdi>Rita Researcher</bdi>" in told
    assert "removed: </span>Her <" in told
    assert "added: </span>My <" in told
    assert Claim.objects.get().wording == "Her wording."


def test_second_save_of_what_was_shown_goes_through(client, claim, rita):
    data = page(client, claim) | {"wording": "My wording."}
    change(claim, rita, wording="Her wording.")
    again = boxes(client.post(address(claim), data).text)
    assert again["wording"] == "My wording."
    assert client.post(address(claim), again).status_code == 302
    assert Claim.objects.get().wording == "My wording."


def test_what_was_not_touched_is_as_it_is_saved_now(client, claim, rita):
    data = page(client, claim) | {"assessment-0-explanation": "My\r\nexplanation."}
    change(claim, rita, occasion="a speech")
    editing.assess(claim, by=rita, summary="Her summary.")
    claim.topics.set([factories.topic("Weather")])
    response = client.post(address(claim), data)
    told = panel(response.text)
    assert "Changed meanwhile" in told
    assert told.index("Explanation") < told.index("Changed meanwhile") < told.index("Summary")
    assert client.post(address(claim), boxes(response.text)).status_code == 302
    claim = Claim.objects.get()
    assert (claim.occasion, claim.assessment.summary) == ("a speech", "Her summary.")
    assert claim.assessment.explanation == "My\nexplanation."
    assert [topic.name for topic in claim.topics.all()] == ["Weather"]


def test_save_that_was_made_stale_again_is_refused_again(client, claim, rita):
    data = page(client, claim) | {"wording": "My wording."}
    change(claim, rita, wording="Her wording.")
    again = boxes(client.post(address(claim), data).text)
    change(claim, rita, wording="Her second wording.")
    response = client.post(address(claim), again)
    assert (response.status_code, "Her second wording." in panel(response.text)) == (409, True)
    assert Claim.objects.get().wording == "Her second wording."


def test_evidence_that_others_added_changed_and_removed_is_kept_beside_mine(client, claim, rita):
    second, third = (factories.evidence(claim, finding=f"Finding {n}.", rank=n) for n in (2, 3))
    data = page(client, claim) | {
        "evidence-2-locator": "page 3",
        "evidence-3-source": factories.source().pk,
        "evidence-3-stance": "context",
        "evidence-3-finding": "Mine.",
    }
    editing.remove_evidence(second, by=rita)
    third.finding = "Her finding."
    editing.put_evidence(third, by=rita)
    hers = editing.put_evidence(
        Evidence(claim=claim, source=factories.source(), stance="refutes", finding="Hers.", rank=4), by=rita
    )
    response = client.post(address(claim), data)
    told = panel(response.text)
    assert f"Evidence from “{second.source}”" in told
    assert "Finding 2." in told
    assert client.post(address(claim), boxes(response.text)).status_code == 302
    found = Evidence.objects.filter(claim=claim).order_by("pk").values_list("finding", "locator")
    assert list(found) == [
        ("It says the same.", ""),
        ("Her finding.", "page 3"),
        (hers.finding, ""),
        ("Mine.", ""),
    ]


def test_evidence_that_was_removed_while_it_was_changed_becomes_a_new_piece(client, claim, rita):
    data = page(client, claim) | {"evidence-0-finding": "My finding."}
    piece = claim.evidence.get()
    editing.remove_evidence(piece, by=rita)
    response = client.post(address(claim), data)
    assert client.post(address(claim), boxes(response.text)).status_code == 302
    assert Evidence.objects.values_list("source", "finding").get() == (piece.source_id, "My finding.")


def new_piece(**fields):
    piece = {"stance": "supports", "finding": "Rain  fell.", "locator": "page  3"} | fields
    return {f"evidence-1-{name}": value for name, value in piece.items()}


@pytest.mark.parametrize(
    "described",
    [{"address": "example.org/new", "new-title": "A new report"}, {"new-title": "A new  report"}, {}],
    ids=["address", "title", "chosen"],
)
def test_form_that_is_sent_twice_is_saved_once(client, claim, described):
    piece = new_piece(**described or {"source": factories.source().pk})
    data = page(client, claim) | {"wording": "My wording.", "occasion": "a  speech", "evidence-0-DELETE": "on"} | piece
    assert client.post(address(claim), data).status_code == 302
    again = client.post(address(claim), data, follow=True)
    assert again.redirect_chain == [(address(claim), 302)]
    assert "The claim is saved." in again.text
    assert Evidence.objects.values_list("finding", "locator").get() == ("Rain  fell.", "page 3")
    assert Source.objects.filter(title="A new report").count() == bool(described)
    assert Claim.objects.values_list("wording", "occasion").get() == ("My wording.", "a speech")


def test_source_that_was_described_twice_for_a_piece_is_added_once(client, claim):
    data = page(client, claim) | {"evidence-0-new-title": "Minutes"}
    for _press in range(2):
        assert client.post(address(claim), data).status_code == 302
    assert Evidence.objects.get().source == Source.objects.get(title="Minutes")


def test_piece_that_was_sent_twice_is_not_doubled_by_a_save_of_both_versions(client, claim, rita):
    source = factories.source()
    data = page(client, claim) | {"wording": "My wording."} | new_piece(source=source.pk)
    client.post(address(claim), data)
    change(Claim.objects.get(), rita, wording="Her wording.")
    response = client.post(address(claim), data)
    assert response.status_code == 409
    assert client.post(address(claim), boxes(response.text)).status_code == 302
    assert Evidence.objects.filter(source=source).count() == 1
    assert Claim.objects.get().wording == "My wording."


def test_second_document_of_the_same_title_is_another_piece(client, claim):
    upload = SimpleUploadedFile("minutes.pdf", b"%PDF-1.7 minutes")
    data = page(client, claim) | new_piece(**{"new-title": "Minutes"})
    assert client.post(address(claim), data | {"evidence-1-new-upload": upload}).status_code == 302
    response = client.post(address(claim), data)
    assert (response.status_code, "New evidence: finding" in panel(response.text)) == (409, True)


def test_file_that_was_chosen_on_a_stale_form_is_asked_for_again(client, claim, rita):
    upload = SimpleUploadedFile("minutes.pdf", b"%PDF-1.7 minutes")
    data = page(client, claim) | new_piece(**{"new-title": "Minutes"}) | {"evidence-1-new-upload": upload}
    change(claim, rita, wording="Her wording.")
    response = client.post(address(claim), data)
    assert response.status_code == 409
    assert ASKED_AGAIN in response.text
    factories.in_review(claim)
    assert ASKED_AGAIN not in client.post(address(claim), data | {"evidence-1-new-upload": upload}).text


def test_what_others_changed_is_told_though_mine_is_saved(client, claim, rita):
    data = page(client, claim) | {"wording": "My wording."}
    client.post(address(claim), data)
    change(Claim.objects.get(), rita, occasion="a speech")
    response = client.post(address(claim), data)
    assert (response.status_code, "Rita Researcher" in panel(response.text)) == (409, True)


def test_draft_of_what_is_saved_already_is_forgotten(client, claim):
    data = page(client, claim) | {"wording": "My wording."}
    client.post(address(claim), data)
    client.post(f"{address(claim).removesuffix('change/')}draft/", data)
    assert client.get(address(claim) + "?draft=restore").url == address(claim)
    assert not Draft.objects.exists()


def test_form_without_a_version_is_stale(client, claim):
    data = page(client, claim) | {"wording": "My wording."}
    del data["version"], data["opened"]
    assert client.post(address(claim), data).status_code == 409
    assert Claim.objects.get().wording != "My wording."


def test_what_was_typed_is_inert_where_it_is_shown(client, claim, rita):
    hostile = '</textarea><script>alert(1)</script>"><img src=x onerror=alert(1)>\u202e' + "w" * 500
    data = page(client, claim) | {"wording": hostile, "opened": "[" * 99, "evidence-0-source": "9" * 40}
    change(claim, rita, wording="<script>alert(2)</script>")
    text = client.post(address(claim), data).text
    assert "<script>alert" not in text
    assert "<img src=x" not in text


@pytest.mark.parametrize(
    "opened", ["", "null", "[]", '{"claim": 3}', '{"claim": {"wording": 4}}', '{"x y": {"a": "b"}}']
)
def test_tampered_opening_harms_nobody(client, claim, rita, opened):
    data = page(client, claim) | {"wording": "My wording.", "opened": opened}
    change(claim, rita, occasion="a speech")
    again = boxes(client.post(address(claim), data).text)
    assert client.post(address(claim), again).status_code == 302
    assert Claim.objects.get().wording == "My wording."
