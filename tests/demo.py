"""The seeds, loaded once and then copied: loading them takes every step that editors take, and so a while."""

import io
from functools import cache

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from claims import roles

Tables = dict[str, bytes]
Members = dict[str, list[str]]
# What Django makes anew with the database, under other keys each time, and what refers to that.
OTHERS = ("auth_group", "auth_group_permissions", "auth_permission", "auth_user_groups")
OTHERS += ("django_content_type", "django_migrations")
copies: list[tuple[Tables, Members]] = []


def load() -> None:
    """What `manage.py load_demo` leaves in an empty database."""
    if not copies:
        call_command("load_demo", stdout=io.StringIO())
        members = {user.username: [group.name for group in user.groups.all()] for user in User.objects.all()}
        copies.append((taken(), members))
        return
    tables, members = copies[0]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, rows in tables.items():
            columns = written(table)
            cursor.execute(f"DELETE FROM {table}")
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as sink:
                sink.write(rows)
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models(include_auto_created=True)):
            cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")
    roles.set_up()
    for username, names in members.items():
        User.objects.get(username=username).groups.set(Group.objects.filter(name__in=names))


def taken() -> Tables:
    """The rows of every table that has any."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            if table in OTHERS:
                continue
            with cursor.copy(f"COPY (SELECT {written(table)} FROM {table}) TO STDOUT") as source:
                rows = b"".join(source)
            if rows:
                found[table] = rows
    return found


@cache
def written(table: str) -> str:
    """The columns that are not computed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
            [table],
        )
        return cursor.fetchone()[0]
