"""Records of many sizes and hard words, for pages to be laid out with: what is long, what turns, what is missing."""

from playwright.sync_api import Browser

from claims.models import Article, Claim, PublishedClaim, Topic
from claims.querysets import public_sources
from tests.browser.faults import listen
from tests.browser.layout import misplaced
from tests.claims import factories

WIDTHS = (360, 768, 1440)

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
KHMER = "កម្ពុជាបានចាក់វ៉ាក់សាំងដល់ប្រជាជនជាងប្រាំបួនសិបភាគរយក្នុងរយៈពេលតែប៉ុន្មានខែប៉ុណ្ណោះ"
ARABIC = "تلقّى معظم السكان اللقاح مجانًا (94%)، وقالت الوزارة: «لم يُترك أحد»"
HARD = (LONG, KHMER, ARABIC, f"https://example.org/{LONG}/{LONG}?a={LONG}", "Plain words, and few.")

LISTS = ["/", "/claims/", "/articles/", "/speakers/", "/topics/", "/sources/", "/outlets/", "/ratings/"]
LISTS += ["/corrections/", "/ledger/", "/claims/?q=nothing-has-this-word"]


def bare() -> None:
    """One claim that lacks all that it may lack."""
    nowhere = factories.article("It rained. Nobody objected.", outlet=None, url="")
    day = {"stated_on": "2022-01-01", "stated_on_precision": "year"}
    factories.listed(factories.claim(article=nowhere, speaker=None, speaker_unknown=True, **day))


def hard(number: int) -> None:
    """So many claims of one article, by one person and on one topic, all in words that are hard to lay out."""
    factories.whole_scale()
    text = "\n\n".join(f"{HARD[place % len(HARD)]} {place} {LONG * 2}" for place in range(number))
    article = factories.article(
        text, title=f"{LONG} {ARABIC}", title_note=KHMER, byline=LONG, limits=f"{ARABIC} {LONG}"
    )
    Article.objects.filter(pk=article.pk).update(outlet=factories.publisher(f"{ARABIC} {LONG}"))
    article.refresh_from_db()
    source = factories.source(title=f"{KHMER} {LONG}", publisher=article.outlet, independence_note=LONG)
    speaker, other = factories.speaker(f"{ARABIC} {LONG}"), factories.speaker(KHMER)
    topic = Topic.objects.create(slug="hard", name=f"{LONG}"[:100])
    for place, quote in enumerate(text.split("\n\n")):
        words = HARD[place % len(HARD)]
        claim = factories.claim(
            quote,
            article=article,
            wording=f"{words} {place}",
            speaker=speaker,
            relays=other,
            position=words,
            occasion=words,
        )
        claim.topics.add(topic)
        factories.evidence(claim, finding=f"{words} {LONG}", locator=words, source=source)
        publish(claim, words, place)


def publish(claim: Claim, words: str, place: int) -> None:
    claim.refresh_from_db()
    factories.published(
        claim,
        rating=factories.rating(list(factories.SCALE)[place % len(factories.SCALE)]),
        summary=words,
        explanation=f"# {words}\n\n- {words}\n\n| {words} | b |\n|---|---|\n| {LONG} | {words} |\n\n```\n{words}\n```",
        needed=words,
    )
    if place % 7 == 3:
        factories.amended(claim, kind="correction" if place % 2 else "retraction", note=f"{words} {LONG}")


def pages() -> list[str]:
    """The lists, and one page of each other type that there is: those of the claim that was published last."""
    for claim in PublishedClaim.objects.order_by("-publication")[:1]:
        url = claim.get_absolute_url()
        things = {"articles": claim.article_id, "speakers": claim.speaker_id, "outlets": claim.outlet_id}
        things["sources"] = public_sources().order_by("pk").values_list("pk", flat=True).first()
        found = [f"/{kind}/{key}/" for kind, key in things.items() if key]
        found += [f"/topics/{slug}/" for slug in claim.topics[:1]]
        return [*LISTS, url, f"{url}v1/", f"{url}card/", *found]
    return LISTS


def looked_at(chromium: Browser, home: str) -> list[str]:
    """What is wrong with each type of page, and with the next page of each list, at every width."""
    faults: list[str] = []
    page = chromium.new_page()
    listen(page, home, faults)
    for path in pages():
        address = home + path
        while address:
            page.goto(address)
            faults += [f"{address} at {width}: {fault}" for width in WIDTHS for fault in misplaced(page, width)]
            more = page.locator("a[rel=next]")
            address = more.first.evaluate("link => link.href") if "page=" not in address and more.count() else ""
    page.close()
    return faults
