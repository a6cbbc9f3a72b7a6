"""Statements as the owner of the database would type them, and how they are refused."""

import pytest
from django.db import IntegrityError, connection, transaction


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused(rule, statement, *values):
    """The statement fails, names the rule, and leaves everything as it was."""
    with pytest.raises(IntegrityError) as caught:
        sql(statement, *values)
    assert caught.value.__cause__.diag.constraint_name == rule
    assert rule in str(caught.value)
