"""What was measured, and the limit that it is held to."""

from collections.abc import Callable
from typing import NamedTuple

Say = Callable[[str], None]


class Measured(NamedTuple):
    """A ratio that should be at least or at most the target, if it has one."""

    name: str
    ratio: float
    target: float | None
    at_least: bool = True

    @property
    def missed_by(self) -> float:
        """As a part of the target; 0 if it is met."""
        if self.target is None or (self.ratio >= self.target if self.at_least else self.ratio <= self.target):
            return 0
        return abs(self.ratio / self.target - 1)


def line(measured: list[Measured]) -> str:
    """A line of a table: one thing, measured at each size."""
    first = measured[0]
    worst = max(one.missed_by for one in measured)
    ratios = " | ".join(f"{one.ratio:.2f}" for one in measured)
    if first.target is None:
        return f"| {first.name} | {ratios} | | |"
    target = f"{'≥' if first.at_least else '≤'} {first.target:g}"
    return f"| {first.name} | {ratios} | {target} | {f'missed by {worst:.0%}' if worst else 'met'} |"
