"""Merging while others merge, publish, record, edit and import, over real connections."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event
from time import sleep

import orjson
import pytest
from django.db import connection, transaction

from claims import editing, importing, ledger, merging, publishing, workflow
from claims.enums import PublicationKind
from claims.models import Claim, Publication, PublishedClaim, Speaker
from claims.refusals import Refused
from tests.claims import factories
from tests.claims.test_merging import named


def attempt(do):
    """What came of it: nothing, or the rule that refused it; anything else is not to surface."""
    try:
        do()
    except Refused as refusal:
        return refusal.rule
    finally:
        connection.close()
    return ""


def at_once(*deeds):
    barrier = Barrier(len(deeds))

    def when_all_are_ready(deed):
        barrier.wait()
        return attempt(deed)

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(when_all_are_ready, deeds))


def test_merging_while_claims_are_published_loses_and_doubles_nothing(committed):
    publisher = factories.user("publisher")
    article = factories.article()
    kept = factories.speaker()
    pairs = []
    for _ in range(6):
        old = factories.speaker()
        pairs += [(old, factories.approved(factories.claim(article=article, speaker=old))) for _ in range(2)]
    merges = [lambda old=old: merging.merge(old, kept, by=publisher) for old in {old for old, _claim in pairs}]
    publications = [
        lambda claim=claim: publishing.publish(claim, by=publisher, kind=PublicationKind.VERDICT)
        for _old, claim in pairs
    ]
    outcomes = at_once(*merges, *publications)
    assert outcomes[: len(merges)] == [""] * 6
    assert set(outcomes[len(merges) :]) <= {"", "review_of_submitted_content"}
    published = [claim.pk for (_old, claim), rule in zip(pairs, outcomes[len(merges) :], strict=True) if not rule]
    assert sorted(Publication.objects.values_list("claim", flat=True)) == sorted(published)
    assert sorted(PublishedClaim.objects.values_list("pk", flat=True)) == sorted(published)
    assert len(list(ledger.verify())) == len(published)
    assert set(Claim.objects.values_list("speaker", flat=True)) == {kept.pk}
    assert set(Speaker.objects.values_list("merged_into", flat=True)) == {None, kept.pk}
    assert set(PublishedClaim.objects.made_by(kept.pk)) == set(PublishedClaim.objects.all())


def test_mergers_in_a_ring_at_once_leave_one_speaker(committed):
    publisher = factories.user("publisher")
    ring = [factories.speaker() for _ in range(4)]
    pairs = list(zip(ring, [*ring[1:], ring[0]], strict=True))
    outcomes = at_once(*(lambda pair=pair: merging.merge(*pair, by=publisher) for pair in pairs * 2))
    assert set(outcomes) <= {"", "speaker_merged_once"}
    assert Speaker.objects.current().count() >= 1
    last = set(Speaker.objects.current().values_list("pk", flat=True))
    assert set(Speaker.objects.exclude(merged_into=None).values_list("merged_into", flat=True)) <= last


def while_merging(speaker, into, *, by, do):
    """What ``do`` gives if a merger of these two is done, and not yet committed, when it begins."""
    merged, waiting = Event(), Event()

    def merge():
        with transaction.atomic():
            merging.merge(speaker, into, by=by)
            merged.set()
            waiting.wait(10)
            sleep(0.3)  # for the other to come to the lock
        connection.close()

    def the_other():
        merged.wait(10)
        waiting.set()
        return attempt(do)

    with ThreadPoolExecutor(2) as pool:
        pool.submit(merge)
        return pool.submit(the_other).result()


def test_a_listing_that_waits_for_a_merger_names_the_one_who_stays(committed):
    publisher, kept = factories.user("publisher"), factories.speaker("Kept")
    claim = factories.claim(speaker=factories.speaker("Old"))
    deed = lambda: publishing.list_claim(claim, by=publisher)  # noqa: E731
    assert while_merging(claim.speaker, kept, by=publisher, do=deed) == ""
    assert orjson.loads(Publication.objects.get().document)["speaker"]["name"] == "Kept"


def test_a_submission_that_waits_for_a_merger_is_of_the_one_who_stays(committed):
    researcher, publisher, kept = factories.user("researcher"), factories.user("publisher"), factories.speaker("Kept")
    claim = factories.researched(factories.claim(speaker=factories.speaker("Old")))
    deed = lambda: workflow.submit(claim, by=researcher, kind="verdict")  # noqa: E731
    assert while_merging(claim.speaker, kept, by=publisher, do=deed) == ""
    claim = Claim.objects.for_document().get(pk=claim.pk)
    assert workflow.check_unchanged(claim)["speaker"]["name"] == "Kept"


def test_a_publication_that_waits_for_a_merger_is_refused(committed):
    publisher, kept = factories.user("publisher"), factories.speaker("Kept")
    claim = factories.approved(factories.claim(speaker=factories.speaker("Old")))
    deed = lambda: publishing.publish(claim, by=publisher, kind="verdict")  # noqa: E731
    assert while_merging(claim.speaker, kept, by=publisher, do=deed) == "review_of_submitted_content"
    assert not Publication.objects.exists()


@pytest.mark.parametrize("role", ["speaker", "relays"])
def test_a_claim_that_is_recorded_during_a_merger_does_not_name_who_is_gone(committed, role):
    publisher, old, kept = factories.user("publisher"), factories.speaker("Old"), factories.speaker("Kept")
    article = factories.article()
    deed = lambda: factories.claim(article=article, **{role: old})  # noqa: E731
    assert while_merging(old, kept, by=publisher, do=deed) == "claim_names_current_speaker"
    assert not Claim.objects.exists()


def test_a_claim_that_is_given_to_another_during_a_merger_does_not_name_who_is_gone(committed):
    publisher, old, kept = factories.user("publisher"), factories.speaker("Old"), factories.speaker("Kept")
    claim = factories.claim()
    assert while_merging(old, kept, by=publisher, do=renaming(claim, speaker=old)) == "claim_names_current_speaker"
    assert named(claim)[0] not in (old.pk, None)


def test_a_claim_that_was_not_yet_committed_when_a_merger_began_is_moved_too(committed):
    publisher, old, kept = factories.user("publisher"), factories.speaker("Old"), factories.speaker("Kept")
    article = factories.article()
    recorded, done = Event(), []

    def record():
        with transaction.atomic():
            done.append(factories.claim(article=article, speaker=old))
            recorded.set()
            sleep(0.3)  # for the merger to come to the lock
        connection.close()

    def merge():
        recorded.wait(10)
        return attempt(lambda: merging.merge(old, kept, by=publisher))

    with ThreadPoolExecutor(2) as pool:
        recording, merger = pool.submit(record), pool.submit(merge)
        recording.result()
        assert merger.result() == ""
    assert named(done[0])[0] == kept.pk


def renaming(claim, **speakers):
    """What gives a claim these speakers, as its page does."""
    by = factories.user("annotator")

    def change():
        current = Claim.objects.get(pk=claim.pk)
        for role, speaker in speakers.items():
            setattr(current, role, speaker)
        editing.change(current, by=by, columns=["wording", "speaker", "relays"])

    return change


def test_recording_editing_and_importing_while_merging_names_nobody_who_is_gone(committed):
    publisher, annotator = factories.user("publisher"), factories.user("annotator")
    articles = [factories.article() for _ in range(4)]
    for _ in range(8):
        old, kept = factories.speaker(), factories.speaker()
        claims = [factories.claim(article=articles[0], speaker=old) for _ in range(2)]
        table = f"quote,claim,speaker\nNobody objected,{kept},#{kept.pk}\nNobody objected,{old},#{old.pk}\n"
        plan = importing.plan(table, articles[1], by=annotator)
        outcomes = at_once(
            lambda old=old, kept=kept: merging.merge(old, kept, by=publisher),
            lambda old=old: factories.claim(article=articles[2], speaker=old),
            lambda old=old, kept=kept: factories.claim(article=articles[3], speaker=kept, relays=old),
            renaming(claims[0], speaker=old, relays=kept),
            renaming(claims[1], speaker=kept, relays=old),
            lambda plan=plan: importing.carry_out(plan, by=annotator),
        )
        assert outcomes[0] == ""
        assert set(outcomes) <= {"", "claim_names_current_speaker", "import_as_shown"}
        assert not Claim.objects.exclude(speaker__merged_into=None).exists()
        assert not Claim.objects.exclude(relays__merged_into=None).exists()
