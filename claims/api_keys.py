"""API keys: issued, revoked and spent. The only writer of them, but for their names and limits (the admin's form)."""

import hashlib
import re
import secrets
import uuid
from datetime import date, timedelta
from typing import NamedTuple

import pghistory
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, Now
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from claims.models.api_key import ApiKey, ApiKeyUse
from claims.refusals import Refused

ISSUE, CHANGE = "claims.add_apikey", "claims.change_apikey"
ONCE = "api_key_issued_once"
MARK = "assay_"  # for programs that look for secrets in what was published by mistake
SHOWN = 12  # characters
SECRET = re.compile(MARK + r"[\w-]{43}", re.ASCII)
MONTH = timedelta(days=30)


class Spent(NamedTuple):
    """What became of a request: ``reset`` seconds from now one more is let through than now."""

    key: int
    limit: int
    remaining: int
    reset: int
    refused: bool


@sensitive_variables("secret")
def issue(
    *, name: str, per_minute: int, by: User, contact: str = "", once: uuid.UUID | None = None
) -> tuple[ApiKey, str]:
    """A new key and its secret, which is known to nobody but the caller from here on.

    ``once`` names the form that was sent: with the same one no second key is issued.
    """
    if not by.has_perm(ISSUE):
        raise Refused(_("Your role does not allow you to issue API keys."), rule=ISSUE)
    secret = MARK + secrets.token_urlsafe(32)
    key = ApiKey(
        name=name,
        contact=contact,
        per_minute=per_minute,
        prefix=secret[:SHOWN],
        secret_hash=hashed(secret),
        once=once,
        created_by=by,
    )
    try:
        with transaction.atomic(), pghistory.context(user=by.pk, reason="issue"):
            key.save(force_insert=True)
            ApiKeyUse.objects.create(key=key)
    except IntegrityError:
        if once and ApiKey.objects.filter(once=once).exists():
            raise Refused(_("That key was issued already, and its secret is not shown again."), rule=ONCE) from None
        raise
    return key, secret


def revoke(key: ApiKey, *, by: User) -> None:
    """Requests with it that come from now on are refused; it cannot be undone."""
    if not by.has_perm(CHANGE):
        raise Refused(_("Your role does not allow you to revoke API keys."), rule=CHANGE)
    with pghistory.context(user=by.pk, reason="revoke"):
        done = ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=Now(), revoked_by=by)
    if not done:
        raise Refused(_("This key has been revoked already."), rule="api_key_stays_revoked")
    key.refresh_from_db()


@sensitive_variables("secret")
def spend(secret: str) -> Spent | None:
    """Count a request with a key; None if it is no key, or one no longer.

    Exact over all processes (claims_spend in 0012_api_keys.sql says how). Not to be called in a transaction that does
    more: until that ends, every other request with the key waits.
    """
    if not SECRET.fullmatch(secret):
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT spent, quota, remaining, reset, refused FROM claims_spend(%s)", [hashed(secret)])
        key, *rest = cursor.fetchone()
    return Spent(key, *rest) if key else None


@sensitive_variables("secret")
def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def with_use(keys: QuerySet[ApiKey], *, today: date) -> QuerySet[ApiKey]:
    """Each with how often it was used and refused, today and in the thirty days that end with it."""
    month = Q(days__day__gt=today - MONTH)
    return keys.select_related("use", "created_by", "revoked_by").annotate(
        today=_sum("days__requests", Q(days__day=today)),
        month=_sum("days__requests", month),
        month_refused=_sum("days__refusals", month),
    )


def _sum(column: str, which: Q) -> Coalesce:
    return Coalesce(Sum(column, filter=which), Value(0))
