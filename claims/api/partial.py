"""Google's partial responses: ``fields=claims(text,claimReview/url),nextPageToken`` names what is wanted."""

import re
from typing import Any, TypeAlias

# Names and what is under them; nothing is under a plain value.
Shape: TypeAlias = dict[str, "Shape"]

TOKEN = re.compile(r"[A-Za-z]+|[*,/()]")


def parse(text: str, shape: Shape) -> Shape:
    """The part of ``shape`` that a selector names; raises ValueError where it names nothing."""
    tokens = TOKEN.findall(text)
    if "".join(tokens) != text:
        raise ValueError("not a list of fields")
    ahead = tokens[::-1]
    chosen = _list(ahead, shape)
    if ahead:
        raise ValueError("not a list of fields")
    return chosen


def pick(value: Any, chosen: Shape) -> Any:
    """As much of an answer as was chosen."""
    if isinstance(value, list):
        return [pick(item, chosen) for item in value]
    if isinstance(value, dict):
        return {name: pick(item, chosen[name]) for name, item in value.items() if name in chosen}
    return value


def _list(ahead: list[str], shape: Shape) -> Shape:
    chosen = _path(ahead, shape)
    while ahead and ahead[-1] == ",":
        ahead.pop()
        chosen = _both(chosen, _path(ahead, shape))
    return chosen


def _path(ahead: list[str], shape: Shape) -> Shape:
    name = ahead.pop() if ahead else ""
    if name == "*":
        return shape
    if name not in shape:
        raise ValueError(f"invalid field selection {name}".rstrip())
    following = ahead[-1] if ahead else ""
    if following not in ("/", "("):
        return {name: shape[name]}
    ahead.pop()
    if following == "/":
        return {name: _path(ahead, shape[name])}
    chosen = _list(ahead, shape[name])
    if not ahead or ahead.pop() != ")":
        raise ValueError("a bracket is not closed")
    return {name: chosen}


def _both(one: Shape, other: Shape) -> Shape:
    return {name: _both(one.get(name, {}), other.get(name, {})) for name in one | other}
