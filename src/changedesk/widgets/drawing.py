"""A place for a drawing: it is drawn for the size it has, and only rows that change are painted again."""

from __future__ import annotations

from collections.abc import Callable

from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from changedesk.widgets.canvas import Line
from changedesk.widgets.paint import paint_of

Draw = Callable[[int, int], tuple[Line, ...]]
"""What draws: from a width and a height to rows of spans, never more than the height."""


def _blank(_width: int, _height: int) -> tuple[Line, ...]:
    return ()


class Drawing(Widget):
    """Shows what a drawing function draws in the room there is. What it shows comes by :meth:`show`."""

    def __init__(self, draw: Draw = _blank, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._drawing = draw
        self._rows: tuple[Line, ...] = ()
        self._drawn_for = Size(0, 0)

    def show(self, draw: Draw) -> None:
        """Show another drawing; rows that stay the same are not painted again."""
        self._drawing = draw
        if not self.size or self.size != self._drawn_for:
            # What is hidden now and comes back in its old size has to be drawn anew all the same.
            self._drawn_for = Size(0, 0)
            self.refresh()
            return
        before, self._rows = self._rows, draw(*self.size)
        for y in range(max(len(before), len(self._rows))):
            if before[y : y + 1] != self._rows[y : y + 1]:
                self.refresh(Region(0, y, self.size.width, 1))

    def on_resize(self) -> None:
        """Another size gets a drawing of its own."""
        self._drawn_for = Size(0, 0)

    def render_line(self, y: int) -> Strip:
        """One row of the drawing."""
        if self.size != self._drawn_for:
            self._drawn_for = self.size
            self._rows = self._drawing(*self.size)
        paint = paint_of(self)
        width = self.size.width
        return paint.strip(self._rows[y], width) if y < len(self._rows) else paint.blank(width)
