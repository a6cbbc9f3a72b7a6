"""The marks' coins for pictures, as templates/claims/_coin.html has them for pages."""

import math
from collections.abc import Callable, Sequence

from PIL import Image, ImageDraw

UNITS = 24  # of the pages' drawings, a side
FINER = 4  # times, so that edges are smooth
MIDDLE, RADIUS, STROKE = 12, 9.5, 2
INNER = 8  # the radius of what fills a coin in part
SHOWN, HIDDEN = 255, 0

Points = Sequence[tuple[float, float]]
TICK: Points = [(7, 12.5), (10.5, 16), (17, 9)]


class Pen:
    """Draws in the units of the pages' drawings."""

    def __init__(self, size: int) -> None:
        self.size, self.scale = size, size * FINER / UNITS
        self.mask = Image.new("L", (size * FINER, size * FINER), HIDDEN)
        self.draw = ImageDraw.Draw(self.mask)

    def disc(self, radius: float, at: tuple[float, float] = (MIDDLE, MIDDLE), fill: int = SHOWN) -> None:
        self.draw.ellipse(self._box(radius, at), fill)

    def ring(self) -> None:
        self.draw.ellipse(self._box(RADIUS + STROKE / 2), outline=SHOWN, width=round(STROKE * self.scale))

    def dashes(self, number: int = 9, share: float = 0.48) -> None:
        for angle in (turn * 2 * math.pi / number for turn in range(number)):
            self.line(arc((MIDDLE, MIDDLE), RADIUS, angle, angle + share * 2 * math.pi / number))

    def part(self, quarters: int) -> None:
        """So many quarters, from the top on, as a clock goes."""
        self.draw.pieslice(self._box(INNER), -90, -90 + 90 * quarters, SHOWN)

    def shape(self, points: Points) -> None:
        self.draw.polygon([(x * self.scale, y * self.scale) for x, y in points], SHOWN)

    def line(self, points: Points, width: float = STROKE, fill: int = SHOWN) -> None:
        scaled = [(x * self.scale, y * self.scale) for x, y in points]
        self.draw.line(scaled, fill, round(width * self.scale), joint="curve")
        for end in (points[0], points[-1]):
            self.disc(width / 2, end, fill)

    def done(self) -> Image.Image:
        return self.mask.resize((self.size, self.size), Image.Resampling.LANCZOS)

    def _box(self, radius: float, at: tuple[float, float] = (MIDDLE, MIDDLE)) -> tuple[float, float, float, float]:
        left, top, right, bottom = at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius
        return left * self.scale, top * self.scale, right * self.scale, bottom * self.scale


def mask(shape: str, size: int) -> Image.Image:
    """Where the coin's colour goes: 8 bits a pixel, ``size`` pixels a side."""
    pen = Pen(size)
    DRAWINGS.get(shape, _waiting)(pen)
    return pen.done()


def arc(centre: tuple[float, float], radius: float, first: float, last: float) -> Points:
    """Points on a circle; angles are in radians, from the right, as a clock goes."""
    angles = (first + (last - first) * step / 24 for step in range(25))
    return [(centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)) for angle in angles]


def _full(pen: Pen) -> None:
    pen.disc(10.5)
    pen.line(TICK, 2.4, HIDDEN)


def _in_part(quarters: int) -> Callable[[Pen], None]:
    def draw(pen: Pen) -> None:
        pen.ring()
        pen.part(quarters)

    return draw


def _struck(*lines: Points) -> Callable[[Pen], None]:
    def draw(pen: Pen) -> None:
        pen.ring()
        for line in lines:
            pen.line(line)

    return draw


def _open(pen: Pen) -> None:
    """A question mark."""
    pen.dashes()
    pen.line([*arc((12.04, 9.6), 2.8, math.pi, 2 * math.pi + 1.04), (12.5, 12.6), (12.12, 13.2), (12, 14)])
    pen.disc(1.2, (12, 17))


def _waiting(pen: Pen) -> None:
    pen.dashes()
    pen.disc(1.6)


def _brand(pen: Pen) -> None:
    pen.shape([(7.3, 1.5), (16.7, 1.5), (22.5, 7.3), (22.5, 16.7), (16.7, 22.5), (7.3, 22.5), (1.5, 16.7), (1.5, 7.3)])
    pen.line([(7.6, 17.5), (12, 6.5), (16.4, 17.5)], 2.4, HIDDEN)
    pen.line([(9.3, 13.6), (14.7, 13.6)], 2.4, HIDDEN)


DRAWINGS: dict[str, Callable[[Pen], None]] = {
    "full": _full,
    "most": _in_part(3),
    "half": _in_part(2),
    "quarter": _in_part(1),
    "empty": _struck([(8.25, 8.25), (15.75, 15.75)], [(15.75, 8.25), (8.25, 15.75)]),
    "open": _open,
    "beyond": _struck([(7.5, 12), (16.5, 12)]),
    "retracted": _struck([(5.5, 18.5), (18.5, 5.5)]),
    "waiting": _waiting,
    # No verdict, but whose it is: struck with a punch, as assay offices mark what they have tried.
    "brand": _brand,
    # No coin, but what parts two words.
    "dot": lambda pen: pen.disc(11),
}
