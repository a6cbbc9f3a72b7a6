import datetime
import logging

import pytest
from django.core import mail

from claims import people, workflow
from claims.models import Claim
from tests.claims import factories

pytestmark = pytest.mark.django_db

HOSTILE = "Rain fell.\nBcc: all@example.org\r\nSubject: \u202ella \u2066yap\u2069\x07 <script>alert(1)</script> & co"


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Runs what waits for a commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def editor():
    return factories.user("publisher", first_name="Paula", email="paula@example.org")


@pytest.fixture
def researcher():
    return factories.user("researcher", first_name="Rosa", email="rosa@example.org")


def test_new_assignee_is_told(commit, editor, researcher, settings):
    settings.SITE_URL = "https://facts.example"
    claim = factories.claim(wording="It rained in May.")
    with commit():
        people.assign([claim], to=researcher, due_on=datetime.date(2099, 5, 1), by=editor)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == (["rosa@example.org"], "Assigned to you: It rained in May.")
    assert "Hello Rosa," in sent.body
    assert "Paula has assigned this claim to you:" in sent.body
    assert "due on 1 May 2099" in sent.body
    assert f"https://facts.example/admin/claims/claim/{claim.pk}/change/\n" in sent.body


def test_new_due_date_alone_is_no_news(commit, editor, researcher):
    claim = factories.claim()
    people.assign([claim], to=researcher, by=editor)
    with commit():
        people.assign([claim], due_on=datetime.date(2099, 5, 1), by=editor)
    assert mail.outbox == []


def test_nobody_is_told_what_they_did_themselves(commit, editor):
    with commit():
        people.take(factories.claim(), by=editor)
        people.assign([factories.claim()], to=editor, by=editor)
    assert mail.outbox == []


def test_many_claims_are_one_mail(commit, editor, researcher):
    claims = [factories.claim() for _ in range(23)]
    with commit():
        people.assign(claims, to=researcher, by=editor)
    (sent,) = mail.outbox
    assert sent.subject == "23 claims are assigned to you"
    assert sent.body.count("/change/") == 20
    assert "?desk=assigned" in sent.body


@pytest.mark.parametrize("fields", [{"email": ""}, {"is_active": False}])
def test_who_has_no_address_or_has_left_gets_none(commit, editor, researcher, fields):
    claim = factories.in_review(by=researcher)
    type(researcher).objects.filter(pk=researcher.pk).update(**fields)
    with commit():
        workflow.request_changes(Claim.objects.get(pk=claim.pk), by=factories.user("reviewer"), comment="Why?")
    assert mail.outbox == []


def test_submitter_and_assignee_are_told_what_should_change(commit, editor, researcher):
    claim = factories.in_review(by=researcher)
    people.assign([claim], to=editor, by=editor)
    reviewer = factories.user("reviewer", first_name="Rita", email="rita@example.org")
    with commit():
        workflow.request_changes(claim, by=reviewer, comment="Which year?\n\nAnd of whom?")
    assert sorted(sent.to for sent in mail.outbox) == [["paula@example.org"], ["rosa@example.org"]]
    assert mail.outbox[0].subject.startswith("Returned to you: ")
    assert "Rita has read this claim and asks for changes" in mail.outbox[0].body
    assert "  > Which year?\n  > \n  > And of whom?" in mail.outbox[0].body


def test_reviewer_who_is_assignee_is_not_told(commit, researcher):
    claim = factories.in_review(by=researcher)
    reviewer = factories.user("reviewer", email="rita@example.org")
    people.assign([claim], to=reviewer, by=factories.user("publisher"))
    with commit():
        workflow.request_changes(claim, by=reviewer, comment="Why?")
    assert [sent.to for sent in mail.outbox] == [["rosa@example.org"]]


def test_nothing_is_sent_of_what_is_not_committed(editor, researcher):
    people.assign([factories.claim()], to=researcher, by=editor)
    assert mail.outbox == []


def test_hostile_words_stay_words(commit, editor, researcher):
    editor.first_name = "Eve\r\nBcc: all@example.org"
    claim = factories.claim()
    Claim.objects.filter(pk=claim.pk).update(wording=HOSTILE)
    with commit():
        people.assign([claim], to=researcher, by=editor)
    (sent,) = mail.outbox
    shown = "Rain fell. Bcc: all@example.org Subject: lla yap <script>alert(1)</script> & co"
    assert sent.subject == "Assigned to you: Rain fell. Bcc: all@example.org Subject: lla yap <script>alert(1)</sc…"
    assert shown in sent.body
    assert set("\u202e\u2066\u2069\x07\r") & set(sent.body) == set()
    assert list(sent.message().keys()).count("Bcc") == 0
    assert sent.recipients() == ["rosa@example.org"]


def test_mail_server_that_fails_stops_nothing(commit, editor, researcher, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    claim = factories.claim()
    with caplog.at_level(logging.ERROR), commit():
        people.assign([claim], to=researcher, by=editor)
    claim.refresh_from_db()
    assert claim.assignee == researcher
    assert caplog.messages == [f"A notice could not be mailed to user {researcher.pk}: ConnectionRefusedError"]
