"""What many pages say and few changes touch, asked for once for each version of the record."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache

from claims import freshness

T = TypeVar("T")


def kept(request: Any, name: str, make: Callable[[], T]) -> T:
    """What ``make`` gives, for as long as the record is what it was when ``request`` came."""
    state = getattr(request, "record_state", None)
    if state is None:
        return make()
    found: Any = cache.get_or_set(f"{name}-{state.version}-{freshness.release().digits}", make)
    return found
