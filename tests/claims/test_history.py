"""Every desk row's past is kept by trigger: who, when, old and new, whoever made the change and however."""

import pghistory.models
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from claims import workflow
from claims.models import Claim, Speaker
from tests.claims import factories

pytestmark = pytest.mark.django_db

DESK = ["Article", "Assessment", "Claim", "Evidence", "Rating", "Speaker", "Topic", "Publisher", "Source"]


def events(name, **where):
    app = "sources" if name in ("Publisher", "Source") else "claims"
    return apps.get_model(app, f"{name}Event").objects.filter(**where).order_by("pgh_id")


@pytest.mark.parametrize("name", DESK)
def test_desk_model_keeps_its_past(name):
    factories.researched(factories.claim(topics=("Rain",)))
    assert events(name, pgh_label="insert").exists()


def test_bulk_updates_and_plain_sql_are_in_the_history():
    speaker = factories.speaker("Ann")
    Speaker.objects.filter(pk=speaker.pk).update(name="Anne")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_speaker SET name = 'Anna' WHERE id = %s", [speaker.pk])
        cursor.execute("DELETE FROM claims_speaker WHERE id = %s", [speaker.pk])
    assert list(events("Speaker", pgh_obj_id=speaker.pk).values_list("pgh_label", "name")) == [
        ("insert", "Ann"),
        ("update", "Anne"),
        ("update", "Anna"),
        ("delete", "Anna"),
    ]


def test_topics_given_and_taken_are_in_the_history():
    claim = factories.claim(topics=("Rain",))
    claim.topics.clear()
    assert list(events("ClaimTopic", claim_id=claim.pk).values_list("pgh_label", flat=True)) == ["insert", "delete"]


def test_workflow_steps_say_who_and_why():
    claim = factories.in_review()
    reviewer = factories.user("reviewer")
    workflow.request_changes(claim, by=reviewer, comment="Say more.")
    last = events("Claim", pgh_obj_id=claim.pk).last()
    assert last.workflow_status == "researching"
    assert last.pgh_context.metadata["user"] == reviewer.pk
    assert (last.pgh_context.metadata["step"], last.pgh_context.metadata["reason"]) == ("request_changes", "Say more.")


def test_edits_in_the_admin_say_who(client):
    user = factories.user("annotator")
    speaker = factories.speaker("Ann")
    client.force_login(user)
    data = {"name": "Anne", "kind": "person", "same_as": "", "note": ""}
    assert client.post(reverse("admin:claims_speaker_change", args=[speaker.pk]), data).status_code == 302
    last = events("Speaker", pgh_obj_id=speaker.pk).last()
    assert (last.name, last.pgh_context.metadata["user"]) == ("Anne", user.pk)


def test_the_past_cannot_be_rewritten():
    claim = factories.claim()
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        events("Claim", pgh_obj_id=claim.pk).update(wording="It never rained.")


def test_deleted_claims_past_stays():
    claim = factories.claim()
    pk = claim.pk
    claim.delete()
    assert not Claim.objects.filter(pk=pk).exists()
    assert list(events("Claim", pgh_obj_id=pk).values_list("pgh_label", flat=True)) == ["insert", "delete"]
    assert pghistory.models.Context.objects.exists()
