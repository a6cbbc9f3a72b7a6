"""Accounts, as Django has them; those of people who are named in the record are made inactive and not deleted."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext as _

from claims import people

admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(UserAdmin):
    def get_deleted_objects(self, objs: Iterable[User], request: HttpRequest) -> tuple[Any, Any, Any, list[Any]]:
        """With what PostgreSQL would refuse among what forbids a deletion."""
        *found, protected = super().get_deleted_objects(objs, request)
        wrote = [
            _("An assessment that %(name)s wrote. Make the account inactive instead.") % {"name": user}
            for user in people.authors(objs)
        ]
        return (*found, [*protected, *wrote])
