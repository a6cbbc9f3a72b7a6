"""What is said about a claim: notes among the desk, and contacts with those outside it."""

import hashlib
from datetime import datetime
from typing import Any

import pghistory
from django.apps import apps
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import editing, workflow
from claims.models import Claim, Contact, Note
from claims.refusals import Refused

FIELDS = ("kind", "party", "on", "summary", "outcome", "public")


@transaction.atomic
def note(claim: Claim, text: str, *, by: User) -> Note:
    """Tell the desk something about a claim, wherever that stands; nobody else ever reads it.

    Said by the same person a moment ago, as by a button that was pressed twice, it is the same note.
    """
    _check_role(by, "claims.add_note")
    if not text.strip():
        raise Refused(_("There is nothing in the note: write something."), rule="note_says_something")
    written = Note(claim=claim, text=text, author=by)
    written.full_clean()
    _wait_for_others(claim)
    same = Note.objects.filter(claim=claim, text=written.text, author=by, created_at__gt=_a_moment_ago())
    if there := same.first():
        return there
    with pghistory.context(user=by.pk, reason="note"):
        written.save()
    return written


@transaction.atomic
def record_contact(claim: Claim, *, by: User, **fields: Any) -> Contact:
    """Log a request for correction or a right of reply.

    A public one is part of the claim's document, and so is written only while that may change; raises
    ValidationError naming the fields that are wrong. Logged by the same person a moment ago, it is the same one.
    """
    contact = Contact(claim=claim, recorded_by=by, **fields)
    _check_may_change(claim, by=by, permission="claims.add_contact", public=contact.public)
    contact.full_clean()
    _wait_for_others(claim)
    return _just_logged(contact) or _save(contact, by=by)


@transaction.atomic
def change_contact(contact: Contact, *, by: User, seen: str, **fields: Any) -> Contact:
    """Change what came of a contact, if it still is what ``seen`` names (see ``state``)."""
    current = Contact.objects.select_for_update().get(pk=contact.pk)
    public = current.public or bool(fields.get("public"))
    _check_may_change(current.claim, by=by, permission="claims.change_contact", public=public)
    before = state(current)
    for name, value in fields.items():
        setattr(current, name, value)
    current.full_clean()
    if state(current) == before:
        return current
    if before != seen:
        message = _(
            "Somebody else has changed this contact since you opened it. Look at what it says now, and change that."
        )
        raise Refused(message, rule="contact_changed_meanwhile")
    return _save(current, by=by)


def state(contact: Contact) -> str:
    """Names what a contact says: another name, other words."""
    said = repr([str(getattr(contact, name)) for name in FIELDS])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _just_logged(contact: Contact) -> Contact | None:
    said = {name: getattr(contact, name) for name in FIELDS}
    same = Contact.objects.filter(claim=contact.claim, recorded_by=contact.recorded_by, **said)
    logged = apps.get_model("claims", "ContactEvent").objects.filter(pgh_label="insert", claim=contact.claim)
    return same.filter(pk__in=logged.filter(pgh_created_at__gt=_a_moment_ago()).values("pgh_obj")).first()


def _wait_for_others(claim: Claim) -> None:
    """Nobody else says anything about the claim until this transaction ends."""
    list(Claim.objects.filter(pk=claim.pk).select_for_update(no_key=True).values("pk"))


def _a_moment_ago() -> datetime:
    return timezone.now() - workflow.A_MOMENT


def _save(contact: Contact, *, by: User) -> Contact:
    with pghistory.context(user=by.pk, reason="contact"):
        contact.save()
    return contact


def _check_role(by: User, permission: str) -> None:
    if not by.has_perm(permission):
        raise Refused(_("Your role does not allow you to do this."), rule=permission)


def _check_may_change(claim: Claim, *, by: User, permission: str, public: bool) -> None:
    _check_role(by, permission)
    if public:
        editing.locked(claim, by=by, permission=permission)
