"""What a browser posts from a claim's page."""

import html
import re

from django.urls import reverse

CHANGE = "admin:claims_claim_change"
INPUT = re.compile(r"<input\b[^>]*>")
AREA = re.compile(r'<textarea\b[^>]*\sname="([^"]*)"[^>]*>\n?(.*?)</textarea>', re.DOTALL)
SELECT = re.compile(r'<select\b[^>]*\sname="([^"]*)"[^>]*>(.*?)</select>', re.DOTALL)
CHOSEN = re.compile(r'<option value="([^"]*)"[^>]*\bselected')


def address(claim):
    return reverse(CHANGE, args=[claim.pk])


def page(client, claim, query=""):
    """The boxes of a claim's page as it is opened."""
    return boxes(client.get(address(claim) + query).text)


def boxes(text):
    """The names and values of all that the claim's form would post, without the row that is only copied."""
    form = text[text.index('id="claim_form"') :]
    form = form[: form.index("</form>")]
    data = {}
    for tag in INPUT.findall(form):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        kind = attributes.get("type", "text")
        unchecked = kind in ("checkbox", "radio") and not re.search(r"\bchecked\b", tag)
        if "name" in attributes and kind not in ("submit", "file") and not unchecked:
            data[attributes["name"]] = html.unescape(
                attributes.get("value", "on" if kind in ("checkbox", "radio") else "")
            )
    data |= {name: html.unescape(value) for name, value in AREA.findall(form)}
    # Browsers end the lines of what they post with both signs.
    data = {name: value.replace("\n", "\r\n") for name, value in data.items()}
    for name, options in SELECT.findall(form):
        chosen = CHOSEN.findall(options)
        if chosen:
            data[name] = chosen if name == "topics" else chosen[0]
    return {name: value for name, value in data.items() if "__prefix__" not in name}
