"""Who may do what on the desk: roles are groups, and this table is their permissions.

A person may hold several roles. No role, and no superuser, gets around the two-person rule.
"""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

VIEW = ["view_article", "view_assessment", "view_claim", "view_evidence", "view_publication", "view_rating"]
VIEW += ["view_contact", "view_note", "view_review", "view_speaker", "view_topic", "view_publisher", "view_source"]
ANNOTATE = ["add_article", "change_article", "add_claim", "change_claim", "add_speaker", "change_speaker"]
ANNOTATE += ["add_topic", "add_publisher", "import_claim"]
DISCUSS = ["add_note"]
CONTACT = ["add_contact", "change_contact"]
RESEARCH = [f"{verb}_{noun}" for noun in ("assessment", "evidence", "source") for verb in ("add", "change")]
RESEARCH += ["delete_evidence", "change_publisher", "research_claim", "submit_claim", "reopen_claim"]
RESEARCH += CONTACT

PUBLISH = ["publish_claim", "reopen_claim", "drop_claim"]

ROLES = {
    "annotator": VIEW + DISCUSS + ANNOTATE,
    "researcher": [*VIEW, *DISCUSS, *ANNOTATE, *RESEARCH, "assign_claim"],
    "reviewer": [*VIEW, *DISCUSS, "review_claim", "assign_claim"],
    "publisher": [*VIEW, *DISCUSS, *CONTACT, *PUBLISH, "assign_claim", "merge_speaker"],
}
ADMINISTRATOR = "administrator"
ADMINISTERED_APPS = ("auth", "claims", "sources")


@transaction.atomic
def set_up() -> None:
    """Make the groups, with exactly these permissions; the administrator has every one."""
    for role, codenames in ROLES.items():
        found = Permission.objects.filter(content_type__app_label__in=ADMINISTERED_APPS, codename__in=codenames)
        Group.objects.get_or_create(name=role)[0].permissions.set(found)
    everything = Permission.objects.filter(content_type__app_label__in=ADMINISTERED_APPS)
    Group.objects.get_or_create(name=ADMINISTRATOR)[0].permissions.set(everything)


def names() -> list[str]:
    return [*ROLES, ADMINISTRATOR]
