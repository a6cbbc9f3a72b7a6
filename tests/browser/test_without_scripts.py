"""Every type of public page in Chromium that has scripts, with them and without: the same words to read."""

from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

READ = """() => document.body.innerText.split(/\\s*\\n\\s*/).filter(Boolean)"""
# What is served hidden is a tool, which a script shows because it is what does the work.
WITHOUT_TOOLS = """async () => {
  const text = await (await fetch(location.href)).text();
  const served = new DOMParser().parseFromString(text, "text/html");
  for (const tool of served.querySelectorAll("[hidden][id]")) document.getElementById(tool.id).remove();
}"""


def test_pages_say_the_same_without_scripts(chromium: Browser, live_server: LiveServer, site: dict[str, str]) -> None:
    said = {}
    page = chromium.new_page()
    for name, address in site.items():
        page.goto(address)
        if page.locator("script[src]").count():
            page.evaluate(WITHOUT_TOOLS)
            said[name] = page.evaluate(READ)
    page.close()
    assert "article" in said
    page = chromium.new_page(java_script_enabled=False)
    for name, words in said.items():
        page.goto(site[name])
        assert page.evaluate(READ) == words, name
    page.close()
