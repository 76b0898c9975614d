"""The only place that draws: grey lines with gaps, nothing in them that judges; the same panels give the same bytes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties
    from matplotlib.ft2font import FT2Font

EDITION = 1  # part of the file name: raise it when pictures are to look different

_WIDTH, _HEIGHT = 7.6, 1.75  # inches, of a panel
_DPI = 200  # twice what a page shows, for sharp letters
_LEFT, _RIGHT = 0.03, 0.79  # of the width; the words for start and target stand to the right
_TOP, _BOTTOM = 0.36, 0.3  # inches
_LINE, _BAND, _DASH, _WORDS, _QUIET = "#5e6c84", "#e9edf2", "#a5adba", "#344563", "#6b778c"
_LONGEST = 96  # characters of a title
_APART = 0.17  # of the height, between the two words on the right
_MANY = 9  # weeks that still have room for their whole names
_VALUES = 18  # weeks that still have room for their values; of more, every second, third … has one, the last always


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One week; `y is None` is a gap."""

    x: int  # weeks since the first
    tick: str
    y: float | None
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A value that stays."""

    y: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A range that stays."""

    low: float
    high: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One series, and what it is seen against."""

    title: str
    points: tuple[Point, ...]
    baseline: Line | None = None
    target: Band | None = None


class _Pen:
    """The shipped font, and text that is neither formula nor a sign the font does not know."""

    def __init__(self, regular: "FontProperties", glyphs: "FT2Font") -> None:
        self._regular = regular
        self._glyphs = glyphs

    def text(self, axes: "Axes", x: float, y: float, words: str, *, size: float, colour: str, **more: object) -> None:
        """Writes in fractions of the axes, or where `transform` says."""
        known = "".join(c for c in " ".join(words.split()) if self._glyphs.get_char_index(ord(c)))
        font = self._regular.copy()
        font.set_size(size)
        options: dict[str, object] = {"transform": axes.transAxes, **more}
        axes.text(x, y, known, color=colour, fontproperties=font, parse_math=False, **options)  # type: ignore[arg-type]  # the stubs know no keyword dicts


@lru_cache(maxsize=64)  # a page is drawn more often than its numbers change
def png(panels: tuple[Panel, ...]) -> bytes:
    """The panels below each other as PNG; takes about a tenth of a second, and two when it is the first."""
    import matplotlib  # here, because it takes two seconds and most runs draw nothing
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties, get_font

    font = Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
    pen = _Pen(FontProperties(fname=font), get_font(font))
    height = _HEIGHT * len(panels)
    figure = Figure(figsize=(_WIDTH, height), dpi=_DPI, facecolor="white")
    FigureCanvasAgg(figure)
    for position, panel in enumerate(panels):
        bottom = height - _HEIGHT * (position + 1) + _BOTTOM
        frame = (_LEFT, bottom / height, _RIGHT - _LEFT, (_HEIGHT - _TOP - _BOTTOM) / height)
        _draw(figure.add_axes(frame), panel, pen)
    file = BytesIO()
    figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def _draw(axes: "Axes", panel: Panel, pen: _Pen) -> None:
    low, high = _limits(panel)
    last = panel.points[-1].x
    axes.set_xlim(-0.4, max(last, 1) + 0.4)
    axes.set_ylim(low, high)
    axes.set_axis_off()
    if panel.target is not None:
        narrow = panel.target.low == panel.target.high  # a range without height needs an edge to be seen
        axes.axhspan(panel.target.low, panel.target.high, color=_BAND, linewidth=4 if narrow else 0)
    if panel.baseline is not None:
        axes.axhline(panel.baseline.y, color=_DASH, linewidth=1, linestyle=(0, (4, 3)))
    for run in _runs(panel.points):
        axes.plot([x for x, _ in run], [y for _, y in run], color=_LINE, linewidth=1.8, marker="o", markersize=4)
    title = panel.title if len(panel.title) <= _LONGEST else f"{panel.title[: _LONGEST - 1]}…"
    pen.text(axes, 0, 1.14, title, size=8.5, colour=_WORDS, va="bottom")
    _write_points(axes, panel.points, pen)
    for at, label in _beside(panel, low, high):
        pen.text(axes, 1.015, at, label, size=7.5, colour=_QUIET, va="center")


def _write_points(axes: "Axes", points: tuple[Point, ...], pen: _Pen) -> None:
    many, step = len(points) > _MANY, -(-len(points) // _VALUES)
    across = axes.get_xaxis_transform()
    for position, point in enumerate(points):
        tick = point.tick.rpartition(" ")[2] if many and position else point.tick
        tick = tick if (len(points) - 1 - position) % step == 0 or not position else ""
        pen.text(axes, point.x, -0.08, tick, size=7, colour=_QUIET, ha="center", va="top", transform=across)
        if point.y is not None and (len(points) - 1 - position) % step == 0:
            y = axes.transLimits.transform((point.x, point.y))[1] + 0.09
            pen.text(axes, point.x, y, point.label, size=7.5, colour=_WORDS, ha="center", va="bottom", transform=across)


def _limits(panel: Panel) -> tuple[float, float]:
    heights = [point.y for point in panel.points if point.y is not None]
    heights += [panel.baseline.y] if panel.baseline else []
    heights += [panel.target.low, panel.target.high] if panel.target else []
    low, high = min(heights), max(heights)
    room = (high - low) or abs(high) or 1.0
    return low - room * 0.12, high + room * 0.22


def _runs(points: tuple[Point, ...]) -> Iterator[list[tuple[int, float]]]:
    run: list[tuple[int, float]] = []
    for point in points:
        if point.y is not None:
            run.append((point.x, point.y))
        elif run:
            yield run
            run = []
    if run:
        yield run


def _beside(panel: Panel, low: float, high: float) -> Iterator[tuple[float, str]]:
    band, line = panel.target, panel.baseline
    middle = ((band.low + band.high) / 2 - low) / (high - low) if band else 0.0
    start = (line.y - low) / (high - low) if line else 0.0
    if band and line and abs(middle - start) < _APART:
        half = (_APART - abs(middle - start)) / 2
        middle, start = (middle + half, start - half) if middle >= start else (middle - half, start + half)
    if band:
        yield middle, band.label
    if line:
        yield start, line.label
