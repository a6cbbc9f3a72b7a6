from typing import Any

import pytest

from claims.api import partial

SHAPE: partial.Shape = {"claims": {"text": {}, "review": {"url": {}, "site": {"name": {}}}}, "next": {}}
ANSWER = {"claims": [{"text": "a", "review": [{"url": "u", "site": {"name": "n"}}]}, {"text": "b"}], "next": "x"}


@pytest.mark.parametrize(
    ("selector", "picked"),
    [
        ("next", {"next": "x"}),
        ("claims/text", {"claims": [{"text": "a"}, {"text": "b"}]}),
        ("claims(text),next", {"claims": [{"text": "a"}, {"text": "b"}], "next": "x"}),
        ("claims/review/site/name", {"claims": [{"review": [{"site": {"name": "n"}}]}, {}]}),
        ("claims(review(url))", {"claims": [{"review": [{"url": "u"}]}, {}]}),
        ("claims/review(url,site),claims/text", ANSWER | {"next": None}),
        ("claims/text,claims", ANSWER | {"next": None}),
        ("claims/*,next", ANSWER),
        ("*", ANSWER),
    ],
)
def test_selector_picks(selector: str, picked: dict[str, Any]) -> None:
    wanted = {name: value for name, value in picked.items() if value is not None}
    assert partial.pick(ANSWER, partial.parse(selector, SHAPE)) == wanted


@pytest.mark.parametrize(
    "selector",
    [
        "",
        ",",
        "next,",
        "colour",
        "claims/",
        "claims/colour",
        "next/text",
        "claims(text",
        "claims(text))",
        "claims()",
        "claims text",
        "claims/text next",
        "(next)",
        "*/text",
        "claims(" * 500,
    ],
)
def test_selector_of_nothing_is_refused(selector: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        partial.parse(selector, SHAPE)
