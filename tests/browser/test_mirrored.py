"""Every type of public page in a language that is written from right to left, and of which all else is made up.

PICTURES names a folder to keep a picture of each page in.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import orjson
import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page

from claims.models import Article, Publication, Rating, SitePage, Speaker, Topic
from sources.models import Publisher, Source
from tests import mirrored
from tests.browser.faults import beyond, violations

PICTURES = os.environ.get("PICTURES")
PHONE, DESKTOP = ({"width": width, "height": 900} for width in (360, 1440))
# Names that are the same in every language.
NAMES = {"Assay", "UTC", "JSON", "CSV", "BibTeX", "SHA", "RFC", "Atom", "Bluesky", "Facebook", "LinkedIn", "Telegram"}
NAMES |= {"WhatsApp"}
STATUS = {"not-found": 404, "gone": 410}
# A document's values that readers are told in words of their own.
CODED = {"access", "checkability", "form", "independence", "kind", "outcome", "stance", "verification_status"}
SAID = """
() => {
  const said = [document.title, ...[...document.querySelectorAll("meta[name=description], meta[property='og:title']")]
    .map((meta) => meta.content)];
  for (const element of document.querySelectorAll("body, body *, link[title]")) {
    if (element.closest("code, pre, script, style, kbd, [dir=ltr]")) continue;
    for (const name of ["aria-label", "title", "alt", "placeholder"]) said.push(element.getAttribute(name) ?? "");
    for (const child of element.childNodes) if (child.nodeType === Node.TEXT_NODE) said.push(child.data);
  }
  return said.filter((text) => /[A-Za-z]{2}/.test(text));
}
"""


@pytest.fixture
def right_to_left(settings: Any, tmp_path: Path) -> None:
    settings.LOCALE_PATHS = [mirrored.catalogues(tmp_path)]
    settings.LANGUAGE_CODE = mirrored.LANGUAGE


def test_pages_are_mirrored_whole_and_fit_the_screen(
    right_to_left: None, chromium: Browser, site: dict[str, str]
) -> None:
    faults: list[str] = []
    page = chromium.new_page()
    # Citations leave out a full stop.
    data = sorted({text for known in _data() for text in (known, known.rstrip("."))}, key=len, reverse=True)
    for name, address in site.items():
        page.set_viewport_size(PHONE)
        answer = page.goto(address)
        if answer is None or answer.status != STATUS.get(name, 200):
            faults.append(f"{name}: does not answer")
        # Of a page's variants axe has seen all with the first.
        found = violations(page) if "-" not in name else []
        asked = [value for _name, value in parse_qsl(urlsplit(address).query)]
        faults += [f"{name}: {fault}" for fault in [*found, *_faults(page, [*data, *asked])]]
        _picture(page, f"{name}-mirrored-360")
        page.set_viewport_size(DESKTOP)
        faults += [f"{name}: {fault}" for fault in _too_wide(page)]
        _picture(page, f"{name}-mirrored-1440")
    page.close()
    assert "\n".join(faults) == ""


def test_text_that_is_no_data_is_told_from_what_is() -> None:
    data = ["The Minister said so.", "Minister", "test", "La"]
    assert [_is_ours(text, data) for text in ("Minister", "said so", "تساذش: Minister", "UTC")] == [False] * 4
    assert [_is_ours(text, data) for text in ("Latest", "By Minister", "Ministers")] == [True] * 3


def _faults(page: Page, data: list[str]) -> list[str]:
    faults = [f"“{text}” is in Latin letters" for text in page.evaluate(SAID) if _is_ours(text, data)]
    if page.evaluate("document.documentElement.dir") != "rtl":
        faults.append("not from right to left")
    # The dots between facts are parts of these: they follow the page, not the words of others.
    if page.locator(".facts-line > [dir]").count():
        faults.append("a fact with a direction of its own")
    return faults + _too_wide(page)


def _too_wide(page: Page) -> list[str]:
    return [f"{wide}px too wide" for wide in [beyond(page)] if wide > 0]


def _picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def _is_ours(text: str, data: list[str]) -> bool:
    """Whether a text on a page has Latin letters that are no data of the record, nor names."""
    if any(text.strip() in known for known in data):
        return False
    for known in data:
        text = re.sub(rf"(?<!\w){re.escape(known)}(?!\w)", " ", text) if known in text else text
    return bool(set(re.findall(r"[A-Za-z]{2,}", text)) - NAMES)


def _data() -> Iterator[str]:
    """All that people wrote."""
    for document, note in Publication.objects.values_list("document", "note"):
        yield from _texts(orjson.loads(document))
        yield note
    for model in (Article, Publisher, Rating, SitePage, Source, Speaker, Topic, User):
        names = [field.name for field in model._meta.concrete_fields if not field.choices]
        for row in model._default_manager.values_list(*names):
            yield from _texts([value for value in row if isinstance(value, str | list)])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str) and len(value) > 1:
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            if name not in CODED:
                yield from _texts(item)
