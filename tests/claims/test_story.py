import pghistory
import pytest
from django.contrib.auth.models import User
from django.db import connection

from claims import discussion, editing, publishing, story, workflow
from claims.models import Assessment, Claim, Evidence
from tests.claims import factories


def told(claim, skip=0):
    """Who did what, said what, in one line each."""
    lines = []
    for entry in story.tell(claim):
        for happening in entry.happenings:
            parts = [
                entry.who or "Somebody",
                happening.text,
                happening.subject,
                happening.said and f"“{happening.said}”",
            ]
            lines.append(" ".join(part for part in parts if part))
    return lines[skip:]


def runs(happening):
    return [tuple(run) for run in happening.runs]


def last(claim):
    return story.tell(claim)[-1].happenings[-1]


@pytest.fixture
def people(db):
    names = {"researcher": ("Rosa", "Searle"), "reviewer": ("Rafael", "View"), "publisher": ("Paula", "Bligh")}
    return {role: factories.user(role, first_name=name[0], last_name=name[1]) for role, name in names.items()}


def test_life_of_a_claim_is_told_in_order(committed):
    names = {"researcher": ("Rosa", "Searle"), "reviewer": ("Rafael", "View"), "publisher": ("Paula", "Bligh")}
    rosa, rafael, paula = (factories.user(role, first_name=a, last_name=b) for role, (a, b) in names.items())
    claim = factories.claim(article=factories.article(by=rosa), wording="It rained.", topics=("Rain",))
    workflow.research(claim, by=rosa)
    with pghistory.context(user=rosa.pk):
        factories.evidence(claim, source=factories.source(title="The register"))
    editing.assess(
        claim, by=rosa, rating=factories.rating(), summary="So.", explanation="It is.", one_source_reason="It is one."
    )
    workflow.submit(claim, by=rosa, kind="verdict")
    workflow.request_changes(claim, by=rafael, comment="Say more.")
    editing.assess(claim, by=rosa, summary="So it is.")
    workflow.submit(claim, by=rosa, kind="verdict")
    workflow.approve(claim, by=rafael, comment="Good.")
    publishing.publish(claim, by=paula, kind="verdict")
    workflow.reopen(claim, by=paula, kind="correction", note="The year.")
    assert told(claim) == [
        "Rosa Searle recorded the statement “It rained.”",
        "Rosa Searle gave it the topic Rain",
        "Rosa Searle started research",
        "Rosa Searle wrote the assignee",
        "Rosa Searle added evidence that supports, from The register “It says the same.”",
        "Rosa Searle wrote the rating",
        "Rosa Searle wrote the summary",
        "Rosa Searle wrote the explanation",
        "Rosa Searle wrote the reason why one source is enough",
        "Rosa Searle submitted it for review, as a verdict",
        "Rafael View asked for changes “Say more.”",
        "Rosa Searle changed the summary",
        "Rosa Searle submitted it for review, as a verdict",
        "Rafael View approved it “Good.”",
        "Paula Bligh published version 1, a verdict",
        "Paula Bligh opened it again for a correction “The year.”",
    ]
    assert [entry.who for entry in story.tell(claim)] == [
        "Rosa Searle",
        "Rafael View",
        "Rosa Searle",
        "Rafael View",
        "Paula Bligh",
    ]


def test_life_that_was_loaded_at_once_is_told_in_order_too(db):
    claim = factories.published()
    lines = [line.partition(" ")[2] for line in told(claim)]
    assert [line for line in lines if not line.startswith(("wrote", "recorded"))] == [
        "started research",
        f"added evidence that supports, from {Evidence.objects.get().source} “It says the same.”",
        "submitted it for review, as a verdict",
        "Reviewer approved it",
        "published version 1, a verdict",
    ]


def test_changed_words_are_told_from_those_that_stayed(people):
    claim = factories.researched(by=people["researcher"])
    editing.assess(claim, by=people["researcher"], summary="It was so.")
    assert runs(last(claim)) == [("same", "It "), ("deleted", "is "), ("inserted", "was "), ("same", "so.")]
    assert last(claim).whole == []


def test_long_text_is_shortened_around_the_change(people):
    words = " ".join(f"word{number}" for number in range(500))
    claim = factories.researched(by=people["researcher"], explanation=words)
    editing.assess(claim, by=people["researcher"], explanation=words.replace("word250 ", "other "))
    happening = last(claim)
    assert [what for what, _text in runs(happening)] == ["skipped", "same", "deleted", "inserted", "same", "skipped"]
    assert len("".join(text for _what, text in runs(happening))) < 250
    assert "".join(run.text for run in happening.whole if run.what != "inserted") == words


def test_references_are_told_by_name(people):
    ann, bob = factories.speaker("Ann"), factories.speaker("Bob")
    claim = factories.claim(speaker=ann)
    with pghistory.context(user=people["researcher"].pk):
        Claim.objects.filter(pk=claim.pk).update(speaker=bob, assignee=people["reviewer"], due_on="2026-12-01")
    lines = {happening.text: runs(happening) for happening in story.tell(claim)[-1].happenings}
    assert lines == {
        "changed the speaker": [("deleted", "Ann"), ("inserted", "Bob")],
        "wrote the assignee": [("inserted", "Rafael View")],
        "wrote the due date": [("inserted", "1 December 2026")],
    }


def test_date_is_told_with_its_precision(people):
    claim = factories.claim(stated_on="2022-07-12")
    Claim.objects.filter(pk=claim.pk).update(stated_on="2022-07-01", stated_on_precision="month")
    assert runs(last(claim)) == [("deleted", "12 "), ("same", "July 2022")]


def test_change_in_plain_sql_is_somebodys_outside_the_desk(committed):
    claim = factories.claim()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_claim SET wording = 'Other words.' WHERE id = %s", [claim.pk])
    entry = story.tell(claim)[-1]
    assert (entry.who, entry.happenings[-1].text) == ("", "changed the wording")


def test_machinery_is_not_told(db):
    claim = factories.claim()
    before = told(claim)
    Claim.objects.filter(pk=claim.pk).update(quote_prefix="Something", submitted_hash="0" * 64)
    assert told(claim) == before


def test_what_is_gone_is_still_told_of(people):
    claim = factories.researched(by=people["researcher"])
    source = factories.source()
    number = source.pk
    claim.evidence.update(source=source)
    with pghistory.context(user=people["researcher"].pk):
        claim.evidence.all().delete()
        source.delete()
    name = f"one that is not there any more (number {number})"
    assert f"Rosa Searle removed the evidence from {name} “It says the same.”" in told(claim)


def test_notes_and_contacts_are_told(people):
    claim = factories.claim()
    discussion.note(claim, "Ask the mayor.", by=people["reviewer"])
    fields = {"kind": "right_of_reply", "party": "The mayor", "on": "2022-07-12", "public": False, "summary": "Why?"}
    contact = discussion.record_contact(claim, by=people["publisher"], outcome="pending", **fields)
    contact.refresh_from_db()
    seen = discussion.state(contact)
    discussion.change_contact(contact, by=people["publisher"], seen=seen, outcome="no_answer")
    assert {
        "Rafael View wrote to the desk “Ask the mayor.”",
        "Paula Bligh logged a right of reply: The mayor “Why?”",
        "Paula Bligh changed the outcome of The mayor",
    } <= set(told(claim))


def test_listing_and_retraction_are_told(people):
    claim = factories.listed()
    factories.published(claim)
    factories.amended(claim, kind="retraction", note="It was forged.")
    lines = [line for line in told(claim) if "published" in line]
    assert [line.partition(" ")[2] for line in lines] == [
        "published version 1, a listing: tracked, not yet checked",
        "published version 2, a verdict",
        "published version 3, a retraction “It was forged.”",
    ]


def test_change_of_status_behind_the_workflows_back_is_told(db):
    claim = factories.claim()
    Claim.objects.filter(pk=claim.pk).update(workflow_status="researching")
    assert last(claim).text == "changed the status from new to researching"


def test_review_in_plain_sql_is_told(db):
    claim = factories.in_review()
    rafael = factories.user("reviewer", first_name="Rafael")
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO claims_review (claim_id, content_hash, decision, comment, reviewer_id)
               SELECT id, submitted_hash, 'approved', 'Fine.', %s FROM claims_claim WHERE id = %s""",
            [rafael.pk, claim.pk],
        )
    assert told(claim)[-1] == "Rafael approved it “Fine.”"


def test_two_people_of_one_name_are_told_apart(db):
    claim = factories.claim()
    for _ in range(2):
        discussion.note(claim, "Hello.", by=factories.user("reviewer", first_name="Ann", last_name="Lee"))
    assert [entry.who for entry in story.tell(claim)][1:] == ["Ann Lee", "Ann Lee"]


@pytest.mark.parametrize("times", [1, 3])
def test_story_costs_the_same_however_long(people, times, django_assert_num_queries):
    claim = factories.claim()
    factories.rating("mixed")
    for number in range(times):
        factories.researched(claim, by=people["researcher"], summary=f"Number {number}.")
        factories.evidence(claim)
        claim.topics.add(factories.topic(f"Topic {number}"))
        discussion.note(claim, "A note.", by=people["reviewer"])
        fields = {"kind": "right_of_reply", "party": "Her", "on": "2022-07-12", "public": False, "summary": ""}
        discussion.record_contact(claim, by=people["publisher"], outcome="pending", **fields)
        workflow.submit(claim, by=people["researcher"], kind="verdict")
        workflow.request_changes(claim, by=people["reviewer"], comment="No.")
    # Copies of seven models, the reviews, and the names of users, articles, speakers, ratings, sources and topics.
    with django_assert_num_queries(14):
        assert len(story.tell(claim)) > times


def test_deleted_account_is_told_of(db):
    claim = factories.claim()
    gone = User.objects.create_user("gone")
    with pghistory.context(user=gone.pk):
        Claim.objects.filter(pk=claim.pk).update(occasion="A speech")
    gone.delete()
    assert "not there any more" in story.tell(claim)[-1].who
    assert not Assessment.objects.exists()
