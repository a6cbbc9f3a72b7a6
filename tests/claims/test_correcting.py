"""When an article’s text is corrected, every claim is tied anew to its words, or says that it cannot be."""

import threading

import pytest
from django.db import connection

from claims import correcting, publishing, workflow
from claims.enums import Anchor
from claims.models import Article, Claim, PublishedClaim
from claims.refusals import Refused
from tests.claims import factories
from tests.claims.corrections import COST, FIRST, RECORD, TEXT, an_article, anchor, correct

pytestmark = pytest.mark.django_db

article = pytest.fixture(an_article)


def found(claim):
    row = Claim.objects.get(pk=claim.pk)
    return row.article.text[row.found_start : row.found_end] if row.found_start is not None else None


def test_every_claim_is_tied_to_its_words_anew(article):
    record, first, cost = (factories.claim(quote, article=article) for quote in (RECORD, FIRST, COST))
    text = TEXT.replace("first of all, he", "first, he").replace("A spokesman", "Later on, a spokeswoman")
    plan = correct(article, text=text)
    assert anchor(record) == (Anchor.EXACT, RECORD, RECORD)
    assert anchor(cost) == (Anchor.MOVED, COST, COST)
    assert Claim.objects.get(pk=first.pk).anchor == Anchor.CHANGED
    assert found(first) == "Prisoners came first"
    assert plan.counts == {"exact": 1, "moved": 1, "changed": 1, "lost": 0}
    assert article.text == Article.objects.get(pk=article.pk).text == text


def test_context_follows_the_text(article):
    claim = factories.claim(RECORD, article=article)
    correct(article, "on Tuesday", "on Wednesday")
    claim.refresh_from_db()
    assert claim.quote_prefix == "The ministry said on Wednesday that "


def test_words_that_are_gone_are_lost_and_keep_what_they_were(article):
    claim = factories.claim(COST, article=article)
    before = Claim.objects.values("quote", "quote_start", "quote_end", "quote_prefix").get(pk=claim.pk)
    correct(article, text=TEXT.rpartition("\n\n")[0])
    assert Claim.objects.values(*before).get(pk=claim.pk) == before
    assert Claim.objects.get(pk=claim.pk).anchor == Anchor.LOST


def test_claim_adrift_is_tied_again_when_its_words_come_back(article):
    claims = [factories.claim(quote, article=article) for quote in (FIRST, COST)]
    correct(article, text="Something else entirely.")
    assert {anchor(claim)[0] for claim in claims} == {Anchor.LOST}
    correct(article, text=f"A note of the editors.\n\n{TEXT}")
    assert [anchor(claim) for claim in claims] == [(Anchor.MOVED, quote, quote) for quote in (FIRST, COST)]


def test_claim_adrift_is_not_tied_to_the_same_words_said_elsewhere():
    text = "Monday was wet in town.\n\nThe mayor said: it rained.\n\nThe council said: it rained.\n\nFriday was dry."
    article = factories.article(text)
    claim = factories.claim("it rained", article=article)
    correct(article, "The mayor said: it rained.\n\n", "")
    assert (anchor(claim)[0], found(claim)) == (Anchor.CHANGED, None)
    correct(article, "Friday", "Saturday")
    assert (anchor(claim)[0], found(claim)) == (Anchor.CHANGED, None)


def test_claim_whose_text_is_not_in_the_history_is_only_proposed_a_place(article):
    claim = factories.claim(COST, article=article)
    correct(article, text="Something else entirely.")
    Claim.objects.filter(pk=claim.pk).update(quote_suffix=" and more")
    correct(article, text=TEXT)
    assert (anchor(claim)[0], found(claim)) == (Anchor.CHANGED, COST)


def test_old_text_and_who_corrected_it_stay_in_the_history(article):
    claim = factories.claim(COST, article=article)
    editor = factories.user("annotator")
    correcting.correct_text(article, TEXT.replace("at all.", "much."), by=editor)
    with connection.cursor() as cursor:
        for table, row in (("article", article), ("claim", claim)):
            cursor.execute(
                f"""SELECT c.metadata FROM claims_{table}event AS e JOIN pghistory_context AS c
                    ON c.id = e.pgh_context_id WHERE e.pgh_obj_id = %s ORDER BY e.pgh_id DESC LIMIT 1""",
                [row.pk],
            )
            assert cursor.fetchone()[0].count(f'"user": {editor.pk}') == 1
        cursor.execute("SELECT text FROM claims_articleevent WHERE pgh_obj_id = %s ORDER BY pgh_id", [article.pk])
        assert [text == TEXT for (text,) in cursor.fetchall()] == [True, False]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (TEXT, "article_text_unchanged"),
        (f"\r\n{TEXT}\x00\n".replace("\n\n", "\r\n\r\n"), "article_text_unchanged"),
        (" \n", "article_text_size"),
        ("a" * (1024 * 1024 + 1), "article_text_size"),
        ("ក" * (1024 * 1024 // 3 + 1), "article_text_size"),
    ],
)
def test_correction_that_is_none_or_too_long_is_refused(article, text, rule):
    with pytest.raises(Refused) as refusal:
        correct(article, text=text)
    assert refusal.value.rule == rule
    assert Article.objects.get(pk=article.pk).text == TEXT


def test_new_text_is_normalised(article):
    correct(article, text="  Cafe\u0301\r\nis closed.\x07 ")
    assert Article.objects.get(pk=article.pk).text == "Café\nis closed."


def test_correcting_needs_its_permission(article):
    with pytest.raises(Refused, match="Your role"):
        correcting.correct_text(article, "Another text.", by=factories.user("reviewer"))


def test_correction_of_a_text_that_was_corrected_meanwhile_is_refused(article):
    factories.claim(COST, article=article)
    mine = TEXT.replace("Tuesday", "Wednesday")
    shown = correcting.plan(article, mine)
    correct(article, "Tuesday", "Thursday")
    with pytest.raises(Refused, match="changed after you opened"):
        correcting.correct_text(article, mine, by=factories.user("annotator"), seen=shown.seen)
    assert "Thursday" in Article.objects.get(pk=article.pk).text


def test_correction_that_does_more_than_was_shown_is_refused(article):
    text = TEXT.rpartition("\n\n")[0]
    shown = correcting.plan(article, text)
    factories.claim(COST, article=article)
    with pytest.raises(Refused, match="or its claims changed"):
        correcting.correct_text(article, text, by=factories.user("annotator"), seen=shown.seen)
    again = correcting.plan(article, text)
    correcting.correct_text(article, text, by=factories.user("annotator"), seen=again.seen)


def test_correction_says_which_approvals_it_voids(article):
    approved = factories.approved(factories.claim(COST, article=article))
    in_review = factories.in_review(factories.claim(FIRST, article=article))
    untouched = factories.approved(factories.claim(RECORD, article=article))
    text = TEXT.replace("“Nobody", "He said: “Nobody")
    plan = correcting.plan(article, text)
    assert [placed.claim for placed in plan.voided] == [in_review, approved]
    assert correct(article, text=text).voided == plan.voided
    publisher = factories.user("publisher")
    with pytest.raises(Refused, match="was changed after it was submitted"):
        publishing.publish(approved, by=publisher, kind="verdict")
    publishing.publish(untouched, by=publisher, kind="verdict")


def test_words_of_an_approved_claim_that_are_lost_void_nothing_but_bar_it(article):
    claim = factories.approved(factories.claim(COST, article=article))
    assert correct(article, text=TEXT.rpartition("\n\n")[0]).voided == []
    with pytest.raises(Refused):
        publishing.publish(claim, by=factories.user("publisher"), kind="verdict")


def test_public_record_stays_as_it_is(article):
    claim = factories.published(factories.claim(COST, article=article))
    before = PublishedClaim.objects.with_document().get(pk=claim.pk).document
    correct(article, text="Something else entirely.")
    assert PublishedClaim.objects.with_document().get(pk=claim.pk).document == before
    claim.refresh_from_db()
    assert (claim.workflow_status, claim.anchor) == ("published", Anchor.LOST)


def test_dropped_claims_are_tied_anew_too(article):
    claim = factories.claim(COST, article=article)
    workflow.drop(claim, by=factories.user("publisher"))
    correct(article, text="Something else entirely.")
    assert anchor(claim)[0] == Anchor.LOST


def test_claims_whose_place_stayed_are_not_written(article):
    factories.claim(RECORD, article=article)
    correct(article, "at all.", "much.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM claims_claimevent")
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("claims", [1, 3])
def test_number_of_queries_does_not_grow_with_the_claims(article, django_assert_num_queries, claims):
    for _ in range(claims):
        factories.claim(COST, article=article)
    correct(article, text="Something else entirely.")
    user = factories.user("annotator")
    user.has_perm("claims.change_article")
    with django_assert_num_queries(11):
        correcting.correct_text(article, TEXT, by=user)


@pytest.mark.django_db(transaction=True)
def test_two_corrections_at_once_leave_one_whole():
    article = factories.article(TEXT)
    factories.claim(COST, article=article)
    texts = [TEXT.replace("nothing", word) for word in ("little", "much")]
    shown = [correcting.plan(article, text) for text in texts]
    users = [factories.user("annotator") for _ in texts]
    outcomes = []

    def run(text, plan, user):
        try:
            correcting.correct_text(Article.objects.get(pk=article.pk), text, by=user, seen=plan.seen)
            outcomes.append("corrected")
        except Refused as refusal:
            outcomes.append(refusal.rule)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=row) for row in zip(texts, shown, users, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["article_text_stale", "corrected"]
    claim = Claim.objects.select_related("article").get()
    assert claim.article.text in texts
    assert claim.article.text[claim.found_start : claim.found_end] in (
        "it had cost the state little at all",
        "it had cost the state much at all",
    )
