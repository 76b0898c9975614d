"""The quiet picture of what contributes to what: boxes with words and thin lines, no figure, no colour that judges."""

import importlib.util
import textwrap
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

EDITION = 1  # part of the file name: raise it when the picture is to look different

_WIDTH, _BOX, _HIGH, _APART, _EDGE = 1520, 640, 104, 28, 20  # pixels, twice what a page shows
_LINE, _FILL, _WORDS = "#a5adba", "#f4f5f7", "#344563"
_LETTERS, _ROWS, _SIZE = 46, 2, 23
_BESIDE = 46  # between two objectives, a line runs so far to the right of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One objective, and what it contributes to: places of others in the list, or None for the Moal."""

    title: str
    to: tuple[int | None, ...]


@lru_cache(maxsize=16)
def map_png(moal: str, nodes: tuple[Node, ...]) -> bytes:
    """The picture as PNG; the same words give the same bytes."""
    height = 2 * _EDGE + len(nodes) * (_HIGH + _APART) - _APART
    picture = Image.new("RGB", (_WIDTH, height), "white")
    pen = ImageDraw.Draw(picture)
    goal = (_WIDTH - _EDGE - _BOX, height // 2)
    for place, node in enumerate(nodes):
        for to in node.to:
            start = (_EDGE + _BOX, _middle(place))
            if to is None:
                pen.line([start, goal], fill=_LINE, width=2)
            else:
                end, beside = (_EDGE + _BOX, _middle(to)), start[0] + _BESIDE
                pen.line([start, (beside, start[1]), (beside, end[1]), end], fill=_LINE, width=2)
    for place, node in enumerate(nodes):
        _box(pen, _EDGE, _middle(place), node.title)
    _box(pen, goal[0], goal[1], moal)
    file = BytesIO()
    picture.save(file, format="PNG")
    return file.getvalue()


def _middle(place: int) -> int:
    return _EDGE + place * (_HIGH + _APART) + _HIGH // 2


def _box(pen: ImageDraw.ImageDraw, left: int, middle: int, words: str) -> None:
    top = middle - _HIGH // 2
    pen.rounded_rectangle((left, top, left + _BOX, top + _HIGH), radius=8, fill=_FILL, outline=_LINE, width=2)
    lines = textwrap.wrap(" ".join(words.split()), _LETTERS, max_lines=_ROWS, placeholder=" …")
    text = "\n".join(lines)
    pen.multiline_text((left + _EDGE, middle), text, fill=_WORDS, font=_font(), anchor="lm", spacing=10)


@cache
def _font() -> ImageFont.FreeTypeFont:
    """The font that the charts are written in, found without loading what draws them."""
    found = importlib.util.find_spec("matplotlib")
    if found is None or found.origin is None:
        raise FileNotFoundError("the font of the charts is not there")
    return ImageFont.truetype(Path(found.origin).parent / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf", _SIZE)
