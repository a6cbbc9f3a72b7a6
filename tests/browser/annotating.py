"""The page of an article on which statements are recorded, and selecting its words."""

from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from claims.models import Article
from tests.browser.desk import sign_in
from tests.claims import factories

TEXT = (
    "𝒯he ministry said on Tuesday that 94 per cent of people were vaccinated, a record in the region.\n\n"
    "“Nobody was left behind,” the minister said. Prisoners came first.\n\nIt had cost nothing."
)

# Selects words as a person does: presses at their beginning, and lets go at their end.
PLACES = """words => {
  const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
  const ends = [];
  for (const part of words) {
    walker.currentNode = document.getElementById("text");
    while (walker.nextNode()) {
      const at = walker.currentNode.data.indexOf(part);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(walker.currentNode, at);
      range.setEnd(walker.currentNode, at + part.length);
      const rects = [...range.getClientRects()];
      ends.push([rects[0].left, rects[0].top + rects[0].height / 2]);
      ends.push([rects.at(-1).right, rects.at(-1).top + rects.at(-1).height / 2]);
      break;
    }
  }
  return ends;
}"""


def drag(page: Page, first: str, last: str = "") -> None:
    """Select from the beginning of one run of words to the end of another (by default its own)."""
    places = page.evaluate(PLACES, [first, last or first])
    page.mouse.move(places[0][0] + 1, places[0][1])
    page.mouse.down()
    page.mouse.move(places[3][0] - 4, places[3][1], steps=4)
    page.mouse.move(places[3][0] - 0.5, places[3][1])
    page.mouse.up()


def open_page(
    chromium: Browser, live_server: LiveServer, article: Article, faults: list[str], **context: object
) -> Page:
    page = sign_in(chromium, live_server, factories.user("annotator"), faults, **context)
    page.goto(live_server.url + reverse("admin:claims_article_annotate", args=[article.pk]))
    return page
