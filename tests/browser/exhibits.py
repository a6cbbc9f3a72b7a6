"""One of everything that public pages can show: what is there to be looked at."""

from claims.enums import Checkability, Form, Stance
from claims.models import Article, Claim, PublishedClaim
from claims.presentation import addresses
from tests.claims import factories

TEXT = (
    "The ministry said on Tuesday that 94 per cent of people were vaccinated, a record in the region.\n\n"
    "“Nobody was left behind,” the minister said. Prisoners came first.\n"
    "A spokesman added that it had cost nothing.\n\n"
    "កម្ពុជាបានចាក់វ៉ាក់សាំងដល់ប្រជាជនជាងប្រាំបួនសិបភាគរយ "
    "تلقّى معظم السكان اللقاح مجانًا. "
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
)
PAID = "| Who | How | Share |\n|:--|:-:|--:|\n| Readers | *monthly* | 94% |\n| A foundation, once | by contract | 6% |"


def article() -> Article:
    return factories.article(
        TEXT,
        title="A ministry's record, and what it leaves out",
        title_note="The headline is inferred.",
        published_on="2022-07-01",
        published_on_precision="month",
        published_on_note="the day is not given",
        byline="A. Writer",
        limits="Sources were read in archived copies.",
    )


def claim(quote: str, *, article: Article, wording: str, **fields: object) -> Claim:
    made = factories.claim(
        quote,
        article=article,
        wording=wording,
        form=Form.PARAPHRASE,
        position="spokesman of the ministry",
        occasion="a press conference",
        stated_on="2022-07-12",
        stated_on_precision="day",
        stated_on_note="the day of the release",
        topics=("Covid-19", "Health"),
        **fields,
    )
    made.refresh_from_db()
    for stance in (Stance.REFUTES, Stance.CONTEXT):
        source = factories.source(
            title="The register of doses",
            independence="official_figures",
            independence_note="Kept by the ministry itself.",
            access="archived",
            published_on="2022-01-01",
            published_on_precision="year",
            published_on_note="from its first page",
        )
        factories.evidence(made, stance=stance, finding="It counts doses, not people.", locator="row 7", source=source)
    return made


def address(claim: Claim) -> str:
    return PublishedClaim.objects.get(pk=claim.pk).get_absolute_url()


def install() -> dict[str, str]:
    """Publish all of it; returns the paths of the page types by name."""
    factories.whole_scale()
    text = article()
    minister, ministry = factories.speaker("The Minister"), factories.speaker("The Ministry", kind="organization")
    whole = claim(
        "94 per cent of people were vaccinated, a record in the region",
        article=text,
        wording="94 per cent of people were vaccinated, more than anywhere else in the region.",
        speaker=minister,
        relays=ministry,
    )
    factories.published(
        whole,
        rating=factories.rating("mixed"),
        summary="The share is right for first doses; the record is not one.",
        explanation="The figure counts *first* doses.\n\n- 94 per cent had one\n- 86 per cent had two\n\n"
        "See [the register](https://example.org/register).",
        needed="The neighbours' figures for the same week.",
    )
    corrected = claim("94 per cent", article=text, wording="The share was 94 per cent.", speaker=minister)
    factories.published(corrected)
    factories.amended(corrected, note="The share was given as 95 per cent here.", rating=factories.rating("false"))
    retracted = claim("Nobody was left behind", article=text, wording="Nobody was left out.", speaker=minister)
    factories.published(retracted, rating=factories.rating("unproven"))
    factories.amended(retracted, kind="retraction", note="The source turned out to be forged.")
    vague = claim("left behind,” the minister said. Prisoners came first.\nA", article=text, wording="All gained.")
    Claim.objects.filter(pk=vague.pk).update(checkability=Checkability.VAGUE)
    vague.refresh_from_db()
    factories.published(vague, kind="listing", rating=None, summary="A feeling.", explanation="Nothing to test.")
    factories.site_page(
        "funding", title="Who pays for this", summary="In short.", text=f"## Readers\n\nMost of it.\n\n{PAID}"
    )
    factories.site_page("history").delete()
    listed = factories.claim(TEXT[-160:], article=text, wording=TEXT[-160:], speaker=ministry)
    factories.listed(listed)
    factories.listed(factories.claim("កម្ពុជា", article=text, wording="កម្ពុជា"))
    factories.listed(factories.claim("معظم السكان", article=text, wording="تلقّى معظم السكان اللقاح."))
    return {
        "home": "/",
        "claims": "/claims/",
        "claims-found": f"/claims/?q=share&rating=false&speaker={minister.pk}&topic=health",
        "claims-errors": "/claims/?stated_after=July&speaker=x",
        "claims-none": "/claims/?q=absent",
        "verdict": address(whole),
        "corrected": address(corrected),
        "version": f"{address(corrected)}v1/",
        "retracted": address(retracted),
        "not-checkable": address(vague),
        "listing": address(listed),
        "articles": "/articles/",
        "article": text.get_absolute_url(),
        "speakers": "/speakers/",
        "speaker": minister.get_absolute_url(),
        "ratings": "/ratings/",
        "topics": "/topics/",
        "topic": "/topics/health/",
        "sources": "/sources/",
        "source": addresses.source(*whole.evidence.values_list("source", "source__title")[0]),
        "outlets": "/outlets/",
        "outlet": addresses.outlet(text.outlet_id, text.outlet.name),
        "card": f"{address(whole)}card/",
        "card-retracted": f"{address(retracted)}card/",
        "version-2": f"{address(corrected)}v2/",
        "corrections": "/corrections/",
        "ledger": "/ledger/",
        "ledger-checked": f"/ledger/?claim={corrected.pk}",
        "ledger-wrong": "/ledger/?claim=x",
        "site-page": "/funding/",
        "not-found": "/claims/999999/",
        "gone": "/history/",
    }
