import pytest
from django.urls import reverse

from claims import editing, publishing, workflow
from claims.admin.steps import DESK_STEPS
from claims.models import Assessment, Claim, Publication, Review
from tests.claims import factories

pytestmark = pytest.mark.django_db


def address(claim, step):
    return reverse("admin:claims_claim_step", args=[claim.pk, step])


def take(client, user, claim, step, **fields):
    """Open the step's page and press its button."""
    client.force_login(user)
    page = client.get(address(claim, step))
    shown = page.context["seen"] if page.context and "seen" in page.context else ""
    return client.post(address(claim, step), {"seen": shown} | fields)


def standing(claim):
    return Claim.objects.values_list("workflow_status", flat=True).get(pk=claim.pk)


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
    "take-back": {"researcher"},
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


def test_listing_is_offered_once(client):
    claim = factories.claim()
    publishing.list_claim(claim, by=factories.user("publisher"))
    response = take(client, factories.user("publisher"), claim, "list")
    assert response.status_code == 409
    assert Publication.objects.count() == 1


def test_listing_is_shown_before_it_is_published_for_good(client):
    claim = factories.researched(factories.claim(wording="It rained for 31 days."), summary="A draft’s summary.")
    client.force_login(factories.user("publisher"))
    page = client.get(address(claim, "list"))
    for words in ("What will be published", "As a <strong>listing</strong>", claim.wording, claim.speaker.name):
        assert words in page.text
    assert "Before publishing" in page.text
    assert reverse("admin:claims_claim_preview", args=[claim.pk]) not in page.text
    assert "A draft’s summary." not in page.text
    assert client.post(address(claim, "list"), {"seen": page.context["seen"]}).status_code == 302
    assert Publication.objects.get().content_hash == page.context["seen"]


@pytest.mark.parametrize("seen", [{}, {"seen": ""}, "opened before the change"])
def test_listing_of_what_was_not_seen_is_refused(client, seen):
    claim = factories.claim()
    client.force_login(factories.user("publisher"))
    if seen == "opened before the change":
        seen = {"seen": client.get(address(claim, "list")).context["seen"]}
    Claim.objects.filter(pk=claim.pk).update(wording="Words that nobody was shown.")
    response = client.post(address(claim, "list"), seen)
    assert (response.status_code, Publication.objects.count()) == (409, 0)
    assert "was changed after you opened this page" in response.text
    assert "Words that nobody was shown." in response.text
    assert client.post(address(claim, "list"), {"seen": response.context["seen"]}).status_code == 302


def test_listing_says_what_it_lacks_and_where_that_is_mended(client):
    claim = factories.claim(speaker=None)
    response = take(client, factories.user("publisher"), claim, "list")
    assert (response.status_code, Publication.objects.count()) == (409, 0)
    assert "Nobody is named as the speaker" in response.text
    assert reverse("admin:claims_claim_change", args=[claim.pk]) + "#who" in response.text


@pytest.mark.parametrize("make", [factories.listed, lambda: factories.listed(factories.researched())])
def test_claim_that_readers_see_is_not_offered_to_be_dropped(client, make):
    claim = make()
    client.force_login(superuser())
    page = client.get(reverse("admin:claims_claim_change", args=[claim.pk])).text
    assert address(claim, "drop") not in page
    assert "To withdraw it, submit it for review as a retraction" in page
    page = client.get(address(claim, "drop")).text
    assert "it is not dropped but retracted" in page
    assert 'type="submit" class="default"' not in page


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


@pytest.mark.parametrize("step", ["approve", "request-changes"])
def test_what_was_submitted_anew_is_not_reviewed_unseen(client, step):
    claim = factories.in_review()
    reviewer = factories.user("reviewer")
    client.force_login(reviewer)
    shown = client.get(address(claim, step)).context["seen"]
    workflow.take_back(claim, by=factories.user("researcher"))
    factories.in_review(claim, summary="Words that the reviewer never saw.")
    response = client.post(address(claim, step), {"seen": shown, "comment": "Fine."})
    assert response.status_code == 409
    assert "was submitted anew after you opened this page" in response.text
    assert (standing(claim), Review.objects.count()) == ("in_review", 0)
    assert take(client, reviewer, claim, step, comment="Fine.").status_code == 302


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


def test_listing_is_checked_without_a_note(client):
    claim = factories.published(factories.claim(checkability="opinion"), kind="listing", rating=None)
    user = factories.user("researcher")
    client.force_login(user)
    assert address(claim, "check") in client.get(reverse("admin:claims_claim_change", args=[claim.pk])).text
    assert take(client, user, claim, "check").status_code == 302
    assert standing(claim) == "researching"
    assert Claim.objects.get(pk=claim.pk).proposed_kind == "verdict"


def test_verdict_is_not_offered_to_be_checked(client):
    claim = factories.published()
    user = factories.user("researcher")
    client.force_login(user)
    assert address(claim, "check") not in client.get(reverse("admin:claims_claim_change", args=[claim.pk])).text
    assert take(client, user, claim, "check").status_code == 409


@pytest.mark.parametrize(
    ("role", "step", "status", "fields"),
    [
        ("researcher", "research", "new", {}),
        ("researcher", "submit", "researching", {"kind": "verdict"}),
        ("reviewer", "approve", "in_review", {}),
        ("publisher", "publish", "approved", {}),
        ("publisher", "list", "new", {}),
        ("publisher", "retract", "published", {"note": "It was forged."}),
    ],
)
def test_second_press_of_a_button_is_told_that_it_is_done(client, role, step, status, fields):
    claim = factories.at_status(status)
    client.force_login(factories.user(role))
    page = client.get(address(claim, step))
    data = {"seen": page.context.get("seen", "")} | fields
    assert client.post(address(claim, step), data).status_code == 302
    publications = Publication.objects.count()
    response = client.post(address(claim, step), data, follow=True)
    assert response.redirect_chain == [(reverse("admin:claims_claim_change", args=[claim.pk]), 302)]
    assert "This was done already" in response.text
    assert Publication.objects.count() == publications


@pytest.mark.parametrize(
    ("role", "step", "status", "field"),
    [
        ("publisher", "correct", "published", "note"),
        ("researcher", "take-back", "approved", "reason"),
        ("reviewer", "request-changes", "in_review", "comment"),
        ("reviewer", "approve", "in_review", "comment"),
        ("publisher", "drop", "researching", "reason"),
    ],
)
def test_step_taken_again_with_other_words_is_not_taken_for_done(client, role, step, status, field):
    claim, user = factories.at_status(status), factories.user(role)
    assert take(client, user, claim, step, **{field: "One thing."}).status_code == 302
    response = take(client, user, claim, step, **{field: "Quite another thing."})
    assert response.status_code == 409
    assert "only a claim that is" in response.text


def test_words_of_a_step_that_is_not_open_any_more_stay_to_be_copied(client):
    claim, user = factories.published(), factories.user("publisher")
    take(client, user, claim, "correct", note="One thing.")
    response = take(client, user, claim, "correct", note="Quite another thing.")
    assert "Quite another thing." in response.text
    assert 'type="submit" class="default"' not in response.text


def test_submission_in_other_words_is_not_taken_for_done(client):
    claim, user = factories.published(), factories.user("researcher")
    workflow.reopen(claim, by=user)
    again = {"kind": "correction", "note": "The year.\r\nAnd the month."}
    assert take(client, user, claim, "submit", **again).status_code == 302
    assert take(client, user, claim, "submit", **again).status_code == 302
    for other in ({"kind": "update"}, {"note": "The day."}):
        assert take(client, user, claim, "submit", **again | other).status_code == 409


def test_listing_is_said_to_be_seen_by_readers(client):
    claim, user = factories.claim(), factories.user("publisher")
    client.force_login(user)
    seen = {"seen": client.get(address(claim, "list")).context["seen"]}
    for word in ("Done", "This was done already"):
        page = client.post(address(claim, "list"), seen, follow=True).text
        assert f"{word}: List as not yet checked. Readers see it now." in page


def test_another_step_of_the_same_kind_is_not_taken_for_done(client):
    claim, user = factories.published(), factories.user("publisher")
    take(client, user, claim, "correct", note="The year.")
    assert take(client, user, claim, "retract", note="The year.").status_code == 409


@pytest.mark.parametrize("step", ["research", "submit", "publish", "correct", "update", "retract", "check", "drop"])
def test_step_says_what_will_happen(client, step):
    client.force_login(superuser())
    assert str(DESK_STEPS[step].explanation) in client.get(address(factories.claim(), step)).text.replace("&#x27;", "'")


def test_update_of_a_listing_that_was_given_a_rating_leads_to_a_verdict(client):
    claim = factories.published(factories.claim(checkability="opinion"), kind="listing", rating=None)
    user = factories.user("researcher")
    take(client, user, claim, "update", note="News.")
    editing.assess(claim, by=user, rating=factories.rating("false"), summary="", explanation="", one_source_reason="")
    page = client.get(address(claim, "submit")).text
    assert '<option value="verdict" selected>' in page
    assert "it is published as one, without a note, and not as the update that was meant" in page
    assert "It has no summary" in page
    response = client.post(address(claim, "submit"), {"kind": "update", "note": "News."})
    assert (response.status_code, standing(claim)) == (409, "researching")
    assert "submit it as a verdict" in response.text
