"""Hostile words in Chromium: nothing of them runs or loads, and no word is wider than a telephone."""

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from claims.models import PublishedClaim
from tests.browser.desk import sign_in
from tests.claims import factories, hostile

BEYOND = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide <= 0) return "";
  const edge = document.documentElement.clientWidth + 1;
  const beyond = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > edge);
  const names = beyond.map((one) => one.tagName.toLowerCase() + (one.className ? "." + one.className : ""));
  return `${wide}px too wide: ${names.slice(0, 4).join(", ")}`;
}"""


def pages(world: hostile.World) -> list[str]:
    url = PublishedClaim.objects.get(pk=world.published.pk).get_absolute_url()
    article, speaker = world.article.get_absolute_url(), world.published.speaker.get_absolute_url()
    desk = [f"claim/{world.claim.pk}/{page}/" for page in ("change", "history", "review", "preview", "contact", "note")]
    desk += [f"article/{world.article.pk}/{page}/" for page in ("annotate", "anchors", "correct", "change", "history")]
    desk += [f"claim/{world.published.pk}/{page}/" for page in ("change", "history", "correct/step")]
    desk += [f"speaker/{world.published.speaker_id}/merge/?into={world.published.relays_id}", "claim/import/"]
    desk += ["claim/", "article/", "speaker/", "review/", "publication/"]
    public = ["/", "/claims/", "/articles/", "/speakers/", url, f"{url}v1/", article, speaker]
    return [*public, "/admin/", *(f"/admin/claims/{page}" for page in desk)]


@pytest.mark.usefixtures("committed")
def test_nothing_hostile_runs_or_is_too_wide(chromium: Browser, live_server: LiveServer) -> None:
    world = hostile.world()
    user = factories.user("administrator", is_superuser=True)
    faults: list[str] = []
    page = sign_in(chromium, live_server, user, faults, viewport={"width": 390, "height": 900})
    page.on("dialog", lambda dialog: (faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    for address in pages(world):
        before = len(faults)
        page.goto(live_server.url + address)
        faults[before:] = [f"{address}: {fault}" for fault in faults[before:]]
        if beyond := page.evaluate(BEYOND):
            faults.append(f"{address}: {beyond}")
    page.context.close()
    assert not faults, "\n".join(faults)
