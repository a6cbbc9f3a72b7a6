"""Who may open and post what on the desk, cell by cell: every role, every step and every address of the admin.

An address that is in none of the tables below fails the test by its name.
"""

from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import URLPattern, reverse

from claims import api_keys, roles
from claims.admin.desk_steps import DESK_STEPS
from claims.models import Claim, Contact, Draft, Publication, Review
from tests.claims import factories

A, R, V, P = roles.ALL
ALL = {*roles.ALL}
# Administrators and superusers may do whatever somebody may; NOBODY is nobody, them included.
ADMIN: set[str] = set()
NOBODY = None
# Whoever is signed in, with a role or without.
STAFF = {*ALL, ""}
# There is nothing to be opened, or to be posted to, there, whoever asks.
NONE = "405"

PEOPLE = [*roles.ROLES, roles.ADMINISTRATOR, "superuser", "", "anonymous"]

# model: who may look, add, change, delete
MODELS = {
    "auth_group": (ADMIN, ADMIN, ADMIN, ADMIN),
    "auth_user": (ADMIN, ADMIN, ADMIN, ADMIN),
    # One that was issued is revoked and not deleted.
    "claims_apikey": (ADMIN, ADMIN, ADMIN, NOBODY),
    "claims_article": (ALL, {A, R}, {A, R}, ADMIN),
    # One that somebody has worked on, as this one, is dropped and not deleted: see test_claim.py.
    "claims_claim": (ALL, {A, R}, {A, R}, NOBODY),
    "claims_publication": (ALL, NOBODY, NOBODY, NOBODY),
    "claims_rating": (ALL, ADMIN, ADMIN, ADMIN),
    "claims_review": (ALL, NOBODY, NOBODY, NOBODY),
    "claims_sitepage": (ALL, {P}, {P}, ADMIN),
    "claims_speaker": (ALL, {A, R}, {A, R}, ADMIN),
    "claims_topic": (ALL, {A, R}, ADMIN, ADMIN),
    "sources_publisher": (ALL, {A, R}, {R}, ADMIN),
    "sources_source": (ALL, {R}, {R}, ADMIN),
}

# address: who may open it, who may post to it
ADDRESSES = {
    "index": (STAFF, STAFF),
    "login": (STAFF, STAFF),
    "logout": (NONE, STAFF),
    "password_change": (STAFF, STAFF),
    "password_change_done": (STAFF, NONE),
    "jsi18n": (STAFF, NONE),
    "autocomplete": (ALL, NONE),
    "app_list": (ALL, ALL),
    "view_on_site": (STAFF, STAFF),
    "auth_user_password_change": (ADMIN, ADMIN),
    "claims_apikey_revoke": (ADMIN, ADMIN),
    "claims_article_annotate": (ALL, {A, R}),
    "claims_article_statement": ({A, R}, NONE),
    "claims_speaker_names": (ALL, {A, R}),
    "claims_topic_names": (ALL, {A, R}),
    "claims_article_correct": ({A, R}, {A, R}),
    "claims_article_apply": (NONE, {A, R}),
    "claims_article_anchors": (ALL, {A, R}),
    "claims_claim_review": (ALL, NONE),
    "claims_claim_preview": (ALL, ALL),
    "claims_claim_note": (ALL, ALL),
    "claims_claim_contact": ({R, P}, {R, P}),
    "claims/claim/<int:pk>/contact/<int:contact>/": ({R, P}, {R, P}),
    "claims_claim_find_source": (ALL, ALL),
    "claims_claim_find_publishers": (ALL, ALL),
    "claims_claim_draft": (NONE, {A, R}),
    "claims_claim_markdown": (NONE, ALL),
    # Whoever may work on a claim may take one that nobody has.
    "claims_claim_assign": (ALL, {R, V, P}),
    "claims_claim_import": ({A, R}, {A, R}),
    "claims_speaker_merge": ({P}, {P}),
    "sources_source_file": (ALL, ALL),
}

# step: the status that it starts from, who may take it (all who see the claim may open its page, and read why not)
STEPS = {
    "research": ("new", {R}),
    "submit": ("researching", {R}),
    "approve": ("in_review", {V}),
    "request-changes": ("in_review", {V}),
    "publish": ("approved", {P}),
    "take-back": ("in_review", {R, P}),
    "check": ("listed", {R, P}),
    "list": ("new", {P}),
    "correct": ("published", {R, P}),
    "update": ("published", {R, P}),
    "retract": ("published", {R, P}),
    "drop": ("researching", {P}),
}
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


def expected():
    """Both tables in one: by address, who may open it and who may post to it."""
    table = dict(ADDRESSES)
    for model, (look, add, change, delete) in MODELS.items():
        table |= {f"{model}_changelist": (look, look), f"{model}_history": (look, look), f"{model}_add": (add, add)}
        table |= {f"{model}_change": (look, change), f"{model}_delete": (delete, delete)}
        # The address of old that leads on to the one to change a thing.
        table[f"{model.replace('_', '/')}/<path:object_id>/"] = (STAFF, STAFF)
    table["(?P<url>.*)$"] = (NONE, NONE)
    return table


def test_every_address_is_in_the_table_and_nothing_else():
    # Steps have a table of their own.
    there = {name for name in addresses() if not name.endswith("/step/")} - {"claims_claim_step"}
    assert sorted(there - expected().keys()) == [], "say in ADDRESSES or MODELS who may open and post to these"
    assert sorted(expected().keys() - there) == [], "there are no such addresses"


def test_every_step_is_in_the_table_and_nothing_else():
    assert STEPS.keys() == DESK_STEPS.keys()


def place(name, rows):
    """The path of an address, and the fields that a post to it has; of a thing that somebody else made."""
    model = "_".join(name.split("_")[:2])
    row = rows.get(model)
    arguments = {
        "app_list": ["claims"],
        "view_on_site": [ContentType.objects.get_for_model(rows["claims_speaker"]).pk, rows["claims_speaker"].pk],
        "claims_claim_import": [],
        "claims_claim_find_source": [],
        "claims_claim_find_publishers": [],
        "claims_claim_markdown": [],
        "claims_speaker_names": [],
        "claims_topic_names": [],
    }
    fields = {
        "autocomplete": {"app_label": "claims", "model_name": "claim", "field_name": "speaker"},
        "claims_speaker_merge": {"into": factories.speaker().pk},
        "claims_article_anchors": {"claim": rows["adrift"].pk},
    }
    if name == "(?P<url>.*)$":
        return "/admin/nothing-of-the-kind", {}
    if name.endswith("<path:object_id>/"):
        return (
            f"/admin/{name.replace('<path:object_id>', str(rows[name.split('/')[0] + '_' + name.split('/')[1]].pk))}",
            {},
        )
    if "<int:contact>" in name:
        return f"/admin/claims/claim/{rows['claims_claim'].pk}/contact/{rows['contact'].pk}/", {}
    if name.endswith("_changelist"):
        chosen = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        return reverse(f"admin:{name}"), chosen
    given = arguments.get(name, [row.pk] if row and not name.endswith("_add") else [])
    data = {"post": "yes"} if name.endswith("_delete") else fields.get(name, {})
    return reverse(f"admin:{name}", args=given), data


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


def due(whose, person):
    """What a cell of the tables means for a person."""
    if person == "anonymous":
        return "login"
    if whose == NONE:
        return NONE
    may = whose is not NOBODY and (person in whose or person in ("administrator", "superuser"))
    return "open" if may else "refused"


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
