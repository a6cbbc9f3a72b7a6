"""A person says where the words of a claim are now."""

import pytest

from claims import correcting, publishing
from claims.enums import Anchor
from claims.models import Article
from claims.refusals import Refused
from tests.claims import factories
from tests.claims.corrections import COST, FIRST, an_article, anchor, correct

pytestmark = pytest.mark.django_db

article = pytest.fixture(an_article)


@pytest.fixture
def lost(article):
    claim = factories.claim(COST, article=article)
    correct(article, COST, "nobody had to pay")
    claim.refresh_from_db()
    return claim


def confirm(claim, words, **fields):
    start = claim.article.text.index(words)
    by = fields.pop("by", None) or factories.user("annotator")
    return correcting.confirm_anchor(claim, start, start + len(words), by=by, **fields)


def test_confirmed_words_become_the_quote(lost):
    lost.refresh_from_db()
    confirm(lost, " nobody had to pay")
    assert anchor(lost) == (Anchor.EXACT, "nobody had to pay", "nobody had to pay")
    assert (lost.found_start, lost.quote_prefix, lost.quote_suffix) == (None, "A spokesman added that ", ".")


def test_same_words_confirmed_elsewhere_are_moved(article):
    claim = factories.claim("it had cost", article=article)
    correct(article, "A spokesman added that it had cost", "It is said twice that it had cost and it had cost")
    assert anchor(claim)[0] == Anchor.CHANGED
    claim.refresh_from_db()
    confirm(claim, "it had cost and")
    with pytest.raises(Refused, match="are in their place"):
        confirm(claim, "it had cost and")
    correct(article, "and it had cost", "and so it had cost")
    claim.refresh_from_db()
    assert claim.anchor == Anchor.EXACT


@pytest.mark.parametrize("status", ["new", "researching", "in_review", "approved", "published", "dropped"])
def test_anchor_can_be_confirmed_at_every_status(status):
    claim = factories.at_status(status)
    correct(claim.article, claim.quote, "It was dry")
    claim.refresh_from_db()
    confirm(claim, "It was dry")
    assert (claim.quote, claim.workflow_status) == ("It was dry", status)


def test_confirming_other_words_voids_an_approval():
    claim = factories.approved()
    correct(claim.article, claim.quote, "It was dry")
    claim.refresh_from_db()
    confirm(claim, "It was dry")
    with pytest.raises(Refused, match="was changed after it was submitted"):
        publishing.publish(claim, by=factories.user("publisher"), kind="verdict")


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (9, 5), (0, 10_000)])
def test_span_outside_of_the_text_is_refused(lost, start, end):
    with pytest.raises(Refused, match="do not lie inside"):
        correcting.confirm_anchor(lost, start, end, by=factories.user("annotator"))


def test_white_space_is_no_quote(lost):
    start = lost.article.text.index("\n\n")
    with pytest.raises(Refused, match="do not lie inside"):
        correcting.confirm_anchor(lost, start, start + 2, by=factories.user("annotator"))


def test_confirming_needs_its_permission(lost):
    with pytest.raises(Refused, match="Your role"):
        confirm(lost, "nobody", by=factories.user("reviewer"))


def test_confirming_in_a_text_that_was_corrected_meanwhile_is_refused(lost):
    seen = correcting.text_hash(lost.article.text)
    correct(lost.article, "Tuesday", "Thursday")
    with pytest.raises(Refused, match="was corrected after you opened"):
        confirm(lost, "nobody", seen_text=seen)
    confirm(lost, "nobody", seen_text=correcting.text_hash(Article.objects.get().text))


def test_quote_that_is_in_its_place_is_not_changed_this_way(article):
    claim = factories.claim(COST, article=article)
    with pytest.raises(Refused, match="are in their place"):
        confirm(claim, FIRST)
