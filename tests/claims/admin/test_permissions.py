"""Every role is let in where the tables of permissions.py say so, and nowhere else.

An address that is in none of the tables fails the test by its name.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import URLPattern, reverse

from claims import api_keys, roles
from claims.admin.desk_steps import DESK_STEPS
from claims.models import Claim, Contact, Draft, Publication, Review
from tests.claims import factories
from tests.claims.admin.permissions import ALL, NONE, PEOPLE, STEPS, due, expected, place

FILLED_IN = {"kind": "verdict", "comment": "A comment.", "reason": "A reason."}


@dataclass
class World:
    """One of everything, made by other people."""

    rows: dict[str, Any]
    claims: dict[str, Claim]


@pytest.fixture
def world(db):
    claims = {status: factories.at_status(status) for status in ("new", "researching", "in_review", "approved")}
    claims |= {"published": factories.published(), "listed": factories.published(kind="listing", rating=None)}
    claim = claims["researching"]
    claim.topics.add(factories.topic())
    researcher = factories.user("researcher")
    Draft.objects.create(claim=claim, user=researcher, fields={"wording": ["Another’s draft."]}, version="")
    adrift = factories.claim(article=claim.article)
    Claim.objects.filter(pk=adrift.pk).update(anchor="lost")
    contact = Contact.objects.create(
        claim=claim, kind="right_of_reply", party="The Mayor", on="2022-07-12", recorded_by=researcher
    )
    rows = {
        "auth_group": Group.objects.first(),
        "auth_user": researcher,
        "claims_apikey": api_keys.issue(name="The Archive", per_minute=3, by=factories.user("administrator"))[0],
        "claims_article": claim.article,
        "claims_claim": claim,
        "adrift": adrift,
        "contact": contact,
        "claims_publication": Publication.objects.first(),
        "claims_rating": factories.rating(),
        "claims_review": Review.objects.first(),
        "claims_speaker": claim.speaker,
        "claims_sitepage": factories.site_page(),
        "claims_topic": factories.topic(),
        "sources_publisher": factories.publisher(),
        "sources_source": factories.source(file=ContentFile(b"A document.", "a.txt"), file_name="a.txt"),
    }
    return World(rows, claims)


def addresses(patterns=None, prefix=""):
    """Every address of the admin, by its name, or its route if it has none."""
    for pattern in admin.site.get_urls() if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            # Two addresses of one name are told apart by what else the longer one asks for.
            yield route if not pattern.name or "<int:contact>" in route else pattern.name
        else:
            yield from addresses(pattern.url_patterns, route)


def test_every_address_is_in_the_table_and_nothing_else():
    # Steps have a table of their own.
    there = {name for name in addresses() if not name.endswith("/step/")} - {"claims_claim_step"}
    assert sorted(there - expected().keys()) == [], "say in ADDRESSES or MODELS who may open and post to these"
    assert sorted(expected().keys() - there) == [], "there are no such addresses"


def test_every_step_is_in_the_table_and_nothing_else():
    assert STEPS.keys() == DESK_STEPS.keys()


def state():
    """How much was ever written on the desk: changes whenever anything does."""
    events = [model for model in apps.get_models() if model.__name__.endswith("Event")]
    return [model.objects.count() for model in (*events, Draft, Group, factories.User)]


def outcome(response):
    """“open”, “refused”, “login” or “405” (nothing there, or not by this method)."""
    words = "" if response.streaming else response.text
    if response.streaming:
        response.getvalue()  # which closes the file
    if response.status_code in (301, 302) and response.url.startswith(reverse("admin:login")):
        return "login"
    if response.status_code in (404, 405):
        return NONE
    said_no = response.request["REQUEST_METHOD"] == "POST" and "role does not allow you" in words
    return "refused" if response.status_code == 403 or said_no else "open"


def account(person):
    """An account of somebody who made nothing that is there; none for the anonymous."""
    role = [person] if person in roles.names() else []
    return None if person == "anonymous" else factories.user(*role, is_superuser=person == "superuser")


def sign_in(client, user):
    if user:
        client.force_login(user)
    else:
        client.logout()


# What Django itself does otherwise: its own ways to say no, and what is there for those who are not signed in.
OTHERWISE = {
    ("login", "anonymous"): "open",
    ("logout", "anonymous"): "open",
    ("app_list", ""): NONE,
    ("view_on_site", "anonymous"): "login",
}


@pytest.mark.parametrize("person", PEOPLE)
def test_every_address_is_open_to_those_of_the_table_only(client, world, person):
    wrong, user = [], account(person)
    for name, cells in expected().items():
        for method, whose in zip(("get", "post"), cells, strict=True):
            wanted = OTHERWISE.get((name, person), due(whose, person))
            with transaction.atomic():
                sign_in(client, user)
                path, fields = place(name, world.rows)
                before = state() if wanted == "refused" else []
                response = getattr(client, method)(path, fields)
                found = outcome(response)
                closed = wanted == NONE and found == "refused"
                if not (found == wanted or closed) or (before and state() != before):
                    wrong.append(f"{method} {name}: {found} ({response.status_code}), not {wanted}")
                transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("person", PEOPLE)
def test_every_step_is_open_to_those_of_the_table_only(client, world, person):
    wrong, user = [], account(person)
    for step, (status, whose) in STEPS.items():
        path = reverse("admin:claims_claim_step", args=[world.claims[status].pk, step])
        note = "A note." if step in ("correct", "update", "retract") else ""
        with transaction.atomic():
            sign_in(client, user)
            page = client.get(path)
            seen = (page.context or {}).get("seen", "")
            before = state()
            response = client.post(path, FILLED_IN | {"note": note, "seen": seen})
            found, wanted = outcome(response), due(whose, person)
            done = response.status_code == 302 and state() != before
            if found != wanted or done != (wanted == "open"):
                wrong.append(f"post {step}: {found} ({response.status_code}), not {wanted}")
            may_look = due(ALL, person)
            if (page.status_code == 200) != (may_look == "open"):
                wrong.append(f"get {step}: {page.status_code}")
            transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("person", [role for role in PEOPLE if role != "anonymous"])
def test_another_s_draft_is_nobody_else_s_business(client, world, person):
    sign_in(client, account(person))
    claim = world.rows["claims_claim"]
    for address in ("", "?draft=restore"):
        page = client.get(reverse("admin:claims_claim_change", args=[claim.pk]) + address)
        assert "Another’s draft." not in page.text
    client.post(reverse("admin:claims_claim_draft", args=[claim.pk]), {"discard": "1"})
    assert Draft.objects.filter(claim=claim).exists()


@pytest.mark.parametrize("person", PEOPLE)
def test_deleting_many_at_once_is_only_for_administrators(client, world, person):
    sign_in(client, account(person))
    article = factories.article()
    chosen = {"action": "delete_selected", "_selected_action": [article.pk], "post": "yes"}
    client.post(reverse("admin:claims_article_changelist"), chosen)
    assert type(article).objects.filter(pk=article.pk).exists() == (person not in ("administrator", "superuser"))
