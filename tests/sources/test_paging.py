import pytest
from django.contrib import admin
from django.urls import reverse

from claims.models import Topic
from sources import paging
from tests.claims import factories

pytestmark = pytest.mark.django_db


def test_list_counts_no_further_than_it_says(client, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(paging, "COUNTED", 3)
    monkeypatch.setattr(admin.site._registry[Topic], "list_per_page", 2)
    client.force_login(factories.user(is_superuser=True))
    topics = [factories.topic(name) for name in ("Fog", "Hail", "Rain", "Snow")]
    with django_assert_max_num_queries(5) as asked:
        page = client.get(reverse("admin:claims_topic_changelist"), {"p": 2})
    assert "More than 3 topics: these are the first." in page.text
    assert list(page.context["cl"].result_list) == topics[2:3]
    assert not [query["sql"] for query in asked if "COUNT(" in query["sql"]]


def test_list_that_is_short_says_how_many_there_are(client):
    client.force_login(factories.user(is_superuser=True))
    factories.topic("Rain")
    assert "1 topic\n" in client.get(reverse("admin:claims_topic_changelist")).text


def test_every_list_of_the_desk_is_long_or_as_short_as_its_scale():
    registered = admin.site._registry
    ours = {model for model in registered if model.__module__.startswith(("claims.", "sources."))}
    long = {model for model, of_it in registered.items() if isinstance(of_it, paging.LongList)}
    assert {model.__name__ for model in ours - long} == {"Rating"}
