import datetime

import pytest
from django.urls import reverse

from claims import people
from claims.admin import claim_filters, claim_list, many
from claims.models import Claim
from sources import paging
from tests.claims import factories

pytestmark = pytest.mark.django_db

LIST = "admin:claims_claim_changelist"


@pytest.fixture
def publisher(client):
    user = factories.user("publisher", "researcher")
    client.force_login(user)
    return user


def found(client, **query):
    return list(client.get(reverse(LIST), query).context["cl"].result_list)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_however_long(client, publisher, rows, django_assert_num_queries):
    factories.whole_scale()
    for _ in range(rows):
        factories.researched()
    client.get(reverse(LIST))
    with django_assert_num_queries(8):
        client.get(reverse(LIST))


def test_search_covers_wording_quote_and_speaker(client, publisher):
    article = factories.article("Water came from above. Flakes came down too.")
    claim = factories.claim(article=article, wording="Rain fell.", speaker=factories.speaker("Núria Vila"))
    other = factories.claim("Flakes came down", article=article, wording="Snow fell.")
    assert found(client, q="rain") == [claim]
    assert found(client, q="fell") == [other, claim]
    assert found(client, q="núria fell") == [claim]
    assert found(client, q="from above") == [claim]
    assert found(client, q='"rain fell"') == [claim]
    assert found(client, q="rain snow") == []
    assert found(client, q='"') == [other, claim]


@pytest.mark.parametrize(
    ("yes", "no"),
    [
        ({"status": "new"}, {"status": "approved"}),
        ({"workflow_status__exact": "new"}, {"workflow_status__exact": "approved"}),
        ({"desk": "assigned"}, {"desk": "ready"}),
        ({"desk": "overdue"}, {"desk": "adrift"}),
        ({"rating": "none"}, {"rating": "true"}),
        ({"assignee": "me"}, {"assignee": "nobody"}),
        ({"due": "overdue"}, {"due": "today"}),
        ({"status": "ongoing"}, {"status": "dropped"}),
        ({"speaker": "vila"}, {"speaker": "bosc"}),
        ({"outlet": "mercury"}, {"outlet": "planet"}),
        ({"topic": "rain"}, {"topic": "snow"}),
        ({"stated_from": "2022-07", "stated_until": "2022-07"}, {"stated_from": "2022-08"}),
        ({"stated_until": "2022"}, {"stated_until": "2021"}),
        ({"stated_from": ""}, {"stated_from": "July"}),
        ({"checkability": "checkable"}, {"checkability": "opinion"}),
        ({"anchor": "moved"}, {"anchor": "adrift"}),
    ],
)
def test_list_is_filtered(client, publisher, yes, no):
    factories.whole_scale()
    article = factories.article(outlet=factories.publisher("The Mercury"))
    claim = factories.claim(
        article=article,
        speaker=factories.speaker("Núria Vila"),
        topics=("Rain",),
        stated_on="2022-07-12",
        stated_on_precision="day",
    )
    people.assign([claim], to=publisher, due_on=datetime.date(2020, 1, 1), by=publisher)
    Claim.objects.filter(pk=claim.pk).update(anchor="moved")
    assert found(client, **yes) == [claim]
    assert found(client, **no) == []


def test_claims_of_a_speaker_are_those_that_pass_on_their_words_too(client, publisher):
    mayor, paper = factories.speaker("The Mayor"), factories.speaker("The Mercury")
    said, passed_on = factories.claim(speaker=mayor), factories.claim(speaker=paper, relays=mayor)
    factories.claim(speaker=paper)
    assert found(client, speaker="mayor") == [passed_on, said]


def test_more_names_than_are_looked_for_are_told_of(client, publisher, monkeypatch):
    monkeypatch.setattr(claim_filters, "AT_MOST", 1)
    first, _second = (factories.claim(speaker=factories.speaker(f"Mayor {number}")) for number in (1, 2))
    page = client.get(reverse(LIST), {"speaker": "mayor"})
    assert list(page.context["cl"].result_list) == [first]
    assert "More than 1 names have “mayor” in them" in page.text


def test_claims_without_a_rating_are_found_assessed_or_not(client, publisher):
    factories.whole_scale()
    factories.researched()
    unrated, untouched = factories.researched(rating=None), factories.claim()
    assert found(client, rating="none") == [untouched, unrated]


def test_what_cannot_be_chosen_is_refused(client, publisher):
    for query in ({"status": "bogus"}, {"assignee": "9"}, {"desk": "nowhere"}, {"rating": "x"}, {"due": "'"}):
        assert client.get(reverse(LIST), query).status_code == 302
    assert client.get(reverse(LIST), {"speaker": "\0", "outlet": "%", "q": "\0 ' \" %"}).status_code == 200


def test_lists_of_the_desk_are_for_who_has_them(client):
    client.force_login(factories.user("annotator"))
    assert client.get(reverse(LIST), {"desk": "ready"}).status_code == 302


def test_short_words_are_found_where_a_word_begins(client, publisher):
    article = factories.article("Water came from above. Flakes came down too.")
    claim = factories.claim(article=article, wording="Half (UN) staff left; 5% stayed.", speaker=None)
    factories.claim("Flakes came down", article=article, wording="Fun ran on at 15 per cent.", speaker=None)
    assert found(client, q="un") == [claim]
    assert found(client, q="5%") == [claim]
    khmer = factories.claim("Flakes", article=article, wording="ប្រជាជនកម្ពុជា", speaker=None)
    assert found(client, q="ជន") == [khmer]


def test_form_keeps_what_it_has_no_box_for(client, publisher):
    page = client.get(reverse(LIST), {"workflow_status__exact": "new", "assignee": "me", "q": "rain"}).text
    assert '<input type="hidden" name="workflow_status__exact" value="new">' in page
    assert '<input type="hidden" name="assignee"' not in page
    assert '<option value="me" selected>' in page


def test_list_of_the_desk_is_in_its_order(client, publisher):
    claims = [factories.claim() for _ in range(3)]
    for claim, day in zip(claims, (2, 1, 3), strict=True):
        people.assign([claim], to=publisher, due_on=datetime.date(2020, 1, day), by=publisher)
    ordered = [claims[1], claims[0], claims[2]]
    assert found(client, desk="overdue") == found(client, due="overdue") == found(client, desk="assigned") == ordered
    assert found(client) == claims[::-1]


def test_counting_stops(client, publisher, monkeypatch):
    monkeypatch.setattr(paging, "COUNTED", 3)
    monkeypatch.setattr(claim_list.ClaimList, "list_per_page", 2)
    claims = [factories.claim() for _ in range(5)][::-1]
    first = client.get(reverse(LIST))
    assert "More than 3 claims" in first.text
    assert list(first.context["cl"].result_list) == claims[:2]
    assert found(client, p=2) == claims[2:3]
    assert client.get(reverse(LIST), {"p": 3}).status_code == 302


def act(client, action, claims, **answer):
    data = {"action": action, "_selected_action": [claim.pk for claim in claims]} | answer
    return client.post(reverse(LIST), data)


def test_many_claims_are_assigned_at_once(client, publisher):
    claims, to = [factories.claim(), factories.claim()], factories.user("researcher")
    assert "Assign to" in act(client, "assign", claims).text
    act(client, "assign", claims, answered="1", to=to.pk, due_on="2099-12-01")
    assert Claim.objects.filter(assignee=to, due_on="2099-12-01").count() == 2


def test_many_claims_are_given_topics_at_once(client, publisher):
    claims, topic = [factories.claim(), factories.claim()], factories.topic("Rain")
    act(client, "add_topics", claims, answered="1", topics=[topic.pk])
    assert topic.claims.count() == 2
    act(client, "remove_topics", claims, answered="1", topics=[topic.pk])
    assert topic.claims.count() == 0


def test_claims_whose_topics_cannot_be_changed_are_left_out(client, publisher):
    claims, topic = [factories.claim(), factories.published()], factories.topic("Rain")
    page = act(client, "add_topics", claims).text
    assert "This is for one claim" in page
    assert "One claim is left out" in page
    act(client, "add_topics", claims, answered="1", topics=[topic.pk])
    assert list(topic.claims.all()) == [claims[0]]


def test_due_dates_stay_where_none_is_given(client, publisher):
    claim, day = factories.claim(), datetime.date(2099, 1, 1)
    people.assign([claim], to=publisher, due_on=day, by=publisher)
    assert "Choose a person, a day or both." in act(client, "assign", [claim], answered="1").text
    act(client, "assign", [claim], answered="1", nobody="on")
    claim.refresh_from_db()
    assert (claim.assignee, claim.due_on) == (None, day)


def test_too_many_at_once_are_refused(client, publisher, monkeypatch):
    monkeypatch.setattr(many, "MOST", 1)
    claims = [factories.claim(), factories.claim()]
    page = client.post(reverse(LIST), {"action": "assign", "_selected_action": [c.pk for c in claims]}, follow=True)
    assert "Choose at most 1 claims at once" in page.text


def test_action_that_is_not_of_the_role_does_nothing(client):
    client.force_login(factories.user("annotator"))
    claim, to = factories.claim(), factories.user("researcher")
    act(client, "assign", [claim], answered="1", to=to.pk)
    claim.refresh_from_db()
    assert claim.assignee is None


def test_claims_are_not_deleted_from_the_list(client):
    client.force_login(factories.user(is_superuser=True))
    factories.claim()
    assert "delete_selected" not in client.get(reverse(LIST)).text


@pytest.mark.parametrize(
    ("role", "actions"), [("reviewer", {"assign"}), ("annotator", {"add_topics", "remove_topics"})]
)
def test_actions_are_those_of_the_role(client, role, actions):
    client.force_login(factories.user(role))
    factories.claim()
    offered = client.get(reverse(LIST)).context["action_form"].fields["action"].choices
    assert {name for name, _label in offered if name} == actions
