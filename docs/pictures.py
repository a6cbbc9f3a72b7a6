"""Take the README's pictures from a running demo: python docs/pictures.py http://127.0.0.1:8000"""

import json
import sys
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parent / "images"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def address_of_claim(home: str, words: str) -> str:
    """The verdict page of the first claim with these words."""
    with urllib.request.urlopen(f"{home}/api/v1/claims/?q={words}") as answer:  # noqa: S310
        return json.load(answer)["results"][0]["url"].partition("/claims/")[2]


def main(home: str) -> None:
    IMAGES.mkdir(exist_ok=True)
    pages = {"article": "/articles/1/", "verdict": "/claims/" + address_of_claim(home, "inoculation")}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for name, path in pages.items():
            page = browser.new_page(viewport={"width": 1200, "height": 1500})
            page.goto(home + path)
            page.screenshot(path=IMAGES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
