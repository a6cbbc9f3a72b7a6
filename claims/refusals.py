"""What is said when a rule forbids a step."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError
from django.utils.translation import gettext


class Refused(Exception):
    """A step that a rule forbids; nothing was changed.

    ``str()`` is a sentence for people, ``rule`` the name of the rule (that of the PostgreSQL constraint where
    the database refused).
    """

    def __init__(self, message: str, *, rule: str) -> None:
        super().__init__(message)
        self.rule = rule


@contextmanager
def refusals_of_database() -> Iterator[None]:
    """Turn PostgreSQL's refusal of one of our rules into Refused; any other error passes through."""
    try:
        yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        message = getattr(diagnosis, "message_primary", "") or ""
        rule, _, why = message.partition(": ")
        if not diagnosis or rule != diagnosis.constraint_name:
            raise
        raise Refused(gettext("PostgreSQL refused: %s.") % why, rule=rule) from error
