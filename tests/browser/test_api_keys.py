"""The pages of API keys in Chromium."""

import datetime
import os
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from claims import api_keys
from claims.models import ApiKey, ApiKeyDay
from tests.browser.desk import follow, sign_in
from tests.browser.faults import violations
from tests.claims import factories

PICTURES = os.environ.get("PICTURES")


@pytest.fixture
def ada(committed: None) -> User:
    """An administrator, with keys that were used, and one that was revoked."""
    user = factories.user("administrator", first_name="Ada", last_name="Min")
    key, secret = api_keys.issue(
        name="The Archive of the University", per_minute=1200, contact="ann@example.org", by=user
    )
    api_keys.spend(secret)
    for days in range(1, 12):
        day = timezone.now().date() - datetime.timedelta(days=days)
        ApiKeyDay.objects.create(key=key, day=day, requests=13_000 // days, refusals=days * 3)
    api_keys.issue(name="Suchmaschinenanbieter" * 4, per_minute=60, by=user)
    api_keys.revoke(api_keys.issue(name="Lost one", per_minute=60, by=user)[0], by=user)
    return user


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_are_accessible_and_fit(chromium: Browser, live_server: LiveServer, ada: User, scheme: str) -> None:
    faults: list[str] = []
    key, lost = (ApiKey.objects.get(name__startswith=name) for name in ("The Archive", "Lost"))
    pages = {
        "keys": reverse("admin:claims_apikey_changelist"),
        "key-issue": reverse("admin:claims_apikey_add"),
        "key": reverse("admin:claims_apikey_change", args=[key.pk]),
        "key-revoked": reverse("admin:claims_apikey_change", args=[lost.pk]),
        "key-revoke": reverse("admin:claims_apikey_revoke", args=[key.pk]),
    }
    page = sign_in(chromium, live_server, ada, faults, color_scheme=scheme)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for name, path in pages.items():
            page.goto(live_server.url + path)
            faults += [f"{name} {width} {scheme}: {fault}" for fault in violations(page)]
            if PICTURES:
                page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png", full_page=True)
        page.goto(live_server.url + pages["key-issue"])
        page.get_by_label("Name").fill("The Archive")
        follow(page.get_by_role("button", name="Issue"))
        faults += [f"key-issued {width} {scheme}: {fault}" for fault in violations(page)]
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"key-issued-{width}-{scheme}.png", full_page=True)
    page.context.close()
    assert faults == []


def test_key_is_issued_copied_and_revoked(chromium: Browser, live_server: LiveServer, ada: User) -> None:
    faults: list[str] = []
    page = sign_in(chromium, live_server, ada, faults, permissions=["clipboard-read", "clipboard-write"])
    page.goto(live_server.url + reverse("admin:claims_apikey_add"))
    page.get_by_label("Name").fill("The Museum")
    page.get_by_label("Requests a minute").fill("2")
    follow(page.get_by_role("button", name="Issue"))
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    secret = page.evaluate("navigator.clipboard.readText()")
    assert secret == page.get_by_label("Key", exact=True).input_value()
    assert [api_keys.spend(secret).refused for _ in range(3)] == [False, False, True]
    follow(page.get_by_role("link", name="I have copied it"))
    follow(page.get_by_role("link", name="The Museum"))
    follow(page.get_by_role("link", name="Revoke"))
    follow(page.get_by_role("button", name="Revoke this key"))
    expect(page.get_by_text("The key of “The Museum” is revoked.")).to_be_visible()
    assert api_keys.spend(secret) is None
    page.context.close()
    assert faults == []
