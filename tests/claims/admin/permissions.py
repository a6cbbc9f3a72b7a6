"""Who may open and post what on the desk, cell by cell: every role, every step and every address of the admin."""

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from claims import roles
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


def due(whose, person):
    """What a cell of the tables means for a person."""
    if person == "anonymous":
        return "login"
    if whose == NONE:
        return NONE
    may = whose is not NOBODY and (person in whose or person in ("administrator", "superuser"))
    return "open" if may else "refused"
