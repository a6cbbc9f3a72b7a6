import pytest
from django.urls import reverse

from claims import editing, workflow
from claims.admin.desk_steps import DESK_STEPS
from claims.models import Assessment, Claim, Publication, Review
from tests.claims import factories
from tests.claims.admin.stepping import address, standing, take

pytestmark = pytest.mark.django_db


def test_claim_goes_from_new_to_a_correction_through_the_admin(client):
    claim = factories.claim()
    researcher, reviewer, publisher = (factories.user(role) for role in ("researcher", "reviewer", "publisher"))
    take(client, researcher, claim, "research")
    for name in ("The Daily Planet", "The Register"):
        factories.evidence(claim, source=factories.source(publisher=factories.publisher(name)))
    editing.assess(claim, by=researcher, rating=factories.rating(), summary="So.", explanation="Because.")
    take(client, researcher, claim, "submit", kind="verdict")
    take(client, reviewer, claim, "request-changes", comment="Say why.")
    editing.assess(claim, by=researcher, explanation="Because the data say so.")
    take(client, researcher, claim, "submit", kind="verdict")
    take(client, reviewer, claim, "approve")
    take(client, publisher, claim, "publish")
    take(client, publisher, claim, "correct", note="The year was wrong.")
    editing.assess(claim, by=researcher, summary="So it was.")
    take(client, researcher, claim, "submit", kind="correction", note="The year was wrong.")
    take(client, reviewer, claim, "approve")
    response = take(client, publisher, claim, "publish")
    assert response.status_code == 302
    assert standing(claim) == "published"
    assert list(Publication.objects.values_list("kind", "note")) == [
        ("verdict", ""),
        ("correction", "The year was wrong."),
    ]


@pytest.mark.parametrize(("step", "kind"), [("correct", "correction"), ("update", "update"), ("retract", "retraction")])
def test_amendment_keeps_its_note_until_it_is_submitted(client, step, kind):
    claim = factories.published()
    take(client, factories.user("publisher"), claim, step, note="What was wrong.")
    client.force_login(factories.user("researcher"))
    response = client.get(address(claim, "submit"))
    assert f'<option value="{kind}" selected>' in response.text
    assert "What was wrong." in response.text


def superuser(**fields):
    return factories.user(is_superuser=True, **fields)


def test_approving_ones_own_assessment_is_refused_to_superusers(client):
    user = superuser()
    claim = factories.in_review(by=user)
    response = take(client, user, claim, "approve")
    assert response.status_code == 409
    assert "You wrote this assessment; somebody else approves it." in response.text
    assert not Review.objects.exists()


def test_approving_what_one_submitted_is_refused_to_superusers(client):
    user = superuser()
    claim = factories.researched()
    workflow.submit(claim, by=user, kind="verdict")
    response = take(client, user, claim, "approve")
    assert (response.status_code, Review.objects.count()) == (409, 0)
    assert "You submitted this claim; somebody else approves it." in response.text


@pytest.mark.parametrize("status", ["new", "researching", "in_review"])
def test_publishing_without_an_approval_is_refused_to_superusers(client, status):
    claim = factories.at_status(status)
    response = take(client, superuser(), claim, "publish")
    assert (response.status_code, Publication.objects.count()) == (409, 0)
    assert "only a claim that is approved can take this step" in response.text


def test_publishing_other_content_than_approved_is_refused_to_superusers(client):
    claim = factories.approved()
    Assessment.objects.filter(claim=claim).update(summary="Other words.")
    response = take(client, superuser(), claim, "publish")
    assert (response.status_code, Publication.objects.count()) == (409, 0)
    assert "was changed after it was submitted" in response.text


STEPS_FROM = {
    "research": {"new"},
    "submit": {"researching"},
    "approve": {"in_review"},
    "request-changes": {"in_review"},
    "publish": {"approved"},
    "take-back": {"in_review", "approved"},
    "correct": {"published"},
    "update": {"published"},
    "retract": {"published"},
    "drop": {"new", "researching", "in_review", "approved"},
}
FIELDS = {"kind": "verdict", "note": "A note.", "comment": "A comment.", "reason": "A reason."}


@pytest.mark.parametrize("status", ["new", "researching", "in_review", "approved", "published", "dropped"])
@pytest.mark.parametrize("step", STEPS_FROM)
def test_skipping_a_step_is_refused_to_superusers(client, step, status):
    claim = factories.at_status(status)
    before = standing(claim)
    fields = FIELDS | ({"note": ""} if step == "submit" else {})
    response = take(client, superuser(), claim, step, **fields)
    if status in STEPS_FROM[step]:
        assert response.status_code == 302
        assert standing(claim) != before
    else:
        assert response.status_code in (200, 409)
        assert standing(claim) == before


@pytest.mark.parametrize("model", ["review", "publication"])
def test_reviews_and_publications_cannot_be_rewritten_by_superusers(client, model):
    factories.published()
    client.force_login(superuser())
    row = (Review if model == "review" else Publication).objects.get()
    assert client.get(reverse(f"admin:claims_{model}_change", args=[row.pk])).status_code == 200
    for name in ("change", "delete"):
        assert client.post(reverse(f"admin:claims_{model}_{name}", args=[row.pk]), {"post": "yes"}).status_code == 403
    assert client.get(reverse(f"admin:claims_{model}_add")).status_code == 403
    client.post(
        reverse(f"admin:claims_{model}_changelist"),
        {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
    )
    assert type(row).objects.filter(pk=row.pk).exists()


def test_published_claim_cannot_be_deleted_by_superusers(client):
    claim = factories.published()
    client.force_login(superuser())
    client.post(reverse("admin:claims_claim_delete", args=[claim.pk]), {"post": "yes"})
    assert Claim.objects.filter(pk=claim.pk).exists()


ROLES_FOR = {
    "research": {"researcher"},
    "submit": {"researcher"},
    "approve": {"reviewer"},
    "request-changes": {"reviewer"},
    "take-back": {"researcher", "publisher"},
    "publish": {"publisher"},
    "list": {"publisher"},
    "correct": {"researcher", "publisher"},
    "drop": {"publisher"},
}
START = {"research": "new", "submit": "researching", "take-back": "approved", "publish": "approved", "list": "new"}
START |= {"correct": "published", "drop": "new"}


@pytest.mark.parametrize("role", ["annotator", "researcher", "reviewer", "publisher", "administrator", ""])
@pytest.mark.parametrize("step", ROLES_FOR)
def test_step_is_open_to_its_roles_only(client, step, role):
    claim = factories.at_status(START.get(step, "in_review"))
    user = factories.user(*filter(None, [role]))
    may = role == "administrator" or role in ROLES_FOR[step]
    fields = FIELDS | ({"note": ""} if step == "submit" else {})
    response = take(client, user, claim, step, **fields)
    assert (response.status_code == 302) == may
    if not role:
        assert response.status_code == 403
    elif not may:
        assert "Your role does not allow you" in response.text


def test_steps_need_a_sign_in(client):
    response = client.get(address(factories.claim(), "research"))
    assert (response.status_code, response.url.partition("?")[0]) == (302, reverse("admin:login"))


def test_unknown_step_is_not_found(client):
    client.force_login(superuser())
    assert client.get(address(factories.claim(), "bless")).status_code == 404


def test_buttons_show_the_steps_that_are_open(client):
    claim = factories.in_review()
    client.force_login(factories.user("reviewer"))
    page = client.get(reverse("admin:claims_claim_change", args=[claim.pk])).text
    assert reverse("admin:claims_claim_review", args=[claim.pk]) in page
    assert address(claim, "publish") not in page


@pytest.mark.parametrize("step", ["publish", "correct", "submit"])
def test_step_that_is_not_open_says_why_and_has_no_button(client, step):
    client.force_login(superuser())
    page = client.get(address(factories.in_review(), step)).text
    assert "This claim is in review; only a claim that is" in page
    assert 'type="submit" class="default"' not in page


def test_own_assessment_has_no_button_to_approve_it(client):
    user = superuser()
    client.force_login(user)
    page = client.get(address(factories.in_review(by=user), "approve")).text
    assert "You wrote this assessment; somebody else approves it." in page
    assert 'type="submit" class="default"' not in page


def test_kind_and_note_said_once_are_shown_and_not_asked_again(client):
    claim = factories.published()
    take(client, factories.user("publisher"), claim, "correct", note="The year was wrong.")
    client.force_login(factories.user("researcher"))
    page = client.get(address(claim, "submit")).text
    assert "To be published as a <strong>correction</strong>." in page
    assert "Change kind or note" in page


def test_first_submission_is_asked_for_no_note(client):
    client.force_login(factories.user("researcher"))
    page = client.get(address(factories.researched(), "submit")).text
    assert 'name="note"' not in page
    assert '<option value="verdict" selected>' in page


def test_submission_shows_what_is_missing_and_where_it_is_mended(client):
    claim = factories.researched(factories.claim(speaker=None))
    user = factories.user("researcher")
    response = take(client, user, claim, "submit", kind="verdict")
    assert response.status_code == 409
    assert "Nobody is named as the speaker" in response.text
    assert reverse("admin:claims_claim_change", args=[claim.pk]) + "#who" in response.text


@pytest.mark.parametrize("step", ["research", "submit", "publish", "correct", "update", "retract", "check", "drop"])
def test_step_says_what_will_happen(client, step):
    client.force_login(superuser())
    assert str(DESK_STEPS[step].explanation) in client.get(address(factories.claim(), step)).text.replace("&#x27;", "'")


def test_browser_of_whoever_publishes_forgets_the_page_as_it_was(client):
    claim = factories.in_review()
    assert "Clear-Site-Data" not in take(client, factories.user("reviewer"), claim, "approve").headers
    published = take(client, factories.user("publisher"), claim, "publish")
    assert published.headers["Clear-Site-Data"] == '"cache"'
