import pytest
from django.urls import reverse

from claims import editing
from claims.models import Claim, Draft, Evidence
from tests.claims import factories
from tests.claims.admin.browsing import address, boxes, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(client):
    client.force_login(factories.user("researcher"))
    return factories.researched()


def draft(claim):
    return reverse("admin:claims_claim_draft", args=[claim.pk])


def keep(client, claim, **typed):
    return client.post(draft(claim), page(client, claim) | typed)


def test_draft_is_kept_once_and_holds_what_was_typed_last(client, claim):
    assert keep(client, claim, wording="First.").json() == {"kept": True}
    keep(client, claim, wording="Second.\x00")
    kept = Draft.objects.get()
    assert (kept.fields["wording"], kept.version) == (["Second."], editing.version(claim))
    assert "csrfmiddlewaretoken" not in kept.fields
    assert Claim.objects.get().wording == claim.wording


def test_draft_is_offered_and_restored_into_the_form(client, claim):
    new = {"evidence-1-source": factories.source(title="A register").pk, "evidence-1-finding": "Mine."}
    keep(client, claim, wording="Mine.", **{"assessment-0-explanation": "One.\r\n\r\nTwo."}, **new)
    assert 'href="?draft=restore"' in client.get(address(claim)).text
    response = client.get(address(claim) + "?draft=restore")
    data = boxes(response.text)
    assert (data["wording"], data["assessment-0-explanation"]) == ("Mine.", "One.\r\n\r\nTwo.")
    assert (data["evidence-1-finding"], "A register" in response.text) == ("Mine.", True)
    assert Claim.objects.get().wording == claim.wording
    assert client.post(address(claim), data | {"evidence-1-stance": "context"}).status_code == 302
    assert (Claim.objects.get().wording, Evidence.objects.filter(finding="Mine.").count()) == ("Mine.", 1)


def test_draft_is_forgotten_when_the_claim_is_saved(client, claim):
    keep(client, claim, wording="Mine.")
    data = page(client, claim) | {"wording": "Mine."}
    client.post(address(claim), data)
    assert not Draft.objects.exists()
    assert f'data-saved-from="{data["version"]}"' in client.get(address(claim)).text
    assert 'data-saved-from=""' in client.get(address(claim)).text


def test_draft_outlives_a_save_that_was_refused(client, claim):
    keep(client, claim, wording="Mine.")
    client.post(address(claim), page(client, claim) | {"version": "0" * 64})
    client.post(address(claim), page(client, claim) | {"wording": ""})
    assert Draft.objects.exists()


def test_save_with_errors_is_kept_as_a_draft(client, claim):
    response = client.post(address(claim), page(client, claim) | {"wording": "", "position": "mayor"})
    assert "Restore the draft" not in response.text
    assert Draft.objects.get().fields["position"] == ["mayor"]
    assert 'value="mayor"' in client.get(address(claim), {"draft": "restore"}).text


def test_old_draft_is_restored_with_both_versions(client, claim):
    keep(client, claim, wording="Mine.")
    claim.occasion = "a speech"
    editing.change(claim, by=factories.user("researcher"), columns=["occasion"])
    assert "The claim has been changed since" in client.get(address(claim)).text
    response = client.get(address(claim) + "?draft=restore")
    assert "The claim was changed since you typed this draft" in response.text
    assert client.post(address(claim), boxes(response.text)).status_code == 302
    assert Claim.objects.values_list("wording", "occasion").get() == ("Mine.", "a speech")


def test_draft_of_a_claim_that_went_into_review_is_shown_to_copy_from(client, claim):
    keep(client, claim, wording="Mine.")
    factories.in_review(claim)
    response = client.get(address(claim) + "?draft=restore")
    assert (response.status_code, ">Mine.</textarea>" in response.text.replace("\n", "")) == (200, True)


def test_draft_is_discarded(client, claim):
    keep(client, claim, wording="Mine.")
    assert client.post(draft(claim), {"discard": "1"}).url == address(claim)
    keep(client, claim, wording="Mine.")
    assert client.post(draft(claim), {"discard": "1"}, headers={"Accept": "application/json"}).json() == {"kept": False}
    assert not Draft.objects.exists()


def test_draft_is_nobody_elses(client, claim):
    keep(client, claim, wording="Mine.")
    client.force_login(factories.user("researcher"))
    text = client.get(address(claim)).text
    assert "?draft=restore" not in text
    assert "Mine." not in client.get(address(claim) + "?draft=restore").text
    client.post(draft(claim), {"discard": "1"})
    assert Draft.objects.count() == 1


def test_draft_that_is_too_long_is_refused(client, claim):
    assert keep(client, claim, wording="w" * 1_000_000).status_code == 413
    assert not Draft.objects.exists()


def test_who_may_not_change_claims_keeps_no_draft(client, claim):
    data = page(client, claim)
    client.force_login(factories.user("reviewer"))
    assert client.post(draft(claim), data).status_code == 403
    client.logout()
    assert client.post(draft(claim), data).status_code == 302
    assert not Draft.objects.exists()


def test_draft_is_only_posted(client, claim):
    assert client.get(draft(claim)).status_code == 405
    assert client.post(reverse("admin:claims_claim_draft", args=[999999])).status_code == 404


def test_preview_of_the_explanation_is_sanitised(client, claim):
    where = reverse("admin:claims_claim_markdown")
    typed = {"assessment-0-explanation": "# So\n\n**It** <script>alert(1)</script> [is](javascript:alert(1)) so."}
    fragment = client.post(where, typed | {"fragment": "1"}).text
    assert "<strong>It</strong> &lt;script&gt;" in fragment
    assert "<html" not in fragment
    assert "href" not in fragment
    whole = client.post(where, typed).text
    assert "<strong>It</strong>" in whole
    assert "<script>alert" not in whole
    assert client.get(where).status_code == 405
