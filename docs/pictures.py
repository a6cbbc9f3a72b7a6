"""Take the pictures of README.md from the seeds' record, served as `make run` does: python -m docs.pictures."""

import io
import json
import urllib.request
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.audit.surroundings import surroundings
from tests.audit.tools import CHROMIUM

IMAGES = Path(__file__).parent / "images"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DESKTOP, PHONE = {"width": 1200, "height": 1120}, {"width": 390, "height": 844}
ARTICLE = "/articles/{article}/"
VERDICT = "/claims/{verdict}/"
# By name: the page, the window and the scheme.
PICTURES = {
    "article": (ARTICLE, DESKTOP, "light"),
    "verdict": (VERDICT, DESKTOP, "light"),
    "verdict-phone": (VERDICT, PHONE, "dark"),
    "claims-phone": ("/claims/", PHONE, "light"),
}
# Pages have few colours: with so many, these pictures take a third of the room.
COLOURS = 96


def main() -> None:
    with surroundings():
        # Not before Django is set up.
        from tests.audit import records

        with records.served("seeds") as (home, _paths), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            keys = shown(home)
            for name, (path, window, scheme) in PICTURES.items():
                page = browser.new_page(viewport=window, color_scheme=scheme)
                page.goto(home + path.format(**keys))
                small(page.screenshot()).save(IMAGES / f"{name}.png", optimize=True)
                page.close()
            browser.close()


def shown(home: str) -> dict[str, int]:
    """The claim whose verdict is shown, and its article."""
    with urllib.request.urlopen(f"{home}/api/v1/claims/?q=inoculation") as answer:  # noqa: S310
        claim = json.load(answer)["results"][0]
    return {"verdict": claim["id"], "article": claim["article"]["id"]}


def small(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)


if __name__ == "__main__":
    main()
