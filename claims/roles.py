"""Who may do what on the desk: roles are groups, and this table is their permissions.

A person may hold several roles. No role, and no superuser, gets around the two-person rule.
"""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

A, R, V, P = ("annotator", "researcher", "reviewer", "publisher")
ALL = (A, R, V, P)

# Every permission that is somebody's, and whose. An administrator has these and all others, those of accounts too.
PERMISSIONS: dict[str, tuple[str, ...]] = {
    # The desk is read by all who work at it.
    "view_article": ALL,
    "view_assessment": ALL,
    "view_claim": ALL,
    "view_contact": ALL,
    "view_evidence": ALL,
    "view_note": ALL,
    "view_publication": ALL,
    "view_publisher": ALL,
    "view_rating": ALL,
    "view_review": ALL,
    "view_source": ALL,
    "view_speaker": ALL,
    "view_topic": ALL,
    # Articles, and the statements in them.
    "add_article": (A, R),
    "change_article": (A, R),
    "add_claim": (A, R),
    "change_claim": (A, R),
    "import_claim": (A, R),
    "add_speaker": (A, R),
    "change_speaker": (A, R),
    "merge_speaker": (P,),
    "add_topic": (A, R),
    "add_publisher": (A, R),
    "change_publisher": (R,),
    # Evidence and assessment.
    "add_assessment": (R,),
    "change_assessment": (R,),
    "add_evidence": (R,),
    "change_evidence": (R,),
    "delete_evidence": (R,),
    "add_source": (R,),
    "change_source": (R,),
    # The steps of the workflow (claims.workflow.STEPS).
    "research_claim": (R,),
    "submit_claim": (R,),
    "review_claim": (V,),
    "publish_claim": (P,),
    "reopen_claim": (R, P),
    "drop_claim": (P,),
    # What the newsroom says of itself.
    "view_sitepage": ALL,
    "add_sitepage": (P,),
    "change_sitepage": (P,),
    # Working together, and with those outside.
    "add_note": ALL,
    "assign_claim": (R, V, P),
    "add_contact": (R, P),
    "change_contact": (R, P),
}
ROLES = {role: [name for name, roles in PERMISSIONS.items() if role in roles] for role in ALL}
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
