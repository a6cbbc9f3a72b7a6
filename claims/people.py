"""Who works on a claim, and until when. The only writer of a claim's assignee and due date, but for two steps of the
workflow: a claim that is nobody's becomes that of whoever starts research, and one that is opened again is not due.
"""

from collections.abc import Iterable
from datetime import date
from typing import TypedDict, Unpack

import pghistory
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from claims import notices, roles
from claims.enums import WorkflowStatus
from claims.models import Assessment, Claim
from claims.refusals import Refused

ASSIGN = "claims.assign_claim"
WORK = ("claims.change_claim", "claims.review_claim", "claims.publish_claim")


class Assignment(TypedDict, total=False):
    """What is to be changed: a key that is not there leaves what it names as it is."""

    to: User | None
    due_on: date | None


def possible_assignees() -> QuerySet[User]:
    """Those who can sign in to the desk and have a role there, by name."""
    role = Group.objects.filter(user=OuterRef("pk"), name__in=roles.names())
    found = User.objects.filter(Q(is_superuser=True) | Exists(role), is_active=True, is_staff=True)
    return found.order_by("first_name", "last_name", "username")


def authors(users: Iterable[User]) -> QuerySet[User]:
    """Those among them who ever wrote an assessment: their accounts are not deleted (0016_authors_held.sql)."""
    written = Assessment.pgh_event_model.objects.filter(author=OuterRef("pk"))  # type: ignore[attr-defined]
    return User.objects.filter(Exists(written), pk__in=[user.pk for user in users])


def may_take(claim: Claim, user: User) -> bool:
    """Whether a claim is nobody's and ``user`` could work on it."""
    is_free = claim.assignee_id is None and claim.workflow_status != WorkflowStatus.DROPPED
    return is_free and any(user.has_perm(permission) for permission in WORK)


@transaction.atomic
def assign(claims: Iterable[Claim], *, by: User, seen: str | None = None, **given: Unpack[Assignment]) -> int:
    """Give claims to somebody, or to nobody, until a day; returns how many that changed, and tells whose they are now.

    ``seen`` is the ``state`` that one claim was in when this was decided: refused if it is in another by now.
    """
    if not by.has_perm(ASSIGN):
        raise Refused(_("Your role does not allow you to assign claims."), rule=ASSIGN)
    if to := given.get("to"):
        _check_assignee(to)
    rows = _locked(claims)
    for claim in rows:
        if claim.workflow_status == WorkflowStatus.DROPPED:
            message = _("Work on “%(claim)s” has ended: nobody is assigned to it.") % {"claim": claim.wording}
            raise Refused(message, rule="claim_ongoing")
        if seen is not None and state(claim) != seen:
            message = _("Somebody has just assigned this claim: %(whose)s. Look again.") % {"whose": _whose(claim)}
            raise Refused(message, rule="claim_assigned")
    return _give(rows, by=by, **given)


@transaction.atomic
def take(claim: Claim, *, by: User) -> None:
    """Make a claim that is nobody's one's own; its due date stays."""
    if not any(by.has_perm(permission) for permission in WORK):
        raise Refused(_("Your role does not allow you to work on claims."), rule=WORK[0])
    (current,) = _locked([claim])
    if current.assignee == by:
        return
    if not may_take(current, by):
        if current.workflow_status == WorkflowStatus.DROPPED:
            raise Refused(_("Work on this claim has ended: nobody is assigned to it."), rule="claim_assigned")
        message = _("This claim is not free any more: %(whose)s.") % {"whose": _whose(current)}
        raise Refused(message, rule="claim_assigned")
    _give([current], by=by, to=by)


def state(claim: Claim) -> str:
    """Names whose a claim is, and until when."""
    return f"{claim.assignee_id or ''}:{claim.due_on or ''}"


def _locked(claims: Iterable[Claim]) -> list[Claim]:
    chosen = [claim.pk for claim in claims]
    rows = Claim.objects.select_for_update(of=("self",)).select_related("assignee")
    return list(rows.filter(pk__in=chosen).order_by("pk"))


def _check_assignee(user: User) -> None:
    if not possible_assignees().filter(pk=user.pk).exists():
        message = _("%(user)s cannot work on claims: give them a role and let them sign in to the desk.")
        raise Refused(message % {"user": user}, rule="assignee_has_role")


def _whose(claim: Claim) -> str:
    if not claim.assignee:
        return _("it is nobody’s now")
    return _("it is %(name)s’s now") % {"name": claim.assignee.get_full_name() or claim.assignee.get_username()}


def _give(claims: list[Claim], *, by: User, **given: Unpack[Assignment]) -> int:
    changed, new = [], []
    for claim in claims:
        before = (claim.assignee, claim.due_on)
        claim.assignee, claim.due_on = given.get("to", claim.assignee), given.get("due_on", claim.due_on)
        if before != (claim.assignee, claim.due_on):
            changed.append(claim)
        if before[0] != claim.assignee:
            new.append(claim)
    with pghistory.context(user=by.pk, reason="assign"):
        Claim.objects.bulk_update(changed, ["assignee", "due_on"])
    if new:
        notices.assigned(*new, by=by)
    return len(changed)
