"""Figures that are read from two metres: digits five rows high, made of blocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from changedesk.widgets.canvas import Canvas, Look

ROWS: Final = 5
"""How many rows a figure is high, at scale 1."""

_DIGITS: Final[Mapping[str, tuple[str, ...]]] = {
    "0": ("███", "█ █", "█ █", "█ █", "███"),
    "1": ("██ ", " █ ", " █ ", " █ ", "███"),
    "2": ("███", "  █", "███", "█  ", "███"),
    "3": ("███", "  █", "███", "  █", "███"),
    "4": ("█ █", "█ █", "███", "  █", "  █"),
    "5": ("███", "█  ", "███", "  █", "███"),
    "6": ("███", "█  ", "███", "█ █", "███"),
    "7": ("███", "  █", "  █", "  █", "  █"),
    "8": ("███", "█ █", "███", "█ █", "███"),
    "9": ("███", "█ █", "███", "  █", "███"),
    "?": ("███", "  █", " ██", "   ", " █ "),
    "-": ("   ", "   ", "███", "   ", "   "),
}
WIDE: Final = 2
"""A block is so many columns wide, because a column is about half as wide as a row is high."""


def width_of_figure(text: str, scale: int = 1) -> int:
    """How many columns a figure takes."""
    return max(0, len(text) * 3 * WIDE * scale + (len(text) - 1) * WIDE * scale)


def put_figure(sheet: Canvas, x: int, y: int, text: str, look: Look, scale: int = 1) -> int:
    """Draw digits from column ``x`` and row ``y`` on, ``5 * scale`` rows high; returns the column after them."""
    for place, char in enumerate(text):
        left = x + place * 4 * WIDE * scale
        for row, pattern in enumerate(_DIGITS.get(char, _DIGITS["?"])):
            line = "".join(block * WIDE * scale for block in pattern)
            for n in range(scale):
                _put_blocks(sheet, left, y + row * scale + n, line, look)
    return x + width_of_figure(text, scale)


def _put_blocks(sheet: Canvas, x: int, y: int, line: str, look: Look) -> None:
    """Only the blocks: what lies between them stays as it is."""
    for place, char in enumerate(line):
        if char != " ":
            sheet.put(x + place, y, char, look)
