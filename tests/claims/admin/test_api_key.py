"""API keys on the desk: issued with the secret shown once, looked at, changed and revoked by administrators."""

import datetime
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from claims import api_keys
from claims.models import ApiKey, ApiKeyDay
from tests.claims import factories

pytestmark = pytest.mark.django_db

ADD, LIST = reverse("admin:claims_apikey_add"), reverse("admin:claims_apikey_changelist")
GIVEN = {"name": "The Archive", "contact": "ann@example.org", "per_minute": "600"}


@pytest.fixture
def admin(client):
    user = factories.user("administrator", first_name="Ada")
    client.force_login(user)
    return user


def issue(admin, **given):
    return api_keys.issue(**{"name": "The Archive", "per_minute": 3, "by": admin} | given)


def change(key):
    return reverse("admin:claims_apikey_change", args=[key.pk])


def revoke(key):
    return reverse("admin:claims_apikey_revoke", args=[key.pk])


def test_secret_is_shown_in_the_answer_to_the_form_and_never_again(client, admin):
    assert 'value="1200"' in client.get(ADD).text
    page = client.post(ADD, GIVEN)
    (secret,) = set(re.findall(r"assay_[\w-]{43}", page.text))
    assert (page.status_code, "no-store" in page.headers["Cache-Control"]) == (200, True)
    assert secret not in str(page.headers) + str(page.cookies)
    key = ApiKey.objects.get()
    assert (key.name, key.contact, key.per_minute, key.created_by) == ("The Archive", "ann@example.org", 600, admin)
    assert not api_keys.spend(secret).refused
    for address in (LIST, change(key), revoke(key), reverse("admin:claims_apikey_history", args=[key.pk])):
        assert secret not in client.get(address).text
    assert all(secret not in str(session.get_decoded()) for session in Session.objects.all())
    (entry,) = LogEntry.objects.all()
    assert (entry.object_repr, secret in entry.change_message) == (str(key), False)


@pytest.mark.parametrize("given", [{"name": ""}, {"name": "  "}, {"per_minute": "0"}, {"per_minute": "many"}])
def test_form_that_is_wrong_issues_nothing(client, admin, given):
    page = client.post(ADD, GIVEN | given)
    assert (page.status_code, "errorlist" in page.text, "assay_" in page.text) == (200, True, False)
    assert not ApiKey.objects.exists()


def test_list_tells_how_much_keys_are_used(client, admin):
    key, secret = issue(admin)
    for _ in range(5):
        api_keys.spend(secret)
    yesterday = timezone.now().date() - datetime.timedelta(days=1)
    ApiKeyDay.objects.create(key=key, day=yesterday, requests=100, refusals=1)
    issue(admin, name="The Museum")
    _, *found = client.get(LIST).text.partition("<tbody>")[2].partition("</tbody>")[0].split('<th class="field-named"')
    rows = [re.findall(r">(.*?)</t[dh]>", row) for row in found]
    assert (f"{key.prefix}…" in rows[0][0], rows[0][1:5]) == (True, ["3", "5", "105", "3"])
    assert ("The Museum" in rows[1][0], rows[1][1:]) == (True, ["3", "0", "0", "0", "never"])


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_however_long(client, admin, number, django_assert_num_queries):
    for _ in range(number):
        issue(admin)
    with django_assert_num_queries(6):
        client.get(LIST)


def test_revoked_keys_are_out_of_the_way(client, admin):
    (old, _), _ = issue(admin, name="Old one"), issue(admin, name="Current one")
    api_keys.revoke(old, by=admin)
    assert ("Old one" in client.get(LIST).text, "Current one" in client.get(LIST).text) == (False, True)
    assert "Old one" in client.get(LIST, {"revoked": "yes"}).text
    assert "Current one" not in client.get(LIST, {"revoked": "yes"}).text


def test_page_of_a_key_shows_its_days(client, admin):
    key, _ = issue(admin)
    assert "It was not used." in client.get(change(key)).text
    today = timezone.now().date()
    for days, requests in ((0, 40), (29, 10), (30, 7)):
        ApiKeyDay.objects.create(key=key, day=today - datetime.timedelta(days=days), requests=requests, refusals=0)
    page = client.get(change(key))
    assert [(row["requests"], row["part"]) for row in page.context["days"]] == [(40, 100), (10, 25)]


def test_name_and_limit_are_changed_and_nothing_else(client, admin):
    key, secret = issue(admin)
    data = {"name": "The Museum", "contact": "", "per_minute": "1", "secret_hash": "x", "prefix": "x"}
    assert client.post(change(key), data).status_code == 302
    key.refresh_from_db()
    assert (key.name, key.per_minute, key.prefix) == ("The Museum", 1, secret[:12])
    assert [api_keys.spend(secret).refused for _ in range(2)] == [False, True]


def test_key_is_revoked_after_it_was_asked_for(client, admin):
    key, secret = issue(admin)
    page = client.get(revoke(key))
    assert "It has never been used." in page.text
    assert not api_keys.spend(secret).refused
    assert client.post(revoke(key)).url == LIST
    assert api_keys.spend(secret) is None
    key.refresh_from_db()
    assert key.revoked_by == admin
    page = client.post(revoke(key))
    assert (page.status_code, "has been revoked already" in page.text) == (409, True)


def test_revoked_key_is_only_looked_at(client, admin):
    key, _ = issue(admin)
    api_keys.revoke(key, by=admin)
    page = client.get(change(key)).text
    assert "This key is revoked" in page
    assert 'name="per_minute"' not in page
    assert "/revoke/" not in page
    assert client.post(change(key), GIVEN).status_code == 403


def test_form_that_was_open_while_the_key_was_revoked_does_not_bring_it_back(client, admin):
    key, _ = issue(admin)
    stale = ApiKey.objects.get()
    api_keys.revoke(key, by=admin)
    stale.name = "The Museum"
    stale.save(update_fields=["name"])
    key.refresh_from_db()
    assert key.revoked_by == admin


def test_key_that_is_not_there(client, admin):
    assert client.get(reverse("admin:claims_apikey_revoke", args=[999999])).status_code == 404


def test_answer_that_is_loaded_again_issues_no_second_key(client, admin):
    once = client.get(reverse("admin:claims_apikey_add")).context["form"]["once"].value()
    given = {"name": "The Archive", "per_minute": 60, "once": once}
    assert client.post(reverse("admin:claims_apikey_add"), given).status_code == 200
    again = client.post(reverse("admin:claims_apikey_add"), given, follow=True)
    assert "not shown again" in again.text
    assert ApiKey.objects.count() == 1
    given["once"] = client.get(reverse("admin:claims_apikey_add")).context["form"]["once"].value()
    client.post(reverse("admin:claims_apikey_add"), given)
    assert ApiKey.objects.count() == 2
