"""Bar charts as geometry: the template draws them as SVG, in per cent of the width it gets.

Nothing scales with the picture: letters keep their size on a telephone, and every bar has its label
above it and its number at the right.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from signaal.validation.report.notation import count

ROW = 52
LABEL_LENGTH = 34
SMALLEST = 0.8
"""Least width of a part in per cent, so that one held file among thousands can be seen."""
ROOM_FOR_NUMBER = 9.0
"""Width in per cent from which a part carries its number, also on a screen of 360 pixels."""


@dataclass(frozen=True)
class Part:
    """A piece of a bar: its number, the class that colours it, what it is called."""

    name: str
    number: int
    tone: str = "plain"


@dataclass(frozen=True)
class Segment:
    """A part as drawn: from ``x``, ``width`` wide, in per cent; ``inside`` is the number in it."""

    x: str
    width: str
    middle: str
    tone: str
    title: str
    inside: str


@dataclass(frozen=True)
class Bar:
    """A bar: the top of its row in pixels, what stands above it, and its segments."""

    top: int
    label: str
    number: str
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Chart:
    """A picture of bars, with the title and description that stand in for it."""

    ident: str
    title: str
    description: str
    bars: tuple[Bar, ...]

    @property
    def height(self) -> int:
        """Height in pixels."""
        return ROW * len(self.bars)


def bar_chart(
    ident: str, title: str, description: str, rows: Sequence[tuple[str, Sequence[Part]]]
) -> Chart | None:
    """A chart with a bar a row, made of the row's parts; None where there is nothing to draw."""
    totals = [sum(part.number for part in parts) for _, parts in rows]
    longest = max(totals, default=0)
    if longest <= 0:
        return None
    bars = tuple(
        Bar(index * ROW, shortened(label), count(total), segments(parts, total, longest))
        for index, ((label, parts), total) in enumerate(zip(rows, totals, strict=True))
    )
    return Chart(ident, title, description, bars)


def segments(parts: Sequence[Part], total: int, longest: int) -> tuple[Segment, ...]:
    """The parts next to each other; together as wide as their total is of the longest bar."""
    drawn = [part for part in parts if part.number > 0]
    whole = max(100 * total / longest, SMALLEST)
    raw = [max(whole * part.number / total, SMALLEST) for part in drawn]
    widths = [width * whole / sum(raw) for width in raw]
    starts = accumulate(widths, initial=0.0)
    several = len(drawn) > 1
    return tuple(
        _segment(part, x, width, several) for part, x, width in zip(drawn, starts, widths, strict=False)
    )


def _segment(part: Part, start: float, width: float, several: bool) -> Segment:
    """``several``: the bar has more parts, so that its own number does not say this one's."""
    number = count(part.number)
    inside = number if several and width >= ROOM_FOR_NUMBER + 2 * max(0, len(number) - 3) else ""
    middle = f"{start + width / 2:.2f}%"
    return Segment(f"{start:.2f}%", f"{width:.2f}%", middle, part.tone, f"{part.name}: {number}", inside)


def shortened(label: str) -> str:
    """A label that fits above a bar on a small screen."""
    return label if len(label) <= LABEL_LENGTH else label[: LABEL_LENGTH - 1].rstrip() + "…"
