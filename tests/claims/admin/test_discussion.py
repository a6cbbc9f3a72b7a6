import pytest
from django.urls import reverse

from claims import discussion
from claims.models import Contact, Note
from tests.claims import factories

pytestmark = pytest.mark.django_db

CONTACT = {"kind": "right_of_reply", "party": "The mayor", "on": "2022-07-12", "summary": "", "outcome": "pending"}


def address(claim, name="note", *more):
    return reverse(f"admin:claims_claim_{name}", args=[claim.pk, *more])


def logged(claim, **fields):
    by = factories.user("researcher")
    made = discussion.record_contact(claim, by=by, **CONTACT | {"public": False} | fields)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("back", ["change", "review"])
def test_note_is_written_and_read(client, back):
    claim, user = factories.in_review(), factories.user("reviewer", first_name="Rafael")
    client.force_login(user)
    response = client.post(address(claim), {"text": "Is it <b>so</b>?", "back": back}, follow=True)
    assert response.redirect_chain[0][0] == address(claim, back) + "#discussion"
    assert "Is it &lt;b&gt;so&lt;/b&gt;?" in response.text
    assert "Rafael" in response.text


def test_note_leads_back_to_the_desk_alone(client):
    claim = factories.claim()
    client.force_login(factories.user("reviewer"))
    response = client.post(address(claim), {"text": "Hello.", "back": "https://example.org/"})
    assert response.url.startswith(address(claim, "change"))


def test_empty_note_is_asked_for_again(client):
    claim = factories.claim()
    client.force_login(factories.user("reviewer"))
    assert "This field is required." in client.post(address(claim), {"text": ""}).text
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    ("name", "role", "may"),
    [
        ("note", "annotator", True),
        ("note", "", False),
        ("contact", "researcher", True),
        ("contact", "publisher", True),
        ("contact", "annotator", False),
        ("contact", "reviewer", False),
        ("contact", "", False),
    ],
)
def test_forms_are_for_their_roles(client, name, role, may):
    claim = factories.claim()
    client.force_login(factories.user(*filter(None, [role])))
    assert (client.get(address(claim, name)).status_code == 200) == may
    response = client.post(address(claim, name), CONTACT | {"text": "Hello."})
    assert response.status_code == (302 if may else 403)
    assert (Note.objects.count() + Contact.objects.count()) == int(may)


def test_contact_says_whether_readers_see_it(client):
    claim = factories.claim()
    client.force_login(factories.user("researcher"))
    client.post(address(claim, "contact"), CONTACT | {"public": "on"})
    client.post(address(claim, "contact"), CONTACT | {"party": "A reader"})
    page = client.get(address(claim, "change")).text
    assert "Readers will see this" in page
    assert "Desk only" in page
    assert list(Contact.objects.order_by("pk").values_list("party", "public")) == [
        ("The mayor", True),
        ("A reader", False),
    ]


def test_contact_is_told_what_came_of_it(client):
    contact = logged(factories.in_review())
    client.force_login(factories.user("publisher"))
    path = address(contact.claim, "contact", contact.pk)
    page = client.get(path)
    data = CONTACT | {"outcome": "answered", "seen": page.context["seen"]}
    assert client.post(path, data).status_code == 302
    assert Contact.objects.get().outcome == "answered"
    stale = client.post(path, data | {"outcome": "refused"})
    assert stale.status_code == 409
    assert "Somebody else has changed this contact" in stale.text


def test_public_contact_is_fixed_while_it_is_reviewed(client):
    claim = factories.researched()
    contact = logged(claim, public=True)
    factories.in_review(claim)
    client.force_login(factories.user("researcher"))
    path = address(claim, "contact", contact.pk)
    assert path not in client.get(address(claim, "change")).text
    response = client.post(path, CONTACT | {"outcome": "answered", "seen": discussion.state(contact)})
    assert response.status_code == 409
    assert Contact.objects.get().outcome == "pending"


def test_contact_cannot_be_made_public_behind_the_review(client):
    claim = factories.in_review()
    client.force_login(factories.user("researcher"))
    client.post(address(claim, "contact"), CONTACT | {"public": "on"})
    assert list(Contact.objects.values_list("public", flat=True)) == [False]


def test_contact_of_another_claim_is_not_found(client):
    contact = logged(factories.claim())
    client.force_login(factories.user("researcher"))
    assert client.get(address(factories.claim(), "contact", contact.pk)).status_code == 404
