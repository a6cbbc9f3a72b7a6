from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from claims import discussion, document, workflow
from claims.models import Claim, Contact, Note
from claims.refusals import Refused
from tests.claims import factories

pytestmark = pytest.mark.django_db

ASKED = {"kind": "right_of_reply", "party": "The mayor", "on": "2022-07-12", "outcome": "pending"}


def contact(claim, **fields):
    by = factories.user("researcher")
    return discussion.record_contact(claim, by=by, **{"summary": "", "public": False} | ASKED | fields)


@pytest.mark.parametrize("status", ["new", "in_review", "published", "dropped"])
def test_note_is_written_wherever_a_claim_stands(status):
    claim, user = factories.at_status(status), factories.user("reviewer")
    discussion.note(claim, "Is this still so?", by=user)
    assert Note.objects.values_list("text", "author").get() == ("Is this still so?", user.pk)
    event = apps.get_model("claims", "NoteEvent").objects.select_related("pgh_context").get()
    assert event.pgh_context.metadata["user"] == user.pk


def test_note_that_was_written_a_moment_ago_is_the_same_one():
    claim, user = factories.claim(), factories.user("reviewer")
    first = discussion.note(claim, "Is it so?", by=user)
    assert discussion.note(claim, " Is it so?\r\n", by=user) == first
    others = [
        discussion.note(claim, "It is.", by=user),
        discussion.note(claim, "Is it so?", by=factories.user("reviewer")),
        discussion.note(factories.claim(), "Is it so?", by=user),
    ]
    Note.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    again = discussion.note(claim, "Is it so?", by=user)
    assert len({first, *others, again}) == 5


def test_empty_note_is_refused():
    with pytest.raises(Refused, match="nothing in the note"):
        discussion.note(factories.claim(), " \n", by=factories.user("reviewer"))


def test_note_by_somebody_without_a_role_is_refused():
    with pytest.raises(Refused, match="role does not allow"):
        discussion.note(factories.claim(), "Hello.", by=factories.user())


@pytest.mark.parametrize("status", ["new", "in_review", "approved", "published"])
def test_contact_of_the_desk_alone_is_logged_at_any_time(status):
    claim = factories.at_status(status)
    before = document.content(Claim.objects.for_document().get(pk=claim.pk), kind="verdict")
    contact(claim)
    after = document.content(Claim.objects.for_document().get(pk=claim.pk), kind="verdict")
    assert (Contact.objects.count(), after) == (1, before)


@pytest.mark.parametrize("status", ["in_review", "approved", "published"])
def test_public_contact_is_refused_while_the_document_is_fixed(status):
    with pytest.raises(Refused, match="it can be changed while it is new or being researched"):
        contact(factories.at_status(status), public=True)


def test_public_contact_cannot_be_changed_nor_hidden_after_submission():
    claim = factories.researched()
    public = contact(claim, public=True)
    workflow.submit(claim, by=factories.user("researcher"), kind="verdict")
    for fields in ({"outcome": "answered"}, {"public": False}):
        with pytest.raises(Refused, match="can be changed while"):
            discussion.change_contact(public, by=factories.user("researcher"), seen=discussion.state(public), **fields)


def test_contact_of_the_desk_cannot_be_made_public_after_submission():
    claim = factories.in_review()
    own = contact(claim)
    with pytest.raises(Refused, match="can be changed while"):
        discussion.change_contact(own, by=factories.user("researcher"), seen=discussion.state(own), public=True)


def test_second_change_of_a_contact_is_refused():
    own = contact(factories.claim())
    own.refresh_from_db()
    seen, user = discussion.state(own), factories.user("researcher")
    discussion.change_contact(own, by=user, seen=seen, outcome="answered")
    with pytest.raises(Refused, match="Somebody else has changed this contact"):
        discussion.change_contact(own, by=user, seen=seen, outcome="refused")
    assert Contact.objects.get().outcome == "answered"


def test_change_that_is_made_already_is_no_conflict():
    own, user = contact(factories.claim()), factories.user("researcher")
    own.refresh_from_db()
    seen = discussion.state(own)
    for _ in range(2):
        discussion.change_contact(own, by=user, seen=seen, outcome="answered", party=" The  mayor")
    assert apps.get_model("claims", "ContactEvent").objects.count() == 2


@pytest.mark.parametrize("public", [False, True])
def test_contact_that_was_logged_a_moment_ago_is_the_same_one(public):
    claim, by = factories.claim(), factories.user("researcher")
    log = lambda **other: discussion.record_contact(claim, by=by, **ASKED | {"public": public} | other)  # noqa: E731
    first = log()
    assert log(party=" The  mayor") == first
    assert log(summary="No.") != first
    assert discussion.record_contact(claim, by=factories.user("researcher"), **ASKED, public=public) != first
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE claims_contactevent SET pgh_created_at = pgh_created_at - interval '2 minutes'")
    assert log() != first


def test_contact_without_a_name_is_refused():
    with pytest.raises(ValidationError) as error:
        contact(factories.claim(), party="")
    assert list(error.value.message_dict) == ["party"]


@pytest.mark.parametrize("role", ["annotator", "reviewer", ""])
def test_contacts_are_logged_by_their_roles_only(role):
    by = factories.user(*filter(None, [role]))
    with pytest.raises(Refused, match="role does not allow"):
        discussion.record_contact(factories.claim(), by=by, public=False, summary="", **ASKED)
