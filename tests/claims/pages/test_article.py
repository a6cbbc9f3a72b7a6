import pytest
from django.test import Client

from claims.models import Article, Claim
from tests.claims import factories
from tests.claims.corrections import correct
from tests.claims.pages.html import Node, parse

pytestmark = pytest.mark.django_db

TEXT = "𝕏 “Rain” fell in May.\n\nOn Monday\nthe mayor said so. It rained again.\n\nNobody objected."


def page(client: Client, article: Article) -> Node:
    response = client.get(article.get_absolute_url())
    assert response.status_code == 200
    return parse(response)


def statement(quote: str, article: Article, **fields: object) -> Claim:
    return factories.published(factories.claim(quote, article=article, **fields))


def marked(shown: Node, claim: Claim) -> str:
    return "".join(mark.text for mark in shown.all("mark", data_claim=str(claim.pk)))


def test_each_statement_is_marked_at_exactly_its_offsets(client: Client) -> None:
    article = factories.article(TEXT)
    claims = [statement(quote, article) for quote in ("Rain", "fell in May", "Nobody objected.")]
    shown = page(client, article)
    for claim in claims:
        (mark,) = shown.all("mark", data_claim=str(claim.pk))
        offsets = (int(mark["data-start"]), int(mark["data-end"]))
        assert offsets == (claim.quote_start, claim.quote_end)
        assert mark.text == TEXT[slice(*offsets)]
        assert mark["id"] == f"claim-{claim.pk}"
        assert mark.one("a")["href"].startswith(f"/claims/{claim.pk}-")


@pytest.mark.parametrize(
    "quotes", [(), ("the mayor said so",), (TEXT, "fell in May", "May.\n\nOn Monday\nthe", "said")]
)
def test_the_text_is_shown_exactly_as_it_is_stored(client: Client, quotes: tuple[str, ...]) -> None:
    article = factories.article(TEXT)
    statement("objected", article)
    for quote in quotes:
        statement(quote, article)
    text = page(client, article).one("div", class_="article-text")
    assert text.without("sup").text == TEXT
    assert [paragraph.without("sup").words for paragraph in text.all("p")] == [
        "𝕏 “Rain” fell in May.",
        "On Monday the mayor said so. It rained again.",
        "Nobody objected.",
    ]
    assert len(text.all("br")) == 1


def test_nested_and_overlapping_statements_are_each_marked_whole(client: Client) -> None:
    article = factories.article(TEXT)
    quotes = ("“Rain” fell in May", "Rain", "the mayor said so. It", "said so. It rained again.\n\nNobody")
    claims = [statement(quote, article) for quote in quotes]
    shown = page(client, article)
    assert [marked(shown, claim) for claim in claims] == list(quotes)
    inner = shown.one("mark", data_claim=str(claims[1].pk))
    assert inner.one("a")["href"].startswith(f"/claims/{claims[1].pk}-")
    identified = [mark["id"] for mark in shown.all("mark") if mark["id"]]
    assert sorted(identified) == sorted(f"claim-{claim.pk}" for claim in claims)


def test_a_number_after_each_statement_leads_to_its_verdict(client: Client) -> None:
    article = factories.article(TEXT)
    outer, inner = statement("“Rain” fell in May", article), statement("Rain", article)
    shown = page(client, article)
    markers = shown.all("sup", class_="marker")
    assert [marker.one("a")["aria-label"] for marker in markers] == ["Statement 2: True", "Statement 1: True"]
    for marker, claim in zip(markers, (inner, outer), strict=True):
        assert marker.one("a")["href"].startswith(f"/claims/{claim.pk}-")
    assert not [mark for mark in shown.all("mark") if mark.all("sup")]


def test_statements_are_listed_in_their_order_with_rating_and_speaker(client: Client) -> None:
    article = factories.article(TEXT)
    statement("Nobody objected", article, wording="Second.", speaker=factories.speaker("The Mayor"))
    statement("Rain", article, wording="First.", speaker=None, speaker_unknown=True)
    items = page(client, article).one("section", class_="statements").all("li")
    assert [item.words for item in items] == ["1 True First. Unattributed", "2 True Second. The Mayor"]


def test_a_statement_whose_words_are_gone_is_listed_as_such_and_not_marked(client: Client) -> None:
    article = factories.article(TEXT)
    kept, gone = statement("Rain", article), statement("Nobody objected", article, wording="It is gone.")
    shown = page(client, _changed(article, gone))
    assert [mark["data-claim"] for mark in shown.all("mark")] == [str(kept.pk)]
    assert "No longer found at its place" in shown.words
    assert "It is gone." in shown.one("li", id=f"claim-{gone.pk}").words


def _changed(article: Article, gone: Claim) -> Article:
    """The article with its text changed after publication, and the claim moved out of the way on the desk."""
    text = article.text.replace("Nobody objected", "Somebody did so")
    Claim.objects.filter(pk=gone.pk).update(quote="𝕏", quote_start=0, quote_end=1)
    Article.objects.filter(pk=article.pk).update(text=text)
    return Article.objects.get(pk=article.pk)


def test_what_is_known_of_the_article_is_shown(client: Client) -> None:
    article = factories.article(
        TEXT,
        title="Der Titel",
        title_note="Inferred.",
        byline="A. Writer",
        language="de",
        published_on="2022-07-01",
        published_on_precision="month",
        published_on_note="day not given",
        limits="Read in part only.",
    )
    statement("Rain", article)
    shown = page(client, article)
    assert (shown.one("h1")["lang"], shown.one("h1").words) == ("de", "Der Titel")
    assert shown.one("div", class_="article-text")["lang"] == "de"
    for words in ("Inferred.", "A. Writer", "July 2022", "day not given", "Read in part only.", "German"):
        assert words in shown.words
    assert article.url in [link["href"] for link in shown.all("a")]


def test_drafts_are_not_marked(client: Client) -> None:
    article = factories.article(TEXT)
    statement("Rain", article)
    factories.approved(factories.claim("Nobody objected", article=article, wording="A draft."))
    shown = page(client, article)
    assert len(shown.all("mark")) == 1
    assert "A draft." not in shown.text


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_articles_counts_their_statements(client: Client, number: int) -> None:
    for _ in range(number):
        factories.published()
    factories.article()
    shown = parse(client.get("/articles/"))
    assert [row.words.rpartition("·")[2].split()[-2:] for row in shown.one("ul", class_="rows").all("li")] == [
        ["1", "statement"]
    ] * number


def test_an_article_without_published_claims_is_not_found(client: Client) -> None:
    assert client.get(factories.article().get_absolute_url()).status_code == 404


def test_another_address_of_an_article_redirects(client: Client) -> None:
    article = factories.published().article
    for path in (f"/articles/{article.pk}/", f"/articles/{article.pk}-other/"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, article.get_absolute_url())


def test_verdicts_are_shown_where_they_fall_and_as_a_table(client: Client) -> None:
    article = factories.article(TEXT)
    first = statement("Rain", article)
    second = factories.published(factories.claim("Nobody objected", article=article), rating=factories.rating("false"))
    shown = page(client, article).one("section", class_="strip")
    assert [label.words for label in shown.all("label")] == ["True 1", "False 1"]
    assert [bar["href"] for bar in shown.one("ul").all("a")] == [f"#claim-{first.pk}", f"#claim-{second.pk}"]
    rows = [[cell.words for cell in row.all("td")] for row in shown.one("tbody").all("tr")]
    assert rows == [["True", "1"], ["False", "3"]]


def test_article_without_a_statement_at_its_place_has_neither_picture_nor_script(client: Client) -> None:
    article = factories.article(TEXT)
    shown = page(client, _changed(article, statement("Nobody objected", article)))
    assert shown.all("section", class_="strip") == []
    assert [shown.all("nav", id="steps"), shown.all("script")] == [[], []]


LONG = "the mayor of the second city said on Monday"


def moved(client: Client, before: str, after: str, quote: str) -> tuple[str, bool]:
    """The words that are marked in the text after a change, and whether the page says that they were moved."""
    article = factories.article(before)
    claim = statement(quote, article)
    correct(article, text=after)
    shown = page(client, article)
    return marked(shown, claim), "text was changed after one of them was published" in shown.text


@pytest.mark.parametrize(
    ("before", "after", "quote", "found"),
    [
        ("It rained. It snowed then.", "News: It rained. It snowed then.", "It snowed", ("It snowed", True)),
        ("It rained.", "News: It rained.", "It rained", ("", False)),
        ("It rained. It snowed.", "It rained. It hailed. It snowed.", "It snowed", ("", False)),
        (f"It rained, {LONG}.", f"News: It rained, {LONG}.", LONG, (LONG, True)),
        (f"It rained, {LONG}.", f"News: it hailed, {LONG}!", LONG, ("", False)),
        (f"It rained, {LONG}.", f"It poured, {LONG}.", LONG, (LONG, False)),
        (f"Ann: {LONG}. Bob: {LONG}.", f"Bob: {LONG}.", LONG, ("", False)),
        (f"Ann: {LONG}. Bob no.", f"Ann: nothing. Bob no. Later, Eve: {LONG}.", LONG, ("", False)),
        ("Ann: 5 votes\nBob: 5 votes", "Bob: 5 votes\nAnn: 5 votes", "5 votes", ("", False)),
        (f"{LONG}\n\nSo be it.", f"News\n\n{LONG}\n\nSo be it.", LONG, (LONG, True)),
        (f"{LONG}\n\nSo be it.", f"News: {LONG}\n\nSo be it.", LONG, ("", False)),
        (f"It rained, {LONG}.", f"So {LONG}. And {LONG}.", LONG, ("", False)),
        ("No. Yes.", "So. No. Yes. It is. No. Yes.", "Yes", ("", False)),
        ("It rained.", "It poured.", "It rained", ("", False)),
        ("It rained. It snowed.", "It rained. It hailed.", "It rained", ("It rained", False)),
    ],
)
def test_statement_is_marked_where_nothing_else_can_be_meant(
    client: Client, before: str, after: str, quote: str, found: tuple[str, bool]
) -> None:
    assert moved(client, before, after, quote) == found
