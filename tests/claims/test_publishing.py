import orjson
import pytest

from claims import editing, publishing, workflow
from claims.enums import PublicationKind
from claims.models import Assessment, Publication, PublishedClaim
from claims.refusals import Refused
from tests.claims import factories

pytestmark = pytest.mark.django_db


def document(claim, version=None):
    entries = Publication.objects.of(claim.pk)
    return orjson.loads((entries.get(version=version) if version else entries.last()).document)


def test_verdict_is_published_as_first_version():
    claim = factories.published()
    doc = document(claim)
    assert claim.workflow_status == "published"
    assert (doc["id"], doc["version"], doc["verification_status"]) == (claim.pk, 1, "verified")
    assert doc["rating"] == {"slug": "true", "name": "True", "value": 3, "best": 3, "worst": 3}
    assert doc["corrections"] == []
    assert PublishedClaim.objects.get().publication.document == Publication.objects.get().document


def test_claim_rated_without_value_stays_unverified():
    assert document(factories.published(rating=factories.rating("unproven")))["verification_status"] == "unverified"


def test_listing_says_nothing_of_the_assessment():
    claim = factories.researched(summary="A draft nobody approved.")
    publishing.list_claim(claim, by=factories.user("publisher"))
    claim.refresh_from_db()
    doc = document(claim)
    assert claim.workflow_status == "researching"
    assert (doc["rating"], doc["summary"], doc["explanation"], doc["evidence"]) == (None, None, None, [])
    assert doc["verification_status"] == "unverified"


def test_listing_of_opinion_is_not_checkable():
    claim = factories.listed(factories.claim(checkability="opinion"))
    assert document(claim)["verification_status"] == "not_checkable"


def test_listing_can_be_approved_with_its_evidence():
    claim = factories.published(factories.claim(checkability="vague"), kind="listing", rating=None)
    doc = document(claim)
    assert (doc["verification_status"], doc["rating"], len(doc["evidence"])) == ("not_checkable", None, 1)


def test_verdict_follows_listing_as_second_version():
    claim = factories.listed()
    factories.published(claim)
    first, second = Publication.objects.of(claim.pk)
    assert (first.kind, second.kind, second.version) == ("listing", "verdict", 2)
    assert document(claim)["first_published_at"] == document(claim, 1)["published_at"]


@pytest.mark.parametrize(
    ("kind", "status"), [("update", "verified"), ("correction", "verified"), ("retraction", "retracted")]
)
def test_amendment_says_what_it_is(kind, status):
    claim = factories.published()
    entry = factories.amended(claim, kind=kind, note="We had the year wrong.")
    doc = document(claim)
    assert (entry.kind, entry.version, doc["verification_status"]) == (kind, 2, status)
    assert doc["corrections"] == [
        {"version": 2, "kind": kind, "note": "We had the year wrong.", "published_at": doc["published_at"]}
    ]
    assert document(claim, 1)["corrections"] == []


def test_claim_can_come_back_after_retraction():
    claim = factories.published()
    factories.amended(claim, kind="retraction", note="The source was forged.")
    factories.amended(claim, kind="correction", note="Another source says the same.")
    assert document(claim)["verification_status"] == "verified"
    assert [c["kind"] for c in document(claim)["corrections"]] == ["retraction", "correction"]


@pytest.mark.parametrize("kind", ["update", "correction", "retraction"])
def test_amendment_without_note_is_refused(kind):
    claim = factories.published()
    workflow.reopen(claim, by=factories.user("researcher"))
    with pytest.raises(Refused, match="write the note"):
        workflow.submit(claim, by=factories.user("researcher"), kind=kind, note=" ")


def test_amendment_of_nothing_is_refused():
    with pytest.raises(Refused, match="can be: verdict, listing"):
        factories.in_review(kind="correction", note="Sorry.")


def test_second_verdict_is_refused():
    claim = factories.published()
    workflow.reopen(claim, by=factories.user("researcher"))
    with pytest.raises(Refused, match="can be: update, correction, retraction"):
        workflow.submit(claim, by=factories.user("researcher"), kind="verdict")


def test_edit_after_approval_voids_it():
    claim = factories.approved()
    Assessment.objects.filter(claim=claim).update(summary="Quite another thing.")
    with pytest.raises(Refused, match="changed after it was submitted"):
        publishing.publish(claim, by=factories.user("publisher"), kind="verdict")
    assert not Publication.objects.exists()


def test_edit_of_a_source_after_approval_voids_it():
    claim = factories.approved()
    source = claim.evidence.get().source
    source.title = "Another title"
    source.save()
    with pytest.raises(Refused, match="changed after it was submitted"):
        publishing.publish(claim, by=factories.user("publisher"), kind="verdict")


def test_publishing_as_another_kind_is_refused():
    with pytest.raises(Refused, match="approved as a verdict"):
        publishing.publish(factories.approved(), by=factories.user("publisher"), kind="listing")


@pytest.mark.parametrize("role", ["annotator", "researcher", "reviewer"])
def test_publishing_without_the_role_is_refused(role):
    with pytest.raises(Refused, match="role does not allow"):
        publishing.publish(factories.approved(), by=factories.user(role), kind="verdict")


def test_publishing_twice_is_refused():
    claim = factories.approved()
    publisher = factories.user("publisher")
    publishing.publish(claim, by=publisher, kind=PublicationKind.VERDICT)
    with pytest.raises(Refused, match="only a claim that is approved"):
        publishing.publish(claim, by=publisher, kind=PublicationKind.VERDICT)
    assert Publication.objects.count() == 1


def test_reopened_claim_stays_public():
    claim = factories.published()
    workflow.reopen(claim, by=factories.user("researcher"))
    editing.assess(claim, by=factories.user("researcher"), summary="A new draft.")
    assert document(claim)["summary"] == "It is so."
    assert PublishedClaim.objects.public().count() == 1


def test_verdict_on_the_scale_needs_evidence():
    claim = factories.researched()
    claim.evidence.all().delete()
    with pytest.raises(Refused, match="It has no evidence"):
        workflow.submit(claim, by=factories.user("researcher"), kind="verdict")
    editing.assess(claim, by=factories.user("researcher"), rating=factories.rating("unproven"))
    workflow.submit(claim, by=factories.user("researcher"), kind="verdict")


@pytest.mark.parametrize("kind", ["correction", "retraction"])
def test_unrated_listing_can_be_amended(kind):
    claim = factories.published(factories.claim(checkability="vague"), kind="listing", rating=None)
    factories.amended(claim, kind=kind, note="Its wording was not.", rating=None)
    assert [c["kind"] for c in document(claim)["corrections"]] == [kind]
