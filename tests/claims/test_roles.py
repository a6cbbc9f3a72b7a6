"""The table of roles, and the groups that are made from it."""

import pytest
from django.contrib.auth.models import Group, Permission

from claims import roles, workflow

pytestmark = pytest.mark.django_db


def held(role):
    return set(Group.objects.get(name=role).permissions.values_list("codename", flat=True))


def test_every_permission_of_the_table_exists():
    known = set(Permission.objects.values_list("codename", flat=True))
    assert roles.PERMISSIONS.keys() - known == set()


@pytest.mark.parametrize("role", roles.ROLES)
def test_a_role_s_group_has_what_the_table_says(role):
    roles.set_up()
    assert held(role) == {name for name, whose in roles.PERMISSIONS.items() if role in whose}


def test_an_administrator_has_every_permission_those_of_accounts_too():
    roles.set_up()
    administered = Permission.objects.filter(content_type__app_label__in=["auth", "claims", "sources"])
    assert held("administrator") == set(administered.values_list("codename", flat=True))
    assert {"add_user", "change_user", "delete_user", "change_group"} <= held("administrator")


def test_setting_up_again_takes_back_what_a_role_was_given_besides():
    roles.set_up()
    Group.objects.get(name="annotator").permissions.add(Permission.objects.get(codename="publish_claim"))
    roles.set_up()
    assert "publish_claim" not in held("annotator")


def test_every_step_is_open_to_somebody():
    for step in workflow.STEPS.values():
        assert all(roles.PERMISSIONS[permission.removeprefix("claims.")] for permission in step.permissions)


def test_no_one_role_writes_approves_and_publishes():
    for permissions in roles.ROLES.values():
        assert len({"change_assessment", "review_claim", "publish_claim"} & set(permissions)) <= 1
