"""Speakers who turn out to be one."""

import pytest
from django.apps import apps

from claims import ledger, merging, publishing
from claims.enums import PublicationKind
from claims.models import Claim, Publication, Speaker
from claims.refusals import Refused
from tests.claims import factories


@pytest.fixture
def publisher(db):
    return factories.user("publisher")


def named(claim):
    return Claim.objects.values_list("speaker", "relays").get(pk=claim.pk)


def test_the_desk_s_claims_follow_and_a_redirect_stays(publisher):
    old, kept = factories.speaker("J. Smith"), factories.speaker("Jane Smith")
    said, passed_on = factories.claim(speaker=old), factories.claim(relays=old)
    assert merging.merge(old, kept, by=publisher) == kept
    assert (named(said)[0], named(passed_on)[1]) == (kept.pk, kept.pk)
    old.refresh_from_db()
    assert old.merged_into == kept
    assert list(Speaker.objects.current().filter(name__contains="Smith")) == [kept]


def test_a_claim_is_moved_at_every_status(publisher):
    old, kept = factories.speaker(), factories.speaker()
    claims = [factories.at_status(status) for status in ("new", "researching", "in_review", "approved", "dropped")]
    Claim.objects.update(speaker=old)
    merging.merge(old, kept, by=publisher)
    assert [named(claim)[0] for claim in claims] == [kept.pk] * 5


def test_addresses_are_united_and_each_is_there_once(publisher):
    old = factories.speaker(same_as=["https://a.example/1", "https://b.example/2"])
    kept = factories.speaker(same_as=["https://b.example/2", "https://c.example/3"])
    merging.merge(old, kept, by=publisher)
    kept.refresh_from_db()
    assert kept.same_as == ["https://b.example/2", "https://c.example/3", "https://a.example/1"]


def test_who_was_merged_before_is_sent_straight_to_the_last(publisher):
    first, second, third = factories.speaker(), factories.speaker(), factories.speaker()
    merging.merge(first, second, by=publisher)
    merging.merge(second, third, by=publisher)
    assert set(Speaker.objects.filter(merged_into=third)) == {first, second}


def test_nobody_passes_on_their_own_words(publisher):
    old, kept = factories.speaker(), factories.speaker()
    both_ways = [factories.claim(speaker=old, relays=kept), factories.claim(speaker=kept, relays=old)]
    assert set(merging.Merger(old, kept).relays_dropped) == set(both_ways)
    merging.merge(old, kept, by=publisher)
    assert [named(claim) for claim in both_ways] == [(kept.pk, None)] * 2


def test_both_histories_are_kept_and_say_merge(publisher):
    old, kept = factories.speaker(same_as=["https://a.example/1"]), factories.speaker()
    claim = factories.claim(speaker=old)
    merging.merge(old, kept, by=publisher)
    for noun, pk in (("speaker", old.pk), ("speaker", kept.pk), ("claim", claim.pk)):
        events = apps.get_model("claims", f"{noun}event").objects.filter(pgh_obj=pk).order_by("pgh_id")
        assert events.count() == 2
        told = events.last().pgh_context.metadata
        assert (told["user"], told["step"]) == (publisher.pk, "merge")
        assert (told["speaker"], told["into"]) == (old.pk, kept.pk)


def test_refusals_change_nothing(publisher):
    one, gone, kept = factories.speaker("One"), factories.speaker("Gone"), factories.speaker("Kept")
    merging.merge(gone, kept, by=publisher)
    before = list(Speaker.objects.order_by("pk").values())
    for speaker, into, rule in [
        (one, one, "speaker_not_merged_into_itself"),
        (gone, kept, "speaker_merged_once"),
        (gone, one, "speaker_merged_once"),
        (one, gone, "speaker_merged_once"),
        (kept, gone, "speaker_merged_once"),
    ]:
        with pytest.raises(Refused) as refusal:
            merging.merge(speaker, into, by=publisher)
        assert refusal.value.rule == rule
    assert list(Speaker.objects.order_by("pk").values()) == before


def test_merging_into_one_who_is_gone_names_who_is_there(publisher):
    one, gone, kept = factories.speaker("One"), factories.speaker("Gone"), factories.speaker("Kept")
    merging.merge(gone, kept, by=publisher)
    with pytest.raises(Refused, match="“Gone” was already merged into “Kept”: take that one"):
        merging.merge(one, gone, by=publisher)


@pytest.mark.parametrize("role", ["", "annotator", "researcher", "reviewer"])
def test_merging_is_not_for_every_role(db, role):
    old, kept = factories.speaker(), factories.speaker()
    with pytest.raises(Refused) as refusal:
        merging.merge(old, kept, by=factories.user(*filter(None, [role])))
    assert refusal.value.rule == "claims.merge_speaker"
    assert not Speaker.objects.exclude(merged_into=None).exists()


def test_approvals_of_what_the_merger_changes_are_void_and_foretold(publisher):
    old, kept = factories.speaker(), factories.speaker()
    theirs = [factories.approved(factories.claim(speaker=old)), factories.in_review(factories.claim(relays=old))]
    untouched = factories.approved(factories.claim(speaker=kept))
    assert set(merging.Merger(old, kept).voided) == set(theirs)
    merging.merge(old, kept, by=publisher)
    with pytest.raises(Refused, match="was changed after it was submitted"):
        publishing.publish(theirs[0], by=publisher, kind=PublicationKind.VERDICT)
    publishing.publish(untouched, by=publisher, kind=PublicationKind.VERDICT)


def test_approvals_of_the_other_s_claims_are_void_where_addresses_are_added(publisher):
    old, kept = factories.speaker(same_as=["https://a.example/1"]), factories.speaker()
    claim = factories.approved(factories.claim(speaker=kept))
    assert list(merging.Merger(old, kept).voided) == [claim]
    merging.merge(old, kept, by=publisher)
    with pytest.raises(Refused, match="was changed after it was submitted"):
        publishing.publish(claim, by=publisher, kind=PublicationKind.VERDICT)


def test_a_published_document_keeps_its_speaker_and_the_next_names_the_other(publisher):
    old, kept = factories.speaker("Old"), factories.speaker("Kept")
    claim = factories.published(factories.claim(speaker=old))
    before = Publication.objects.get().document
    merging.merge(old, kept, by=publisher)
    assert Publication.objects.get().document == before
    factories.amended(claim)
    assert f'"id":{kept.pk},"kind":"person","name":"Kept"' in Publication.objects.last().document
    assert len(list(ledger.verify())) == 2


def test_likely_doubles_are_the_likest_who_are_still_there(publisher):
    jane, double = factories.speaker("Jane Q. Smith"), factories.speaker("Jane Smith")
    gone = factories.speaker("Jane Smith (MP)")
    factories.speaker("Ban Ki-moon")
    merging.merge(gone, double, by=publisher)
    assert list(merging.likely_doubles(jane)) == [double]
