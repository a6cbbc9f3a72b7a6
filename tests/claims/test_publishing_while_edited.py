"""Publishing what somebody else is changing, over real connections: what is published is what was approved."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import orjson
from django.db import connection

from claims import document, editing, ledger, publishing, workflow
from claims.models import Assessment, Claim, Publication
from claims.refusals import Refused
from sources.models import Source
from tests.claims import factories

ROUNDS = 12


def at_once(*tasks):
    """What each task returned, or the rule that refused it; all start together."""
    barrier = Barrier(len(tasks))

    def run(task):
        barrier.wait()
        try:
            return task()
        except Refused as refusal:
            return refusal.rule
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=len(tasks)) as pool:
        return list(pool.map(run, tasks))


def publish(claim, publisher):
    return lambda: publishing.publish(claim, by=publisher, kind="verdict").sequence


def approved_content(claim):
    return document.content(Claim.objects.for_document().get(pk=claim.pk), kind="verdict")


def test_published_is_the_approved_content_while_its_source_is_changed(committed):
    publisher = factories.user("publisher")
    outcomes = []
    for number in range(ROUNDS):
        claim = factories.approved()
        approved = approved_content(claim)
        source = claim.evidence.first().source
        change = Source.objects.filter(pk=source.pk).update
        outcome, _ = at_once(publish(claim, publisher), lambda c=change, n=number: c(title=f"Retitled {n}"))
        outcomes.append(outcome)
        entry = Publication.objects.filter(claim=claim).first()
        assert (outcome == "review_of_submitted_content") == (entry is None)
        if entry:
            published = orjson.loads(entry.document)
            assert {key: published[key] for key in approved} == approved
        assert Source.objects.get(pk=source.pk).title == f"Retitled {number}"
    assert len(list(ledger.verify())) == Publication.objects.count() == sum(isinstance(o, int) for o in outcomes)


def test_claim_is_either_published_or_taken_back_and_edited_never_both(committed):
    publisher, researcher = factories.user("publisher"), factories.user("researcher")

    def take_back_and_edit(claim):
        workflow.take_back(claim, by=researcher)
        editing.assess(claim, by=researcher, summary="Quite another thing.")
        return "edited"

    for _ in range(ROUNDS):
        claim = factories.approved()
        approved = approved_content(claim)
        published, edited = at_once(
            publish(claim, publisher), lambda c=claim: take_back_and_edit(Claim.objects.get(pk=c.pk))
        )
        claim = Claim.objects.get(pk=claim.pk)
        assert (edited == "edited") != isinstance(published, int)
        if edited == "edited":
            assert claim.workflow_status == "researching"
            assert Assessment.objects.get(claim=claim).summary == "Quite another thing."
            assert not Publication.objects.filter(claim=claim).exists()
        else:
            assert claim.workflow_status == "published"
            assert orjson.loads(Publication.objects.get(claim=claim).document)["summary"] == approved["summary"]
    assert len(list(ledger.verify())) == Publication.objects.count()
