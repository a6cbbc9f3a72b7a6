import pytest

from claims import checklist, editing, workflow
from claims.enums import ContactKind
from claims.models import Claim, Contact
from claims.refusals import Refused
from tests.claims import factories

pytestmark = pytest.mark.django_db


def fresh(claim):
    return Claim.objects.for_document().get(pk=claim.pk)


def failing(claim, kind=""):
    return {item.key for item in checklist.failing(checklist.check(fresh(claim), kind=kind))}


def advice(claim):
    return {item.key for item in checklist.check(fresh(claim)) if not item.blocking and not item.passed}


def bare(**fields):
    """A claim of which nothing is known but its words."""
    return factories.claim(**{"speaker": None, "stated_on": None, "stated_on_precision": ""} | fields)


def test_nothing_is_missing_from_a_claim_that_is_ready():
    assert failing(factories.researched()) == set()


def test_everything_is_missing_from_a_verdict_on_a_new_claim():
    missing = {"speaker", "stated_on", "rating", "summary", "explanation", "evidence"}
    assert failing(bare(), "verdict") == missing


def test_speaker_may_be_said_to_be_unknown():
    assert "speaker" not in failing(bare(speaker_unknown=True), "verdict")


def test_date_may_be_known_to_the_year():
    assert "stated_on" not in failing(bare(stated_on="2022-01-01", stated_on_precision="year"), "verdict")


@pytest.mark.parametrize(("kind", "missing"), [("listing", {"speaker", "stated_on"}), ("retraction", set())])
def test_other_kinds_ask_for_less(kind, missing):
    assert failing(bare(), kind) == missing


@pytest.mark.parametrize(
    ("wording", "ok"),
    [
        ("It is false that it rained.", False),
        ("It is FALSE.", False),
        ("A falsehood was told.", True),
        ("The untrue story.", True),
        ("An unproven claim.", False),
    ],
)
def test_ratings_name_in_the_wording_gives_the_verdict_away(wording, ok):
    factories.whole_scale()
    claim = factories.researched(factories.claim(wording=wording))
    assert ("wording" not in failing(claim)) == ok


def at_the_end(*sources, reason="", rating="true"):
    factories.whole_scale()
    claim = factories.researched(rating=factories.rating(rating), one_source_reason=reason)
    claim.evidence.all().delete()
    for fields in sources:
        if name := fields.pop("by", ""):
            fields["publisher"] = factories.publisher(name)
        factories.evidence(claim, source=factories.source(**fields))
    return claim


ONE, TWO = {"by": "One"}, {"by": "Two"}


@pytest.mark.parametrize(
    ("sources", "ok"),
    [
        ([ONE, TWO], True),
        ([ONE], False),
        ([ONE, ONE], False),
        ([ONE, TWO | {"independence": "same_origin"}], False),
        ([ONE, TWO | {"independence": "secondary"}], False),
        ([ONE, TWO | {"independence": "official_figures"}], True),
        ([{"publisher": None}, {"publisher": None}], False),
    ],
)
@pytest.mark.parametrize("rating", ["true", "false"])
def test_plain_verdict_rests_on_two_independent_publishers(sources, ok, rating):
    claim = at_the_end(*(dict(source) for source in sources), rating=rating)
    assert failing(claim) == (set() if ok else {"two_sources"})


def test_reason_stands_in_for_the_second_source():
    assert failing(at_the_end(dict(ONE), reason="It is the register itself.")) == set()


def test_verdict_between_the_ends_rests_on_one_source():
    assert failing(at_the_end(dict(ONE), rating="mixed")) == set()


def test_verdict_off_the_scale_may_have_nothing_to_show():
    assert failing(at_the_end(rating="unproven")) == set()
    assert failing(at_the_end()) == {"evidence"}


@pytest.mark.parametrize("anchor", ["changed", "lost"])
def test_quote_adrift_blocks_all_but_a_retraction(anchor):
    claim = factories.researched()
    Claim.objects.filter(pk=claim.pk).update(anchor=anchor)
    assert failing(claim) == {"anchor"}
    assert failing(claim, "retraction") == set()


def test_change_after_submission_is_on_the_list():
    claim = factories.in_review()
    assert failing(claim) == set()
    claim.speaker.name = "Somebody Else"
    claim.speaker.save()
    assert failing(claim) == {"current"}


def test_advice_holds_nothing_up():
    claim = factories.researched(factories.claim(wording="w" * 80))
    assert advice(claim) == {"display", "primary", "asked"}
    source = claim.evidence.get().source
    source.independence = "primary"
    source.save()
    Claim.objects.filter(pk=claim.pk).update(wording="Short.")
    Contact.objects.create(
        claim=claim, kind=ContactKind.RIGHT_OF_REPLY, party="Her", on="2022-07-12", recorded_by=factories.user()
    )
    assert advice(claim) == set()


def test_retraction_is_given_no_advice():
    assert checklist.check(fresh(factories.claim()), kind="retraction") == []


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (factories.claim, "verdict"),
        (lambda: factories.claim(checkability="opinion"), "listing"),
        (lambda: factories.listed(), "verdict"),
        (lambda: factories.published(), "correction"),
    ],
)
def test_kind_that_comes_next_is_known(make, kind):
    assert checklist.likely_kind(fresh(make())) == kind


def test_kind_that_was_proposed_comes_next():
    claim = factories.published()
    workflow.reopen(claim, by=factories.user("researcher"), kind="update", note="News.")
    assert checklist.likely_kind(fresh(claim)) == "update"


def test_submission_names_all_that_is_missing():
    claim = factories.researched(bare(), summary="")
    with pytest.raises(Refused) as refused:
        workflow.submit(claim, by=factories.user("researcher"), kind="verdict")
    assert refused.value.rule == "checklist"
    for part in ("the speaker", "no date", "no summary"):
        assert part in str(refused.value)


def test_correction_of_an_unrated_listing_needs_no_verdict():
    claim = factories.published(factories.claim(checkability="vague"), kind="listing", rating=None)
    assert failing(claim, "correction") == set()
    rated = factories.published()
    workflow.reopen(rated, by=factories.user("researcher"))
    editing.assess(rated, by=factories.user("researcher"), rating=None)
    assert failing(rated, "correction") == {"rating"}


def opinion(**fields):
    """An opinion that readers know as a listing."""
    return factories.published(factories.claim(checkability="opinion"), kind="listing", rating=None, **fields)


@pytest.mark.parametrize("kind", ["update", "correction"])
def test_rating_of_a_listing_is_published_as_a_verdict(kind):
    claim, researcher = opinion(), factories.user("researcher")
    workflow.reopen(claim, by=researcher, kind=kind, note="News.")
    assert checklist.likely_kind(fresh(claim)) == kind
    editing.assess(claim, by=researcher, rating=factories.rating("mixed"), summary="", explanation="")
    claim.evidence.all().delete()
    assert failing(claim, kind) == {"unrated"}
    with pytest.raises(Refused, match="submit it as a verdict") as refused:
        workflow.submit(claim, by=researcher, kind=kind, note="News.")
    assert refused.value.rule == "checklist"
    assert checklist.likely_kind(fresh(claim)) == "verdict"
    assert failing(claim) == {"summary", "explanation", "evidence"}


def test_listing_that_was_updated_is_given_its_verdict():
    claim = opinion()
    factories.amended(claim, kind="update", note="Its date is known.", rating=None)
    workflow.reopen(claim, by=factories.user("researcher"), kind="verdict")
    factories.published(claim)
    amended = factories.amended(claim, kind="correction", note="The year.", rating=factories.rating("mixed"))
    assert [entry.kind for entry in claim.publications.all()] == ["listing", "update", "verdict", "correction"]
    assert amended.version == 4


def test_listing_that_was_retracted_comes_back_before_its_verdict():
    claim = opinion()
    factories.amended(claim, kind="retraction", note="It was never said.", rating=None)
    researcher = factories.user("researcher")
    workflow.reopen(claim, by=researcher, kind="correction", note="It was said.")
    editing.assess(claim, by=researcher, rating=factories.rating())
    assert "verdict" not in workflow.possible_kinds(claim)
    assert checklist.likely_kind(fresh(claim)) == "correction"
    with pytest.raises(Refused, match="take the rating away and publish that first"):
        workflow.submit(claim, by=researcher, kind="correction", note="It was said.")
    factories.published(claim, kind="correction", note="It was said.", rating=None)
    workflow.reopen(claim, by=researcher, kind="verdict")
    assert factories.published(claim).workflow_status == "published"


def test_rated_listing_is_refused_when_it_is_submitted():
    claim = factories.researched()
    with pytest.raises(Refused, match="submit it as a verdict"):
        workflow.submit(claim, by=factories.user("researcher"), kind="listing")
