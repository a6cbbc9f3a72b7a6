"""Every type of public page with nothing, little, much and hard to show: no word is cut off, covered or lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browser import sizes


@pytest.mark.usefixtures("committed")
@pytest.mark.parametrize("fill", [lambda: None, sizes.bare, lambda: sizes.hard(29)], ids=["none", "one", "many"])
def test_words_keep_their_places(chromium: Browser, live_server: LiveServer, fill: Callable[[], None]) -> None:
    fill()
    assert sizes.looked_at(chromium, live_server.url) == []
