import datetime

import pytest
from django.apps import apps

from claims import people, workflow
from claims.refusals import Refused
from tests.claims import factories

pytestmark = pytest.mark.django_db

DAY = datetime.date(2099, 5, 1)


@pytest.fixture
def editor():
    return factories.user("publisher")


@pytest.fixture
def researcher():
    return factories.user("researcher")


def last_event(claim):
    event = apps.get_model("claims", "ClaimEvent").objects.filter(pgh_obj=claim.pk).order_by("pgh_id").last()
    return event.assignee_id, event.due_on, event.pgh_context.metadata["user"]


def test_assigning_says_whose_and_until_when(editor, researcher):
    claim = factories.claim()
    assert people.assign([claim], to=researcher, due_on=DAY, by=editor) == 1
    claim.refresh_from_db()
    assert (claim.assignee, claim.due_on) == (researcher, DAY)
    assert last_event(claim) == (researcher.pk, DAY, editor.pk)


def test_what_is_not_given_stays_as_it_is(editor, researcher):
    claim = factories.claim()
    people.assign([claim], to=researcher, due_on=DAY, by=editor)
    people.assign([claim], due_on=None, by=editor)
    claim.refresh_from_db()
    assert (claim.assignee, claim.due_on) == (researcher, None)
    people.assign([claim], to=None, by=editor)
    claim.refresh_from_db()
    assert claim.assignee is None


def test_assigning_the_same_again_changes_nothing(editor, researcher):
    claim = factories.claim()
    people.assign([claim], to=researcher, due_on=DAY, by=editor)
    events = apps.get_model("claims", "ClaimEvent").objects.filter(pgh_obj=claim.pk)
    before = events.count()
    assert people.assign([claim], to=researcher, due_on=DAY, by=editor) == 0
    assert events.count() == before


@pytest.mark.parametrize("role", ["annotator"])
def test_who_may_not_assign_is_refused(role, researcher):
    with pytest.raises(Refused) as caught:
        people.assign([factories.claim()], to=researcher, by=factories.user(role))
    assert caught.value.rule == "claims.assign_claim"


def test_assignee_has_a_role_and_can_sign_in(editor):
    claim = factories.claim()
    inactive, outside = factories.user("researcher", is_active=False), factories.user("researcher")
    outside.is_staff = False
    outside.save()
    for nobody in (factories.user(), inactive, outside):
        with pytest.raises(Refused) as caught:
            people.assign([claim], to=nobody, by=editor)
        assert caught.value.rule == "assignee_has_role"
    claim.refresh_from_db()
    assert claim.assignee is None


def test_many_are_assigned_or_none(editor, researcher):
    claims = [factories.claim(), factories.at_status("dropped")]
    with pytest.raises(Refused) as caught:
        people.assign(claims, to=researcher, by=editor)
    assert caught.value.rule == "claim_ongoing"
    claims[0].refresh_from_db()
    assert claims[0].assignee is None


@pytest.mark.parametrize("rows", [1, 3])
def test_assigning_many_costs_the_same_however_many(editor, researcher, rows, django_assert_num_queries):
    claims = [factories.claim() for _ in range(rows)]
    editor.has_perm("claims.assign_claim")
    with django_assert_num_queries(5):
        people.assign(claims, to=researcher, by=editor)


@pytest.mark.parametrize("role", ["annotator", "researcher", "reviewer", "publisher"])
def test_claim_that_is_nobodys_can_be_taken(role):
    claim, user = factories.claim(), factories.user(role)
    people.take(claim, by=user)
    people.take(claim, by=user)
    claim.refresh_from_db()
    assert claim.assignee == user


def test_claim_that_is_somebodys_cannot_be_taken(editor, researcher):
    claim = factories.claim()
    people.assign([claim], to=factories.user("researcher", first_name="Ana", last_name="Ros"), by=editor)
    with pytest.raises(Refused, match="Ana Ros’s"):
        people.take(claim, by=researcher)


def test_who_has_no_role_takes_nothing():
    with pytest.raises(Refused):
        people.take(factories.claim(), by=factories.user())


def test_dropped_claim_is_not_taken(researcher):
    claim = factories.claim()
    workflow.drop(claim, by=factories.user("publisher"))
    with pytest.raises(Refused):
        people.take(claim, by=researcher)


def test_second_of_two_who_assign_at_once_is_told(editor, researcher):
    claim = factories.claim()
    seen = people.state(claim)
    people.assign([claim], to=researcher, by=editor)
    with pytest.raises(Refused, match="just assigned"):
        people.assign([claim], to=editor, by=factories.user("reviewer"), seen=seen)
    claim.refresh_from_db()
    assert claim.assignee == researcher
