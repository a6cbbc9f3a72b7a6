import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from claims import people
from tests.claims import factories

pytestmark = pytest.mark.django_db

TOMORROW = timezone.localdate() + datetime.timedelta(days=1)
YESTERDAY = timezone.localdate() - datetime.timedelta(days=1)


def address(claim):
    return reverse("admin:claims_claim_assign", args=[claim.pk])


def test_claim_is_assigned_until_a_day(client):
    claim, to = factories.claim(), factories.user("researcher", first_name="Ana", last_name="Ros")
    client.force_login(factories.user("publisher"))
    page = client.get(address(claim))
    assert "Ana Ros" in page.text
    data = {"to": to.pk, "due_on": TOMORROW.isoformat(), "seen": page.context["seen"]}
    assert client.post(address(claim), data).status_code == 302
    claim.refresh_from_db()
    assert (claim.assignee, claim.due_on) == (to, TOMORROW)


def test_claim_is_taken_from_everybody(client):
    user = factories.user("publisher")
    claim = factories.claim()
    people.assign([claim], to=user, due_on=TOMORROW, by=user)
    claim.refresh_from_db()
    client.force_login(user)
    client.post(address(claim), {"to": "", "due_on": "", "seen": people.state(claim)})
    claim.refresh_from_db()
    assert (claim.assignee, claim.due_on) == (None, None)


def test_day_that_is_past_is_refused_unless_it_stays(client):
    user, claim = factories.user("publisher"), factories.claim()
    client.force_login(user)
    page = client.post(address(claim), {"to": user.pk, "due_on": YESTERDAY.isoformat(), "seen": people.state(claim)})
    assert "This day is past" in page.text
    people.assign([claim], due_on=YESTERDAY, by=user)
    claim.refresh_from_db()
    page = client.post(address(claim), {"to": user.pk, "due_on": YESTERDAY.isoformat(), "seen": people.state(claim)})
    assert page.status_code == 302


def test_page_of_a_claim_leads_to_taking_it_while_it_is_nobodys(client):
    annotator, claim = factories.user("annotator"), factories.claim()
    client.force_login(annotator)
    link = f'<a href="{address(claim)}">take it myself</a>'
    page = reverse("admin:claims_claim_change", args=[claim.pk])
    assert link in client.get(page).text
    people.take(claim, by=annotator)
    assert link not in client.get(page).text


def test_annotator_takes_what_is_nobodys_and_assigns_nothing(client):
    user, claim = factories.user("annotator"), factories.claim()
    client.force_login(user)
    page = client.get(address(claim)).text
    assert "Take it myself" in page
    assert 'name="to"' not in page
    other = factories.user("researcher")
    refused = client.post(address(claim), {"to": other.pk, "seen": people.state(claim)})
    assert (refused.status_code, "Your role does not allow you to assign claims." in refused.text) == (409, True)
    assert client.post(address(claim), {"take": "1"}).status_code == 302
    claim.refresh_from_db()
    assert claim.assignee == user


def test_claim_that_somebody_has_just_taken_is_not_taken_away(client):
    claim, first = factories.claim(), factories.user("researcher", first_name="Ana", last_name="Ros")
    client.force_login(factories.user("annotator"))
    client.get(address(claim))
    people.take(claim, by=first)
    page = client.post(address(claim), {"take": "1"})
    assert (page.status_code, "Ana Ros’s now" in page.text) == (409, True)


def test_assignment_that_was_made_meanwhile_is_shown(client):
    claim, editor, ana = factories.claim(), factories.user("publisher"), factories.user("researcher", first_name="Ana")
    client.force_login(editor)
    seen = client.get(address(claim)).context["seen"]
    people.take(claim, by=ana)
    page = client.post(address(claim), {"to": editor.pk, "seen": seen})
    assert (page.status_code, "Somebody has just assigned this claim" in page.text) == (409, True)
    claim.refresh_from_db()
    assert claim.assignee == ana


def test_dropped_claim_is_nobodys(client):
    claim = factories.at_status("dropped")
    client.force_login(factories.user("publisher"))
    assert "Work on this claim has ended" in client.get(address(claim)).text


def test_who_has_no_role_does_not_see_it(client):
    claim = factories.claim()
    client.force_login(factories.user())
    assert client.get(address(claim)).status_code == 403
    client.logout()
    assert client.get(address(claim)).status_code == 302


def test_claim_that_is_not_there(client):
    client.force_login(factories.user("publisher"))
    assert client.get(reverse("admin:claims_claim_assign", args=[999999])).status_code == 404
