"""E-mails that say that something waits for somebody. None of them can stop the step that it tells of."""

import logging
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Claim

log = logging.getLogger(__name__)

SECONDS, LISTED = 10, 20


def assigned(*claims: Claim, by: User) -> None:
    """Tell the claims' assignee, in one mail, that they are theirs now; nobody is told what they did themselves."""
    to = claims[0].assignee
    if to and to != by:
        number = len(claims)
        several = ngettext("%(number)s claim is assigned to you", "%(number)s claims are assigned to you", number)
        subject = _("Assigned to you: %(claim)s") if number == 1 else several
        _mail([to], "assigned", subject, claims, by=by)


def returned(claim: Claim, *, by: User, comment: str) -> None:
    """Tell whoever submitted the claim, and its assignee, what ``by`` asks to be changed."""
    people = {person.pk: person for person in (claim.submitted_by, claim.assignee) if person and person != by}
    _mail(people.values(), "returned", _("Returned to you: %(claim)s"), [claim], by=by, comment=comment)


def _mail(
    people: Iterable[User], notice: str, subject: str, claims: Iterable[Claim], *, by: User, comment: str = ""
) -> None:
    """To each of them on their own, when, and only if, the change is committed."""
    claims = list(claims)
    listed = [(_line(claim.wording), claim, _address("change", claim.pk)) for claim in claims[:LISTED]]
    named = {"claim": Truncator(_line(claims[0].wording)).chars(70), "number": len(claims)}
    context = {
        "claims": listed,
        "number": len(claims),
        "by": _line(by.get_full_name() or by.get_username()),
        "comment": [_line(line) for line in comment.splitlines()],
        "all": f"{_address('changelist')}?desk=assigned",
    }
    for person in people:
        if person.email and person.is_active:
            transaction.on_commit(_sender(person, notice, subject % named, context))


def _sender(person: User, notice: str, subject: str, context: dict[str, Any]) -> Callable[[], None]:
    def send() -> None:
        try:
            name = _line(person.first_name or person.get_username())
            text = render_to_string(f"admin/claims/mail/{notice}.txt", context | {"name": name})
            connection = get_connection(timeout=settings.EMAIL_TIMEOUT or SECONDS)
            EmailMessage(subject, text, to=[person.email], connection=connection).send()
        except Exception as error:
            # Its kind alone: the message may name addresses, and the server's.
            log.error("A notice could not be mailed to user %s: %s", person.pk, type(error).__name__)  # noqa: TRY400

    return send


def _line(text: str) -> str:
    """On one line, and without what could make it look like other text: controls, and marks that turn it around."""
    kept = "".join(sign if unicodedata.category(sign) not in ("Cc", "Cf") else " " for sign in text)
    return " ".join(kept.split())


def _address(page: str, *args: int) -> str:
    return settings.SITE_URL + reverse(f"admin:claims_claim_{page}", args=args)
