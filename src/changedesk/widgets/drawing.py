"""A place for a drawing: it is drawn for the size it has, and only what changes of its rows is painted again."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from changedesk.widgets.canvas import Line, Look, cells
from changedesk.widgets.later import FOLLOWS_AFTER, Later
from changedesk.widgets.paint import LOADING, paint_of

Draw = Callable[[int, int], tuple[Line, ...]]
"""What draws: from a width and a height to rows of spans, never more than the height."""


def _blank(_width: int, _height: int) -> tuple[Line, ...]:
    return ()


def awaited(_width: int, height: int) -> tuple[Line, ...]:
    """A drawing of what is still being read."""
    return ((LOADING,),)[:height]


class Drawing(Widget):
    """Shows what a drawing function draws in the room there is. What it shows comes by :meth:`show`."""

    def __init__(self, draw: Draw = _blank, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._drawing = self._first = draw
        self._rows: tuple[Line, ...] = ()
        self._drawn_for = Size(0, 0)
        self._soon = Later(self)

    @property
    def waits(self) -> bool:
        """Whether another drawing comes once the keys rest."""
        return self._soon.waits

    def show_soon(self, draw: Draw) -> None:
        """Show another drawing once the keys rest; the first one, and where nothing is drawn yet, at once."""
        if not self._rows:
            self.show(draw)
            return
        self._soon.call(FOLLOWS_AFTER, partial(self.show, draw))

    def show(self, draw: Draw) -> None:
        """Show another drawing; what stays the same of its rows is not painted again."""
        self._soon.forget()
        self._drawing = draw
        if not self.size or self.size != self._drawn_for:
            # What is hidden now and comes back in its old size has to be drawn anew all the same.
            self._drawn_for = Size(0, 0)
            self.refresh()
            return
        before, self._rows = self._rows, draw(*self.size)
        for y in range(max(len(before), len(self._rows))):
            if before[y : y + 1] != self._rows[y : y + 1]:
                old, new = (rows[y] if y < len(rows) else () for rows in (before, self._rows))
                since, until = changed(old, new, self.size.width)
                self.refresh(Region(since, y, until - since, 1))

    def forget(self) -> None:
        """Show again what it showed at first."""
        self.show(self._first)

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


def changed(before: Line, after: Line, width: int) -> tuple[int, int]:
    """From which column to which two rows differ; all of it where a letter is not one column wide."""
    if any(cells(span.text) != len(span.text) for span in (*before, *after)):
        return 0, width
    old, new = _columns(before, width), _columns(after, width)
    apart = [x for x, (one, other) in enumerate(zip(old, new, strict=True)) if one != other]
    return (apart[0], apart[-1] + 1) if apart else (0, width)


def _columns(line: Line, width: int) -> list[tuple[str, Look]]:
    found = [(letter, span.look) for span in line for letter in span.text][:width]
    return found + [(" ", Look())] * (width - len(found))
