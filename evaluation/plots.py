"""Small plots as SVG, which a page can hold without anything else."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

WIDTH, HEIGHT = 460, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 28, 14, 46
_TICKS = 5


class Plot:
    """Axes from 0 to `x_max` and `y_max`; marks are put on with the methods, `svg` is the whole."""

    def __init__(
        self, x_name: str, y_name: str, x_max: float, y_max: float, unit: str = ""
    ) -> None:
        self.x_max, self.y_max = x_max or 1.0, y_max or 1.0
        self._title = f"{y_name} by {x_name}"
        self._marks: list[str] = []
        self._frame(x_name, y_name, unit)

    def _x(self, value: float) -> float:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * min(value / self.x_max, 1.0)

    def _y(self, value: float) -> float:
        return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * min(value / self.y_max, 1.0)

    def _frame(self, x_name: str, y_name: str, unit: str) -> None:
        for number in range(_TICKS + 1):
            x, y = self.x_max * number / _TICKS, self.y_max * number / _TICKS
            self._line(self._x(x), self._y(0), self._x(x), self._y(self.y_max), "grid")
            self._line(self._x(0), self._y(y), self._x(self.x_max), self._y(y), "grid")
            self._text(self._x(x), self._y(0) + 16, f"{x:g}{unit}", "middle")
            self._text(self._x(0) - 6, self._y(y) + 4, f"{y:g}", "end")
        self._text((WIDTH + _LEFT) / 2, HEIGHT - 6, x_name, "middle")
        middle = (HEIGHT - _BOTTOM) / 2
        self._text(13, middle, y_name, "middle", f' transform="rotate(-90 13 {middle:.0f})"')

    def bar(self, low: float, high: float, value: float, tip: str) -> None:
        """A bar from `low` to `high` on the x axis, with a tip that shows on hovering."""
        x, y = self._x(low), self._y(value)
        width = max(self._x(high) - x - 1, 1)
        self._marks.append(
            f'<rect class="bar" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}"'
            f' height="{self._y(0) - y:.1f}"><title>{escape(tip)}</title></rect>'
        )

    def dot(self, x: float, y: float, radius: float, tip: str) -> None:
        """A dot with a tip that shows on hovering."""
        self._marks.append(
            f'<circle class="dot" cx="{self._x(x):.1f}" cy="{self._y(y):.1f}" r="{radius:.1f}">'
            f"<title>{escape(tip)}</title></circle>"
        )

    def path(self, points: Sequence[tuple[float, float]], style: str) -> None:
        """A line through points: "line", or "ideal" for a dashed one."""
        steps = " ".join(f"{self._x(x):.1f},{self._y(y):.1f}" for x, y in points)
        self._marks.append(f'<polyline class="{style}" points="{steps}"/>')

    def mark(self, x: float, name: str, row: int = 0) -> None:
        """A dashed upright line at `x` with its name; `row` keeps names apart."""
        self._line(self._x(x), self._y(0), self._x(x), self._y(self.y_max), "ideal")
        side, shift = ("end", -4) if x > 0.7 * self.x_max else ("start", 4)
        self._text(self._x(x) + shift, _TOP + 12 + 14 * row, name, side)

    def _line(self, x1: float, y1: float, x2: float, y2: float, style: str) -> None:
        self._marks.append(
            f'<line class="{style}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'
        )

    def _text(self, x: float, y: float, text: str, anchor: str, more: str = "") -> None:
        self._marks.append(
            f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{escape(text)}</text>'
        )

    def svg(self) -> str:
        """The plot."""
        return (
            f'<svg class="plot" role="img" aria-label="{escape(self._title)}"'
            f' viewBox="0 0 {WIDTH} {HEIGHT}">' + "".join(self._marks) + "</svg>"
        )


def histogram(values: Sequence[float], x_name: str, unit: str, marks: dict[str, float]) -> str:
    """How often values fall into each of forty steps up to the largest that is not an outlier."""
    steps = 40
    ordered = sorted(values)
    top = ordered[min(int(0.99 * len(ordered)), len(ordered) - 1)] if ordered else 1.0
    width = _round_up(top) / steps
    counts = [0] * steps
    for value in values:
        counts[min(int(value / width), steps - 1)] += 1
    plot = Plot(x_name, "answers", width * steps, _round_up(max(counts, default=1)), unit)
    for number, count in enumerate(counts):
        if count:
            last = " and more" if number == steps - 1 else f" to {width * (number + 1):.0f}"
            plot.bar(
                width * number,
                width * (number + 1),
                count,
                f"{width * number:.0f}{last}{unit}: {count}",
            )
    for row, (name, value) in enumerate(marks.items()):
        plot.mark(value, f"{name} {value:.0f}{unit}", row)
    return plot.svg()


def reliability(bins: Sequence[Sequence[float]], what: str) -> str:
    """Probability given (mean of each bin) against how often it was so; dots by the bin's size."""
    plot = Plot("probability given", f"how often {what}", 1.0, 1.0)
    plot.path([(0, 0), (1, 1)], "ideal")
    plot.path([(said, was) for said, was, _ in bins], "line")
    for said, was, part in bins:
        tip = f"said {said:.2f}, was {was:.2f}, {part:.1%} of all"
        plot.dot(said, was, 3 + 14 * part**0.5, tip)
    return plot.svg()


def _round_up(value: float) -> float:
    """The next number that five steps divide well: 1, 2, 2.5 or 5 times a power of ten."""
    power = 1.0
    while power * 10 <= value:
        power *= 10
    return next(n * power for n in (1, 2, 2.5, 5, 10) if n * power >= value)
