"""An article from pasted text to a published verdict and its correction, by three people, through what they see alone.

PICTURES=docs/images/desk takes the pictures of docs/editors.md on the way (`make pictures`).
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Article, Claim, Publication
from sources.models import Source
from tests.browser.hands import Keyboard, Mouse
from tests.browser.person import Person
from tests.claims import factories

TEXT = (
    "The harbour tunnel opened on Monday after six years of work.\n\n"
    "“It is the longest road tunnel in the country,” transport minister Lena Ortiz told reporters at the ceremony. "
    "She said that the tunnel had cost 1.2 billion crowns, less than planned.\n\n"
    "The port authority expects lorries to leave the old town within a year. "
    "Noise there would fall by a third, its director Jon Bakke added.\n\n"
    "Shop owners in the old town told this newspaper that they had not been asked."
)
CLAIM = "The harbour tunnel is the country’s longest road tunnel."
LONGEST = "It is the longest road tunnel in the country"
COST = "the tunnel had cost 1.2 billion crowns"
NOISE = "Noise there would fall by a third"


@pytest.fixture
def newsroom(committed: None) -> Iterator[dict[str, object]]:
    """Three people, a scale, an outlet and one source that is known already."""
    factories.whole_scale()
    factories.source(title="Register of road tunnels", url="https://roads.example.org/tunnels", independence="primary")
    names = {"researcher": ("Rosa", "Searle"), "reviewer": ("Rafael", "View"), "publisher": ("Paula", "Bligh")}
    return {
        role: factories.user(role, first_name=first, last_name=last, username=first.lower())
        for role, (first, last) in names.items()
    }


@pytest.mark.parametrize("hand", [Mouse, Keyboard])
def test_article_becomes_a_verdict_and_the_verdict_is_corrected(
    chromium: Browser, live_server: LiveServer, newsroom: dict[str, object], hand: type
) -> None:
    faults: list[str] = []
    rosa, rafael, paula = (
        Person(chromium, live_server.url, newsroom[role], hand, faults)
        for role in ("researcher", "reviewer", "publisher")
    )
    bring_in(rosa)
    record_three_statements(rosa)
    research(rosa)
    submit(rosa)
    send_back(rafael)
    amend(rosa)
    approve(rafael)
    publish(paula)
    address = read(paula)
    correct(paula, rosa, rafael)
    read_correction(paula, address)
    tell(paula)
    correct_the_text(rosa)
    for person in (rosa, rafael, paula):
        person.page.context.close()
    assert faults == []


def bring_in(rosa: Person) -> None:
    rosa.press("Bring in an article")
    rosa.fill("Title:", "Harbour tunnel opens")
    rosa.fill("Address:", "https://harbourpost.example.org/tunnel-opens")
    rosa.fill("Byline:", "A. Reporter")
    rosa.fill("Published on:", "2026-11-23")
    rosa.fill("Text:", TEXT)
    rosa.picture("article")
    rosa.button("Save")
    expect(rosa.page.get_by_role("region", name="The article’s text")).to_be_visible()
    assert Article.objects.get().published == "2026-11-23"


def record_three_statements(rosa: Person) -> None:
    record(rosa, LONGEST, "Lena Ortiz", "person", wording=CLAIM)
    record(rosa, COST, "Lena Ortiz", "", wording="The harbour tunnel cost 1.2 billion crowns.")
    record(rosa, NOISE, "Jon Bakke", "person", wording="Noise in the old town will fall by a third.", picture=True)
    recorded = list(Claim.objects.order_by("pk").values_list("quote", "speaker__name"))
    assert recorded == [(LONGEST, "Lena Ortiz"), (COST, "Lena Ortiz"), (NOISE, "Jon Bakke")]
    assert Claim.objects.get(quote=LONGEST).form == "direct_quote"


def record(rosa: Person, words: str, speaker: str, new: str, *, wording: str, picture: bool = False) -> None:
    page, panel = rosa.page, "#panel"
    rosa.hand.select_words(words)
    page.keyboard.press("r")
    dialog = page.get_by_role("dialog", name="Record statement")
    expect(dialog).to_be_visible()
    rosa.fill("The claim", wording, inside=panel)
    box = dialog.get_by_label("Speaker", exact=True)
    rosa.hand.fill(box, speaker)
    wanted = f"Create “{speaker}” as a {new}" if new else speaker
    option = dialog.get_by_role("option", name=wanted)
    expect(option).to_be_visible()
    if isinstance(rosa.hand, Keyboard):
        while option.get_attribute("aria-selected") != "true":
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    else:
        option.click()
    expect(box).to_have_value(speaker)
    if new:
        expect(dialog.get_by_text(f"“{speaker}” is there now.")).to_be_visible()
    if picture:
        rosa.picture("annotate")
    rosa.button("Save", inside=panel)
    expect(dialog).to_be_hidden()
    expect(page.locator("#text mark", has_text=words)).to_be_visible()


def research(rosa: Person) -> None:
    """Open the first statement by its highlight, and collect what speaks for and against it."""
    page = rosa.page
    rosa.hand.press(page.locator("#text mark a", has_text=LONGEST))
    rosa.press("Start research")
    rosa.button("Start research")
    rosa.choose("Rating", "False")
    rosa.fill("Summary", "The hill tunnel, opened in 2019, is longer by 400 metres.")
    rosa.fill("Explanation", "The register of road tunnels lists **two** longer ones.")
    first = page.locator("#evidence-0")
    rosa.fill("or paste its address", "http://www.roads.example.org/tunnels/?utm_source=mail", inside="#evidence-0")
    expect(first.locator(".found")).to_contain_text("Register of road tunnels")
    rosa.choose("Stance", "refutes", inside="#evidence-0")
    rosa.fill(
        "What it says that matters here", "The hill tunnel has 4,100 metres, this one 3,700.", inside="#evidence-0"
    )
    rosa.hand.press(page.locator("#evidence-group .add-row a"))
    second = "#evidence-1"
    rosa.fill("or paste its address", "https://hill.example.org/opening", inside=second)
    expect(page.locator(second).locator(".found")).to_contain_text("No source has this address yet")
    rosa.fill("Title", "The hill tunnel opens", inside=second)
    rosa.fill("Publisher", "Hill Gazette", inside=second)
    rosa.choose("Stance", "refutes", inside=second)
    rosa.fill("What it says that matters here", "It has 4,100 metres.", inside=second)
    rosa.looks_right("claim being written")
    rosa.button("Save", inside="nav.parts")
    rosa.sees("The claim is saved")
    rosa.picture("claim")
    assert Source.objects.filter(title="The hill tunnel opens", publisher__name="Hill Gazette").exists()
    assert Claim.objects.get(quote=LONGEST).evidence.count() == 2


def open_claim(person: Person, status: str) -> None:
    """Find the first claim by the desk's counts."""
    person.page.goto(f"{person.home}/admin/")
    counts = person.page.get_by_role("navigation", name="Claims by status")
    person.follow(counts.get_by_role("link", name=re.compile(rf"{status}$")))
    person.follow(person.page.locator("#result_list").get_by_role("link", name=CLAIM))
    person.sees("Before publishing" if status != "published" else "Publications")


def submit(rosa: Person) -> None:
    rosa.press("Submit for review")
    rosa.button("Submit for review")
    rosa.sees("The claim is now in review")


def send_back(rafael: Person) -> None:
    rafael.next_step("Waiting for my review")
    rafael.sees("The hill tunnel, opened in 2019")
    rafael.fill("What should change", "Say which register this is.")
    rafael.button("Request changes")
    rafael.sees("The claim is now researching")


def amend(rosa: Person) -> None:
    rosa.desk()
    rosa.sees("Say which register this is.")
    rosa.picture("desk")
    rosa.next_step("Returned to me")
    rosa.fill("Explanation", "The **road authority’s** register of road tunnels lists two longer ones.")
    rosa.button("Save", inside="nav.parts")
    rosa.sees("The claim is saved")
    submit(rosa)


def approve(rafael: Person) -> None:
    rafael.next_step("Waiting for my review")
    rafael.sees("Request changes")
    rafael.looks_right("review")
    rafael.button("Approve")
    rafael.sees("The claim is now approved")


def publish(paula: Person) -> None:
    paula.next_step("Ready to publish")
    paula.button("Publish")
    paula.sees("The claim is now published")


def read(paula: Person) -> str:
    """The address of the verdict's page."""
    paula.press("See what readers see")
    expect(paula.page.get_by_role("heading", level=1)).to_have_text(CLAIM)
    paula.sees("The road authority’s register of road tunnels")
    return paula.page.url


def correct(paula: Person, rosa: Person, rafael: Person) -> None:
    open_claim(paula, "published")
    paula.press("Correct")
    paula.fill("Public note", "The difference was given as 400 metres; it is 500.")
    paula.button("Correct")
    open_claim(rosa, "researching")
    rosa.fill("Summary", "The hill tunnel, opened in 2019, is longer by 500 metres.")
    rosa.button("Save", inside="nav.parts")
    rosa.sees("The claim is saved")
    submit(rosa)
    rafael.next_step("Waiting for my review")
    rafael.sees("Request changes")
    rafael.picture("review")
    rafael.button("Approve")
    rafael.sees("The claim is now approved")
    publish(paula)
    assert list(Publication.objects.values_list("kind", flat=True)) == ["verdict", "correction"]


def read_correction(paula: Person, address: str) -> None:
    paula.page.goto(address)
    paula.sees("The difference was given as 400 metres; it is 500.")
    paula.sees("is longer by 500 metres")


def tell(paula: Person) -> None:
    open_claim(paula, "published")
    paula.press("History")
    paula.sees("Say which register this is.")
    paula.picture("story")


def correct_the_text(rosa: Person) -> None:
    """The outlet has put a figure right: one claim's words are not what they were, and somebody says so."""
    rosa.desk()
    rosa.press("Articles")
    rosa.press("Harbour tunnel opens")
    rosa.press("Correct the text")
    rosa.fill("Text", TEXT.replace("1.2 billion", "1.3 billion"))
    rosa.button("See what changes")
    rosa.sees("Nothing is changed yet.")
    rosa.button("Correct the text")
    rosa.sees("Are these its words now?")
    rosa.picture("anchors")
    assert Claim.objects.get(quote=COST).anchor == "changed"
    rosa.button("Confirm")
    expect(rosa.page.locator(".adrift-claim")).to_have_count(0)
    claim = Claim.objects.get(quote=COST.replace("1.2", "1.3"))
    assert (claim.is_anchored, Claim.objects.get(quote=LONGEST).anchor) == (True, "exact")
