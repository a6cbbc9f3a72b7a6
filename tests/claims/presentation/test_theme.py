"""The colours of the style sheet, by day and by night."""

import re

import pytest
from django.contrib.staticfiles import finders

from claims.presentation.marks import SHAPES

LEAST = 4.5  # WCAG 2.2, 1.4.3: of text that is not large
SURFACES = ("paper", "sheet")


def schemes() -> list[dict[str, str]]:
    """Names and colours as ``#rrggbb``; what the night leaves out is as by day."""
    with open(finders.find("claims/theme.css")) as sheet:
        day, night = sheet.read().split("@media screen and (prefers-color-scheme: dark)")
    found = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", part)) for part in (day, night)]
    return [found[0], found[0] | found[1]]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_the_guidelines_have_it() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("name", [*SHAPES, "ink", "soft", "accent"])
def test_every_colour_of_a_mark_can_be_read_by_day_and_by_night(name: str) -> None:
    low = [scheme[on] for scheme in schemes() for on in SURFACES if contrast(scheme[name], scheme[on]) < LEAST]
    assert low == []
