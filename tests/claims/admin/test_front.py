import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from claims import people, site_pages, workflow
from claims.models import Claim, SitePage
from tests.claims import factories

pytestmark = pytest.mark.django_db

FRONT = reverse("admin:index")
YESTERDAY = timezone.localdate() - datetime.timedelta(days=1)
HOSTILE = '<script>alert(1)</script> \u202eevil" onmouseover="alert(1)'


def everywhere(user):
    """One claim in each of the lists of somebody with every role."""
    reviewer = factories.user("reviewer")
    returned = factories.in_review(by=user)
    workflow.request_changes(returned, by=reviewer, comment="Say which year.")
    factories.in_review()
    factories.approved()
    adrift = factories.claim()
    Claim.objects.filter(pk=adrift.pk).update(anchor="lost")
    people.assign([factories.claim()], to=user, due_on=YESTERDAY, by=user)
    factories.published()


@pytest.mark.parametrize("rows", [1, 3])
def test_front_costs_the_same_however_much_there_is(client, rows, django_assert_num_queries):
    user = factories.user("researcher", "reviewer", "publisher")
    client.force_login(user)
    for _ in range(rows):
        everywhere(user)
    client.get(FRONT)
    # Seven, and seven more that read what is in review or approved as its document has it.
    with django_assert_num_queries(14):
        page = client.get(FRONT).text
    titles = ("Returned to me", "Assigned to me", "Waiting for my review", "Ready to publish", "Overdue")
    assert all(title in page for title in (*titles, "Words changed or lost", "Latest publications"))
    assert "Say which year." in page


def test_void_approval_is_said_on_the_front(client):
    claim = factories.approved()
    claim.speaker.name = "Somebody Else"
    claim.speaker.save()
    client.force_login(factories.user("publisher"))
    page = client.get(FRONT).text
    assert "Approval void" in page
    assert reverse("admin:claims_claim_step", args=[claim.pk, "take-back"]) in page
    assert reverse("admin:claims_claim_step", args=[claim.pk, "publish"]) not in page


@pytest.mark.parametrize(
    ("role", "actions"),
    [
        ("annotator", ["Bring in an article", "Record a claim", "Import claims"]),
        ("reviewer", []),
    ],
)
def test_front_offers_what_the_role_may_start(client, role, actions):
    client.force_login(factories.user(role))
    page = client.get(FRONT).text
    offered = [label for label in ("Bring in an article", "Record a claim", "Import claims") if f">{label}</a>" in page]
    assert offered == actions


def test_empty_desk_says_what_to_do(client):
    client.force_login(factories.user("reviewer", "publisher"))
    page = client.get(FRONT).text
    assert "Nothing waits for you." in page
    assert "Nothing is assigned to you." in page
    assert "No approved claim waits to be published." in page
    assert "Overdue" not in page


def test_publisher_is_told_which_pages_about_the_newsroom_are_still_to_be_written(client):
    factories.site_page("method", text=f"{site_pages.SAMPLE}. It came with the software.")
    about, sample = factories.site_page("about"), SitePage.objects.get(slug="method")
    client.force_login(factories.user("publisher"))
    response = client.get(FRONT)
    told = [(page.slug, page.is_sample) for page in response.context["front"].unwritten]
    assert told == [("method", True), ("funding", False), ("contact", False)]
    assert f'href="{reverse("admin:claims_sitepage_change", args=[sample.pk])}">/method/' in response.text
    assert f'href="{reverse("admin:claims_sitepage_change", args=[about.pk])}"' not in response.text
    form = client.get(response.context["front"].unwritten[1].href).context["adminform"].form
    assert (form["slug"].value(), form["title"].value()) == ("funding", "Who pays for this")


def test_nobody_is_told_of_pages_that_they_may_not_write_or_that_are_written(client):
    client.force_login(factories.user("researcher"))
    assert client.get(FRONT).context["front"].unwritten == []
    for slug in site_pages.WANTED:
        factories.site_page(slug)
    client.force_login(factories.user("publisher"))
    assert "is not written yet" not in client.get(FRONT).text


def test_who_has_no_role_is_told(client):
    client.force_login(factories.user())
    page = client.get(FRONT).text
    assert "Your account has no role at the desk yet." in page
    assert factories.claim().wording not in page


def test_long_list_leads_to_all_of_it(client):
    user = factories.user("publisher")
    people.assign([factories.claim() for _ in range(11)], to=user, by=user)
    client.force_login(user)
    page = client.get(FRONT).text
    assert '?desk=assigned"' in page
    assert "All 11" in page
    whole = client.get(reverse("admin:claims_claim_changelist"), {"desk": "assigned"})
    assert len(whole.context["cl"].result_list) == 11


def test_hostile_words_are_inert(client):
    user = factories.user("researcher", "reviewer", "publisher", first_name=HOSTILE)
    article = factories.article(HOSTILE + " It rained.", title=HOSTILE, outlet=factories.publisher(HOSTILE))
    claim = factories.claim(HOSTILE, article=article, wording=HOSTILE)
    people.assign([claim], to=user, due_on=YESTERDAY, by=user)
    returned = factories.in_review(factories.claim("It rained", article=article), by=user)
    workflow.request_changes(returned, by=factories.user("reviewer"), comment=HOSTILE)
    client.force_login(user)
    assigning = reverse("admin:claims_claim_assign", args=[claim.pk])
    for address in (FRONT, reverse("admin:claims_claim_changelist"), assigning):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert '" onmouseover=' not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/", "/", "/api/docs/"])
def test_security_policy_allows_nothing_inline(client, path):
    client.force_login(factories.user("administrator"))
    policy = client.get(path, follow=True)["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
