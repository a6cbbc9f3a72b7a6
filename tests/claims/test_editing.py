"""Changing a claim, on which version of it, and by two at once over real connections."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from claims import editing, workflow
from claims.models import Claim, Evidence
from claims.refusals import Refused
from tests.claims import factories
from tests.claims.admin.browsing import address, page

CHANGES = [
    lambda claim: Claim.objects.filter(pk=claim.pk).update(wording="Other words."),
    lambda claim: Claim.objects.filter(pk=claim.pk).update(occasion="a speech"),
    lambda claim: Claim.objects.filter(pk=claim.pk).update(stated_on="2022-01-01", stated_on_precision="year"),
    lambda claim: claim.topics.set([factories.topic("Weather")]),
    lambda claim: editing.assess(claim, by=factories.user("researcher"), notes="Check the sums."),
    lambda claim: factories.evidence(claim),
    lambda claim: claim.evidence.update(rank=9),
    lambda claim: claim.evidence.all().delete(),
    lambda claim: workflow.drop(claim, by=factories.user("publisher")),
]


@pytest.mark.django_db
@pytest.mark.parametrize("change", CHANGES)
def test_version_is_another_after_any_change(change):
    claim = factories.researched()
    before = editing.version(claim)
    assert editing.version(claim) == before
    change(claim)
    assert editing.version(claim) != before


@pytest.mark.django_db
def test_version_is_of_what_is_saved_and_not_of_what_is_in_memory():
    claim = factories.claim()
    before = editing.version(claim)
    claim.wording = "Other words."
    assert editing.version(claim) == before


@pytest.mark.django_db
def test_change_of_another_version_is_refused():
    claim = factories.claim()
    with pytest.raises(editing.Stale, match="since you opened it") as refusal:
        editing.locked(claim, by=factories.user("annotator"), seen="0" * 64)
    assert refusal.value.rule == "claim_version_current"


@pytest.mark.django_db
def test_change_writes_the_named_columns_and_the_topics():
    claim = factories.claim()
    Claim.objects.filter(pk=claim.pk).update(occasion="a speech")
    claim.wording = "Other  words."
    editing.change(claim, by=factories.user("annotator"), columns=["wording"], topics=[factories.topic()])
    claim = Claim.objects.get()
    assert (claim.wording, claim.occasion, claim.topics.count()) == ("Other  words.", "a speech", 1)


@pytest.mark.django_db
def test_author_is_who_changed_the_assessment_and_not_who_saved_it():
    author, other = factories.user("researcher"), factories.user("researcher")
    claim = factories.researched(by=author, summary="It is so.")
    editing.assess(claim, by=other, summary="It is so. ")
    claim = Claim.objects.get()
    assert claim.assessment.author == author
    editing.assess(claim, by=other, summary="It is not so.")
    assert Claim.objects.get().assessment.author == other


@pytest.mark.django_db
def test_evidence_is_added_changed_and_removed():
    claim, researcher = factories.researched(), factories.user("researcher")
    piece = Evidence(claim=claim, source=factories.source(), stance="refutes", finding=" It does not. ")
    editing.put_evidence(piece, by=researcher)
    piece.locator = "page 3"
    editing.put_evidence(piece, by=researcher)
    assert Evidence.objects.values_list("finding", "locator").get(pk=piece.pk) == ("It does not.", "page 3")
    editing.remove_evidence(piece, by=researcher)
    assert claim.evidence.count() == 1


@pytest.mark.django_db
def test_evidence_without_a_finding_is_refused():
    piece = Evidence(claim=factories.researched(), source=factories.source(), stance="refutes", finding=" ")
    with pytest.raises(ValidationError, match="finding"):
        editing.put_evidence(piece, by=factories.user("researcher"))


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["annotator", "reviewer", "publisher"])
def test_evidence_and_assessment_are_researchers_work(role):
    claim, other = factories.researched(), factories.user(role)
    piece = claim.evidence.get()
    for write in (
        lambda: editing.put_evidence(piece, by=other),
        lambda: editing.put_evidence(Evidence(claim=claim, source=piece.source), by=other),
        lambda: editing.remove_evidence(piece, by=other),
        lambda: editing.assess(claim, by=other, summary="Mine."),
    ):
        with pytest.raises(Refused, match="role does not allow"):
            write()
    assert claim.evidence.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["in_review", "approved", "published", "dropped"])
def test_nothing_is_written_past_research(status):
    claim, researcher = factories.at_status(status), factories.user("researcher")
    before = editing.version(claim)
    piece = claim.evidence.get()
    for write in (
        lambda: editing.change(claim, by=researcher, columns=["wording"]),
        lambda: editing.put_evidence(piece, by=researcher),
        lambda: editing.remove_evidence(piece, by=researcher),
        lambda: editing.assess(claim, by=researcher, summary="Mine."),
    ):
        with pytest.raises(Refused, match="while it is new or being researched"):
            write()
    assert editing.version(claim) == before


def post(client, address, data):
    try:
        return client.post(address, data).status_code
    finally:
        connection.close()


def together(posts):
    with ThreadPoolExecutor(max_workers=len(posts)) as pool:
        return list(pool.map(lambda one: post(*one), posts))


def test_of_eight_who_save_one_version_at_once_one_wins_and_seven_are_told(committed):
    claim = factories.researched()
    posts = []
    for number in range(8):
        client = Client()
        client.force_login(factories.user("researcher"))
        data = page(client, claim) | {
            "wording": f"Words of {number}.",
            "assessment-0-summary": f"Summary of {number}.",
            "evidence-1-source": claim.evidence.get().source_id,
            "evidence-1-stance": "context",
            "evidence-1-finding": f"Finding of {number}.",
        }
        posts.append((client, address(claim), data))
    assert sorted(together(posts)) == [302] + [409] * 7
    claim = Claim.objects.get()
    winner = claim.wording.removeprefix("Words of ").rstrip(".")
    assert claim.assessment.summary == f"Summary of {winner}."
    assert [piece.finding for piece in claim.evidence.all()] == ["It says the same.", f"Finding of {winner}."]


def test_claim_is_saved_or_submitted_and_never_changed_in_review(committed):
    author = factories.user("researcher")
    claim = factories.researched(by=author)
    client, other = Client(), Client()
    client.force_login(factories.user("researcher"))
    other.force_login(author)
    data = page(client, claim) | {"wording": "Other words."}
    step = f"{address(claim).removesuffix('change/')}submit/step/"
    saved, submitted = together([(client, address(claim), data), (other, step, {"kind": "verdict", "note": ""})])
    claim = Claim.objects.get()
    assert submitted == 302
    assert claim.workflow_status == "in_review"
    assert (saved, claim.wording == "Other words.") in [(302, True), (409, False)]
    workflow.check_unchanged(Claim.objects.for_document().get())
