import pytest
from django.urls import reverse

from claims import discussion, workflow
from claims.models import Assessment, Claim, Review
from tests.claims import factories

pytestmark = pytest.mark.django_db


def address(claim, name="review"):
    return reverse(f"admin:claims_claim_{name}", args=[claim.pk])


def read(client, user, claim, name="review"):
    client.force_login(user)
    return client.get(address(claim, name))


def corrected():
    claim = factories.published()
    workflow.reopen(claim, by=factories.user("researcher"))
    return factories.in_review(claim, kind="correction", note="The year was wrong.", summary="It was so.")


def test_first_publication_is_read_as_it_is(client):
    page = read(client, factories.user("reviewer"), factories.in_review())
    assert page.status_code == 200
    assert page.context["comparison"].first
    assert "It is this claim’s first publication." in page.text
    assert "<strong>data</strong>" in page.text


def test_changes_are_marked_against_what_readers_see(client):
    page = read(client, factories.user("reviewer"), corrected())
    assert page.context["comparison"].changes == ["Summary"]
    assert "The year was wrong." in page.text
    assert "version 1, which readers see now" in page.text


def test_reviewer_decides_on_the_page(client):
    claim, reviewer = factories.in_review(), factories.user("reviewer")
    page = read(client, reviewer, claim)
    for name in ("approve", "request-changes"):
        assert f'action="{reverse("admin:claims_claim_step", args=[claim.pk, name])}"' in page.text
    data = {"seen": page.context["seen"], "comment": "Good."}
    response = client.post(reverse("admin:claims_claim_step", args=[claim.pk, "approve"]), data)
    assert response.status_code == 302
    assert Review.objects.values_list("decision", "comment", "reviewer").get() == ("approved", "Good.", reviewer.pk)


def test_page_itself_takes_no_decision(client):
    claim = factories.in_review()
    client.force_login(factories.user("reviewer"))
    assert client.post(address(claim), {"comment": "Good."}).status_code == 405


def test_changes_without_a_comment_are_refused_on_the_page(client):
    claim = factories.in_review()
    page = read(client, factories.user("reviewer"), claim)
    path = reverse("admin:claims_claim_step", args=[claim.pk, "request-changes"])
    response = client.post(path, {"seen": page.context["seen"], "comment": ""})
    assert "This field is required." in response.text
    assert not Review.objects.exists()


@pytest.mark.parametrize("who", ["author", "submitter"])
def test_why_a_person_may_not_approve_is_said(client, who):
    both, other = factories.user("researcher", "reviewer"), factories.user("researcher")
    claim = factories.researched(by=both if who == "author" else other)
    workflow.submit(claim, by=both if who == "submitter" else other, kind="verdict")
    page = read(client, both, claim)
    said = {"author": "You wrote this assessment", "submitter": "You submitted this claim"}[who]
    assert f"{said}; somebody else approves it." in page.text
    assert 'value="Approve"' not in page.text
    assert 'value="Request changes"' in page.text


def test_everybody_who_wrote_it_is_named(client):
    ann = factories.user("researcher", first_name="Ann", last_name="First")
    bob = factories.user("researcher", first_name="Bob", last_name="Second")
    claim = factories.researched(by=ann)
    factories.in_review(claim, by=bob, summary="It was so.")
    page = read(client, factories.user("reviewer"), claim)
    assert [user.get_full_name() for user in page.context["authors"]] == ["Ann First", "Bob Second"]
    assert page.context["submitter"] == bob


@pytest.mark.parametrize("role", ["annotator", "researcher", "publisher"])
def test_other_roles_read_and_do_not_decide(client, role):
    page = read(client, factories.user(role), factories.in_review())
    assert page.status_code == 200
    assert "Your role does not allow you" in page.text
    assert 'value="Approve"' not in page.text


@pytest.mark.parametrize("name", ["review", "preview", "history", "change"])
def test_pages_are_for_the_desk_alone(client, name):
    claim = factories.in_review()
    assert client.get(address(claim, name)).status_code == 302
    assert read(client, factories.user(), claim, name).status_code == 403


@pytest.mark.parametrize("name", ["review", "preview"])
def test_claim_that_is_not_there_is_not_found(client, name):
    client.force_login(factories.user("reviewer"))
    assert client.get(reverse(f"admin:claims_claim_{name}", args=[999999])).status_code == 404


@pytest.mark.parametrize("status", ["in_review", "approved"])
def test_edit_voids_the_approval_for_all_to_see(client, status):
    claim = factories.at_status(status)
    Assessment.objects.filter(claim=claim).update(summary="Other words.")
    word = "Approval void" if status == "approved" else "Submission void"
    for name in ("change", "review"):
        page = read(client, factories.user("reviewer"), claim, name).text
        assert word in page
        assert "Take it back to research, and submit it again." in page
    assert 'value="Approve"' not in page


def test_what_voided_the_approval_is_named(client, committed):
    claim = factories.approved()
    researcher = factories.user("researcher")
    Assessment.objects.filter(claim=claim).update(summary="Other words.")
    claim.speaker.name = "Somebody Else"
    claim.speaker.save()
    page = read(client, researcher, claim, "change")
    assert page.context["changed"] == ["summary", "speaker “Somebody Else”"]
    assert page.context["next_step"][1] == reverse("admin:claims_claim_step", args=[claim.pk, "take-back"])


FIRST = {
    "new": ("researcher", "Start research"),
    "researching": ("researcher", "Submit for review"),
    "in_review": ("reviewer", "Review"),
    "approved": ("publisher", "Publish"),
}


@pytest.mark.parametrize("status", FIRST)
def test_one_next_step_comes_first(client, status):
    role, label = FIRST[status]
    page = read(client, factories.user(role), factories.at_status(status), "change")
    assert str(page.context["next_step"][0]) == label


def test_next_step_of_another_role_is_named(client):
    page = read(client, factories.user("annotator"), factories.in_review(), "change")
    assert page.context["next_step"] is None
    assert "Next: a reviewer approves it or asks for changes." in page.text


def test_quote_adrift_leads_to_where_it_is_confirmed(client):
    claim = factories.researched()
    Claim.objects.filter(pk=claim.pk).update(anchor="lost")
    page = read(client, factories.user("researcher"), claim, "change").text
    assert reverse("admin:claims_article_anchors", args=[claim.article_id]) in page
    assert "no longer in the text" in page


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", ["review", "change"])
def test_page_costs_the_same_however_much_was_said(client, rows, name, django_assert_max_num_queries):
    claim = factories.researched()
    user, reviewer, researcher = factories.user("reviewer"), factories.user("reviewer"), factories.user("researcher")
    for _ in range(rows):
        factories.evidence(claim)
        discussion.note(claim, "A note.", by=reviewer)
        fields = {"kind": "right_of_reply", "party": "Her", "on": "2022-07-12", "summary": "", "outcome": "pending"}
        discussion.record_contact(claim, by=researcher, public=False, **fields)
        workflow.submit(claim, by=researcher, kind="verdict")
        workflow.request_changes(claim, by=reviewer, comment="No.")
    workflow.submit(claim, by=researcher, kind="verdict")
    read(client, user, claim, name)
    with django_assert_max_num_queries(MOST[name]):
        read(client, user, claim, name)


MOST = {"review": 60, "change": 70}
