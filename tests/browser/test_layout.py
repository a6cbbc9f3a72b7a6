"""What tells that words are out of place does tell, and does not where they are in place."""

import pytest
from playwright.sync_api import Browser

from tests.browser.layout import misplaced

LONG = "w" * 100
TALL = "<br>" * 99
FOOT = "position: fixed; bottom: 0"
UNSEEN = "position: absolute; clip-path: inset(50%)"


@pytest.mark.parametrize(
    ("html", "faults"),
    [
        ("<p>One<p>Two", []),
        ("<p>One<p style='margin-top: -2em'>Two", ["“One” in p. lies on “Two” in p."]),
        (f"<p>One<p style='margin-top: -2em'><span style='{UNSEEN}'>Two</span>", []),
        (f"<p>{TALL}<p>Two<p style='{FOOT}'>One", ["“Two” in p. lies on “One” in p."]),
        (f"<p>{TALL}<p>Two<p style='{FOOT}'>One<p style='height: 5em'>", []),
        ("<p style='overflow: hidden; height: 5px'>One", ["cut off: “One” in p."]),
        (f"<p style='overflow: auto'>{LONG}", []),
        (f"<p>{LONG}", [f"beyond the screen: “{LONG[:30]}” in p.", "px too wide"]),
        ("<p class='c' style='position: relative; right: 20px'>One", ["beyond the screen: “One” in p.c"]),
    ],
)
def test_words_out_of_place_are_found(chromium: Browser, html: str, faults: list[str]) -> None:
    page = chromium.new_page()
    page.set_content(html)
    found = misplaced(page, 360)
    page.close()
    assert [fault.lstrip("0123456789") for fault in found] == faults
