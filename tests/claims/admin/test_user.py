"""Accounts in the admin."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests.claims import factories

pytestmark = pytest.mark.django_db


def test_account_of_an_author_is_not_deleted_and_it_is_said_why(client):
    early = factories.user("researcher", first_name="Ada", last_name="Early")
    claim = factories.researched(by=early, summary="One thing.")
    factories.published(claim, by=factories.user("researcher"), summary="Another thing.")
    claim.assignee = None
    claim.save(update_fields=["assignee"])
    client.force_login(factories.user(is_superuser=True))
    address = reverse("admin:auth_user_delete", args=[early.pk])
    assert f"An assessment that {early} wrote. Make the account inactive instead." in client.get(address).text
    assert "Make the account inactive" in client.post(address, {"post": "yes"}).text
    chosen = {"action": "delete_selected", "_selected_action": [early.pk], "post": "yes"}
    assert "Make the account inactive" in client.post(reverse("admin:auth_user_changelist"), chosen).text
    assert User.objects.filter(pk=early.pk).exists()


def test_account_of_nobody_in_particular_is_deleted(client):
    nobody = factories.user()
    client.force_login(factories.user(is_superuser=True))
    assert client.post(reverse("admin:auth_user_delete", args=[nobody.pk]), {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=nobody.pk).exists()
