import datetime

import pytest
from django.urls import reverse

from claims import desk, editing, people, publishing, workflow
from claims.models import Claim
from claims.refusals import Refused
from tests.claims import factories

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 24)
YESTERDAY, TOMORROW = TODAY - datetime.timedelta(days=1), TODAY + datetime.timedelta(days=1)


def shown(user):
    """What is on the front page: the claims of each list."""
    front = desk.front(user, today=TODAY)
    return {section.key: [line.claim for line in section.lines] for section in front.sections}


def step(user, claim):
    return desk.next_step(Claim.objects.for_desk(user).get(pk=claim.pk), user)


def test_assigned_to_me_is_ongoing_and_first_what_is_due():
    user, editor = factories.user("researcher"), factories.user("publisher")
    later, soon, some_day, dropped = (factories.claim() for _ in range(4))
    people.assign([later], to=user, due_on=TOMORROW, by=editor)
    people.assign([soon], to=user, due_on=TODAY, by=editor)
    people.assign([some_day, dropped], to=user, by=editor)
    workflow.drop(dropped, by=editor)
    people.assign([factories.claim()], to=editor, by=editor)
    assert shown(user)["assigned"] == [soon, later, some_day]


def test_review_is_of_what_others_wrote_and_submitted():
    user = factories.user("researcher", "reviewer")
    mine, others = factories.in_review(by=user), factories.in_review()
    submitted = factories.researched()
    workflow.submit(submitted, by=user, kind="verdict")
    assert shown(user)["review"] == [others]
    assert [step(user, claim).label for claim in (others, mine, submitted)] == ["Review", "Look", "Look"]


def history_of_authors():
    """Claims in review at which several had a hand, and when."""
    ana, bea, eva = (factories.user("researcher", "reviewer", "publisher") for _ in range(3))
    first = factories.researched(by=ana)
    editing.assess(first, by=bea, summary="It is not so.")
    yield factories.in_review(first, by=bea, summary="It was so."), (ana, bea, eva)
    published = factories.in_review(by=ana)
    workflow.approve(published, by=bea)
    publishing.publish(published, by=eva, kind="verdict")
    workflow.reopen(published, by=eva)
    editing.assess(published, by=bea, summary="It is not so, after all.")
    workflow.submit(published, by=eva, kind="correction", note="It was wrong.")
    yield published, (ana, bea, eva)
    listed = factories.researched(by=ana)
    publishing.list_claim(listed, by=eva)
    editing.assess(listed, by=bea, summary="Other.")
    workflow.submit(listed, by=bea, kind="verdict")
    yield listed, (ana, bea, eva)


def test_review_agrees_with_the_rule_of_two_people():
    for claim, users in history_of_authors():
        for user in users:
            try:
                workflow.check_may_approve(claim, user)
                allowed = True
            except Refused:
                allowed = False
            assert (claim in Claim.objects.reviewable_by(user)) == allowed
            assert Claim.objects.for_desk(user).get(pk=claim.pk).had_a_hand != allowed


def test_returned_is_mine_until_i_submit_it_again():
    user, other = factories.user("researcher"), factories.user("researcher")
    claim = factories.in_review(by=user)
    assert shown(user)["returned"] == []
    workflow.request_changes(claim, by=factories.user("reviewer"), comment="Which year?")
    people.assign([claim], to=other, by=factories.user("publisher"))
    for person in (user, other):
        (found,) = shown(person)["returned"]
        assert (found, found.asked) == (claim, "Which year?")
    assert shown(factories.user("researcher"))["returned"] == []
    assert step(user, claim).label == "Amend"
    workflow.submit(claim, by=user, kind="verdict")
    assert shown(user)["returned"] == []
    workflow.take_back(claim, by=user)
    assert shown(user)["returned"] == []
    assert step(user, claim).label == "Go on"


def test_ready_is_for_publishers():
    claim = factories.approved()
    publisher, researcher = factories.user("publisher"), factories.user("researcher")
    assert shown(publisher)["ready"] == [claim]
    assert "ready" not in shown(researcher)
    assert step(publisher, claim).href == reverse("admin:claims_claim_step", args=[claim.pk, "publish"])
    assert step(researcher, claim).label == "Look"


def void(make):
    """A claim one of whose sources was retitled after it was submitted."""
    claim = make()
    source = claim.evidence.get().source
    source.title = "Another title"
    source.save()
    return claim


def lines(user, key):
    (section,) = [section for section in desk.front(user, today=TODAY).sections if section.key == key]
    return [(line.claim, str(line.void), str(line.step.label)) for line in section.lines]


def test_void_approval_is_said_and_leads_back():
    publisher = factories.user("publisher")
    changed, ready = void(factories.approved), factories.approved()
    assert lines(publisher, "ready") == [(changed, "Approval void", "Take back"), (ready, "", "Publish")]
    step = desk.front(publisher, today=TODAY).sections[1].lines[0].step
    assert step.href == reverse("admin:claims_claim_step", args=[changed.pk, "take-back"])
    workflow.take_back(changed, by=publisher)
    assert lines(publisher, "ready") == [(ready, "", "Publish")]


def test_void_submission_is_said_and_leads_back_whoever_may_take_it_back():
    claim, reviewer, researcher = void(factories.in_review), factories.user("reviewer"), factories.user("researcher")
    people.assign([claim], to=researcher, by=factories.user("publisher"))
    said = "Changed since it was submitted"
    assert lines(researcher, "assigned") == [(claim, said, "Take back")]
    # A reviewer sends it back with a comment.
    assert lines(reviewer, "review") == [(claim, said, "Review")]


def test_void_approval_is_only_looked_at_by_who_can_do_nothing_about_it():
    claim, annotator = void(factories.approved), factories.user("annotator")
    people.assign([claim], to=annotator, by=factories.user("publisher"))
    assert lines(annotator, "assigned") == [(claim, "Approval void", "Look")]


def test_overdue_is_ones_own_and_for_who_assigns_everybodys():
    annotator, editor = factories.user("annotator"), factories.user("publisher")
    hers, his, not_yet, done = factories.claim(), factories.claim(), factories.claim(), factories.claim()
    people.assign([hers], to=annotator, due_on=YESTERDAY, by=editor)
    people.assign([his], to=editor, due_on=YESTERDAY, by=editor)
    people.assign([done], to=annotator, due_on=YESTERDAY, by=editor)
    people.assign([not_yet], to=annotator, due_on=TODAY, by=editor)
    workflow.drop(done, by=editor)
    assert shown(annotator)["overdue"] == [hers]
    assert shown(editor)["overdue"] == [his, hers]


def test_adrift_leads_to_the_articles_anchors():
    user, claims = factories.user("annotator"), [factories.claim() for _ in range(4)]
    for claim, anchor in zip(claims, ("exact", "moved", "changed", "lost"), strict=True):
        Claim.objects.filter(pk=claim.pk).update(anchor=anchor)
    front = desk.front(user, today=TODAY)
    assert shown(user)["adrift"] == [claims[3], claims[2]]
    assert front.moved == 1
    address = reverse("admin:claims_article_anchors", args=[claims[3].article_id])
    assert (step(user, claims[3]).label, step(user, claims[3]).href) == ("Confirm the words", address)


@pytest.mark.parametrize(
    ("status", "role", "label"),
    [
        ("new", "researcher", "Start research"),
        ("new", "annotator", "Look"),
        ("researching", "researcher", "Go on"),
        ("in_review", "reviewer", "Review"),
        ("in_review", "researcher", "Look"),
        ("approved", "publisher", "Publish"),
        ("published", "publisher", "Look"),
        ("dropped", "publisher", "Look"),
    ],
)
def test_next_step_is_the_one_of_the_role(status, role, label):
    found = step(factories.user(role), factories.at_status(status))
    assert (found.label, found.is_mine) == (label, label != "Look")


def test_front_shows_the_first_and_counts_the_rest(monkeypatch):
    user = factories.user("publisher")
    monkeypatch.setattr(desk, "SHOWN", 2)
    people.assign([factories.claim() for _ in range(3)], to=user, by=user)
    (assigned,) = [section for section in desk.front(user, today=TODAY).sections if section.key == "assigned"]
    assert (len(assigned.lines), assigned.number) == (2, 3)


def test_front_counts_no_further_than_it_must(monkeypatch):
    user = factories.user("publisher")
    monkeypatch.setattr(desk, "COUNTED", 1)
    for _ in range(4):
        factories.claim()
    assert desk.front(user, today=TODAY).statuses[0] == ("new", "new", 2)


def test_latest_publications_are_there():
    first, second = factories.published(), factories.published()
    assert [entry.claim for entry in desk.latest_publications()] == [second, first]
