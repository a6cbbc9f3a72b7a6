import datetime

import pytest
from django.apps import apps

from claims import document, people, publishing, workflow
from claims.models import Claim, Publication
from claims.refusals import Refused
from tests.claims import factories

pytestmark = pytest.mark.django_db


def now(claim):
    return Claim.objects.values_list("workflow_status", "proposed_kind", "proposed_note").get(pk=claim.pk)


def test_claim_opened_again_without_a_kind_proposes_none():
    claim = factories.published()
    workflow.reopen(claim, by=factories.user("publisher"))
    assert now(claim) == ("researching", "", "")


@pytest.mark.parametrize("kind", ["update", "correction", "retraction"])
def test_amendment_needs_its_note_when_it_is_opened(kind):
    claim = factories.published()
    with pytest.raises(Refused, match="write the note"):
        workflow.reopen(claim, by=factories.user("publisher"), kind=kind)
    workflow.reopen(claim, by=factories.user("publisher"), kind=kind, note="The year.")
    assert now(claim) == ("researching", kind, "The year.")


def opinion():
    return factories.published(factories.claim(checkability="opinion"), kind="listing", rating=None)


def test_listing_is_opened_towards_its_verdict_without_a_note():
    claim = opinion()
    with pytest.raises(Refused, match="so it has no note"):
        workflow.reopen(claim, by=factories.user("researcher"), kind="verdict", note="A note.")
    workflow.reopen(claim, by=factories.user("researcher"), kind="verdict")
    assert now(claim) == ("researching", "verdict", "")
    factories.published(claim, kind="verdict")
    assert [entry.kind for entry in Publication.objects.of(claim.pk)] == ["listing", "verdict"]


def test_verdict_is_not_opened_towards_another():
    claim = factories.published()
    with pytest.raises(Refused, match="can be: update, correction, retraction"):
        workflow.reopen(claim, by=factories.user("researcher"), kind="verdict")


def test_step_says_why_it_cannot_be_taken():
    claim = factories.at_status("published")
    with pytest.raises(Refused, match="This claim is published; only a claim that is new"):
        workflow.research(claim, by=factories.user("researcher"))
    with pytest.raises(Refused, match="role does not allow"):
        workflow.research(factories.claim(), by=factories.user("annotator"))


def test_step_looks_at_the_claim_once(django_assert_num_queries):
    claim, researcher = factories.claim(), factories.user("researcher")
    researcher.has_perm("claims.research_claim")
    # A savepoint and its release; the update, and the claim as it is then.
    with django_assert_num_queries(4):
        workflow.research(claim, by=researcher)


def test_step_taken_a_moment_ago_is_known():
    claim = factories.approved()
    publisher = factories.user("publisher")
    assert not workflow.just_taken(claim, "publish", by=publisher)
    publishing.publish(claim, by=publisher, kind="verdict")
    assert workflow.just_taken(claim, "publish", by=publisher)
    assert not workflow.just_taken(claim, "publish", by=factories.user("publisher"))
    assert not workflow.just_taken(claim, "approve", by=publisher)


def test_step_taken_a_moment_ago_with_other_words_is_another():
    claim, researcher = factories.researched(), factories.user("researcher")
    workflow.submit(claim, by=researcher, kind="verdict")
    workflow.take_back(claim, by=researcher, reason="A typing error.")
    assert workflow.just_taken(claim, "take_back", by=researcher, reason="A typing error.")
    assert not workflow.just_taken(claim, "take_back", by=researcher, reason="Another source.")


def test_publication_looks_at_the_check_list_again():
    claim = factories.approved()
    # Nothing that readers see, and so nothing that voids the approval.
    apps.get_model("claims", "Assessment").objects.filter(claim=claim).update(one_source_reason="")
    with pytest.raises(Refused) as refused:
        publishing.publish(claim, by=factories.user("publisher"), kind="verdict")
    assert refused.value.rule == "checklist"


def test_bare_listing_says_who_and_when():
    claim = factories.claim(speaker=None, stated_on=None, stated_on_precision="")
    with pytest.raises(Refused, match=r"name one, or say that the speaker is unknown\. It has no date"):
        publishing.list_claim(claim, by=factories.user("publisher"))
    Claim.objects.filter(pk=claim.pk).update(speaker_unknown=True, stated_on="2022-01-01", stated_on_precision="year")
    assert publishing.list_claim(claim, by=factories.user("publisher")).version == 1


def test_bare_listing_of_other_words_than_were_seen_is_refused():
    claim, publisher = factories.claim(), factories.user("publisher")

    def as_it_is():
        return document.content_hash(document.bare_content(Claim.objects.for_document().get(pk=claim.pk)))

    seen = as_it_is()
    claim.speaker.name = "Somebody Else"
    claim.speaker.save()
    with pytest.raises(Refused, match="was changed after you opened this page"):
        publishing.list_claim(claim, by=publisher, seen=seen)
    assert not Publication.objects.exists()
    assert publishing.list_claim(claim, by=publisher, seen=as_it_is()).content_hash == as_it_is()


def test_bare_listing_whose_wording_gives_a_verdict_is_refused():
    claim = factories.claim(wording="It is true that it rained.")
    factories.rating()
    with pytest.raises(Refused, match="the name of a rating"):
        publishing.list_claim(claim, by=factories.user("publisher"))


def test_bare_listing_of_a_quote_adrift_is_refused():
    claim = factories.claim()
    Claim.objects.filter(pk=claim.pk).update(anchor="lost")
    with pytest.raises(Refused, match="confirm where they are"):
        publishing.list_claim(claim, by=factories.user("publisher"))


def test_claim_that_is_nobodys_becomes_that_of_whoever_starts_research():
    claim, researcher = factories.claim(), factories.user("researcher")
    workflow.research(claim, by=researcher)
    assert Claim.objects.get(pk=claim.pk).assignee == researcher


def test_claim_that_is_somebodys_stays_theirs_when_another_starts_research():
    claim, owner = factories.claim(), factories.user("researcher")
    people.assign([claim], to=owner, by=factories.user("publisher"))
    workflow.research(claim, by=factories.user("researcher"))
    assert Claim.objects.get(pk=claim.pk).assignee == owner


def test_claim_that_is_opened_again_keeps_its_assignee_and_is_not_due_yet():
    claim, owner = factories.published(), factories.user("researcher")
    day = datetime.date(2022, 7, 12)
    people.assign([claim], to=owner, due_on=day, by=factories.user("publisher"))
    workflow.reopen(claim, by=owner, kind="correction", note="The year.")
    assert (claim.assignee, claim.due_on) == (owner, None)
    assert claim not in Claim.objects.overdue(day + datetime.timedelta(days=1))


def test_claim_that_readers_see_is_retracted_and_not_dropped():
    claim, publisher = factories.listed(), factories.user("publisher")
    with pytest.raises(Refused, match="submit it for review as a retraction"):
        workflow.drop(claim, by=publisher)
    factories.published(claim, kind="retraction", note="Nobody said it.")
    workflow.reopen(claim, by=publisher)
    workflow.drop(claim, by=publisher)
    assert now(claim)[0] == "dropped"
