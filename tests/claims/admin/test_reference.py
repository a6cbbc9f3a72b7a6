"""Topics and ratings at the desk."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.claims import factories
from tests.claims.pages.html import parse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("noun", ["topic", "rating"])
def test_slug_that_published_documents_hold_is_given_once(client: Client, noun: str) -> None:
    thing = {"topic": factories.topic, "rating": factories.rating}[noun]()
    client.force_login(factories.user("administrator"))
    add, change = (
        reverse(f"admin:claims_{noun}_{step}", args=args) for step, args in (("add", []), ("change", [thing.pk]))
    )
    assert parse(client.get(add)).all("input", name="slug")
    shown = parse(client.get(change))
    assert not shown.all("input", name="slug")
    sent = {"name": "Another name", "slug": "other", "value": "9", "definition": "When it is so."}
    seen = {field["name"]: field["value"] for field in shown.all("input", type="hidden") if "value" in field.attributes}
    assert client.post(change, seen | sent).status_code == 302
    before, name = thing.slug, thing.name
    thing.refresh_from_db()
    assert (thing.slug, thing.name != name) == (before, True)
