"""Steps that are taken twice, or while somebody else takes another."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from claims import workflow
from claims.models import Publication, Review
from tests.claims import factories
from tests.claims.admin.stepping import address, standing, take

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("step", ["approve", "request-changes"])
def test_what_was_submitted_anew_is_not_reviewed_unseen(client, step):
    claim = factories.in_review()
    reviewer = factories.user("reviewer")
    client.force_login(reviewer)
    shown = client.get(address(claim, step)).context["seen"]
    workflow.take_back(claim, by=factories.user("researcher"))
    factories.in_review(claim, summary="Words that the reviewer never saw.")
    response = client.post(address(claim, step), {"seen": shown, "comment": "Fine."})
    assert response.status_code == 409
    assert "was submitted anew after you opened this page" in response.text
    assert (standing(claim), Review.objects.count()) == ("in_review", 0)
    assert take(client, reviewer, claim, step, comment="Fine.").status_code == 302


@pytest.mark.parametrize(
    ("role", "step", "status", "fields"),
    [
        ("researcher", "research", "new", {}),
        ("researcher", "submit", "researching", {"kind": "verdict"}),
        ("reviewer", "approve", "in_review", {}),
        ("publisher", "publish", "approved", {}),
        ("publisher", "list", "new", {}),
        ("publisher", "retract", "published", {"note": "It was forged."}),
    ],
)
def test_second_press_of_a_button_is_told_that_it_is_done(client, role, step, status, fields):
    claim = factories.at_status(status)
    client.force_login(factories.user(role))
    page = client.get(address(claim, step))
    data = {"seen": page.context.get("seen", "")} | fields
    assert client.post(address(claim, step), data).status_code == 302
    publications = Publication.objects.count()
    response = client.post(address(claim, step), data, follow=True)
    assert response.redirect_chain == [(reverse("admin:claims_claim_change", args=[claim.pk]), 302)]
    assert "This was done already" in response.text
    assert Publication.objects.count() == publications


@pytest.mark.parametrize(
    ("role", "step", "status", "field"),
    [
        ("publisher", "correct", "published", "note"),
        ("researcher", "take-back", "approved", "reason"),
        ("reviewer", "request-changes", "in_review", "comment"),
        ("reviewer", "approve", "in_review", "comment"),
        ("publisher", "drop", "researching", "reason"),
    ],
)
def test_step_taken_again_with_other_words_is_not_taken_for_done(client, role, step, status, field):
    claim, user = factories.at_status(status), factories.user(role)
    assert take(client, user, claim, step, **{field: "One thing."}).status_code == 302
    response = take(client, user, claim, step, **{field: "Quite another thing."})
    assert response.status_code == 409
    assert "only a claim that is" in response.text


def test_words_of_a_step_that_is_not_open_any_more_stay_to_be_copied(client):
    claim, user = factories.published(), factories.user("publisher")
    take(client, user, claim, "correct", note="One thing.")
    response = take(client, user, claim, "correct", note="Quite another thing.")
    assert "Quite another thing." in response.text
    assert 'type="submit" class="default"' not in response.text


def test_submission_in_other_words_is_not_taken_for_done(client):
    claim, user = factories.published(), factories.user("researcher")
    workflow.reopen(claim, by=user)
    again = {"kind": "correction", "note": "The year.\r\nAnd the month."}
    assert take(client, user, claim, "submit", **again).status_code == 302
    assert take(client, user, claim, "submit", **again).status_code == 302
    for other in ({"kind": "update"}, {"note": "The day."}):
        assert take(client, user, claim, "submit", **again | other).status_code == 409


def test_another_step_of_the_same_kind_is_not_taken_for_done(client):
    claim, user = factories.published(), factories.user("publisher")
    take(client, user, claim, "correct", note="The year.")
    assert take(client, user, claim, "retract", note="The year.").status_code == 409


def test_what_is_submitted_anew_while_the_button_is_pressed_is_not_approved_unseen(committed):
    claim, reviewer, researcher = factories.in_review(), factories.user("reviewer"), factories.user("researcher")
    seen = claim.submitted_at.isoformat()
    workflow.take_back(claim, by=researcher)
    submitted, pressed = Event(), Event()

    def submit():
        with transaction.atomic():
            factories.in_review(claim, by=researcher, summary="Words that the reviewer never saw.")
            submitted.set()
            pressed.wait(10)
            sleep(0.5)  # for the other to come to the lock
        connection.close()

    def press():
        client = Client()
        client.force_login(reviewer)
        submitted.wait(10)
        pressed.set()
        response = client.post(address(claim, "approve"), {"seen": seen})
        connection.close()
        return response.status_code

    with ThreadPoolExecutor(2) as pool:
        pool.submit(submit)
        status = pool.submit(press).result()
    assert (status, standing(claim), Review.objects.count()) == (409, "in_review", 0)
