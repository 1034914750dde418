"""Text that may be longer than the screen: lines of spans that scroll, wrapped anew for each width."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from changedesk.widgets.canvas import Span
from changedesk.widgets.paint import paint_of

WHEEL_LINES = 3

Lines = Sequence[Sequence[Span]]


class Page(Widget, can_focus=True):
    """Lines that scroll by keys and wheel. ``make`` gives the lines for a width."""

    DEFAULT_CSS = "Page { height: 1fr; }"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll(-1)", show=False),
        Binding("down,j", "scroll(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("home", "scroll(-1000000)", show=False),
        Binding("end", "scroll(1000000)", show=False),
    ]

    class Scrolled(Message):
        """Other lines than before are seen."""

    def __init__(self, make: Callable[[int], Lines], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._make = make
        self._lines: Lines = ()
        self._width = -1
        self._top = 0

    @property
    def lines(self) -> Lines:
        """All lines, as they are wrapped now."""
        if self.size.width != self._width:
            self._width = self.size.width
            self._lines = self._make(self._width)
        return self._lines

    def refresh_lines(self) -> None:
        """Make the lines again."""
        self._width = -1
        self.refresh()

    @property
    def position_text(self) -> str:
        """``20 of 31``: how far down one sees; empty when everything is seen."""
        count = len(self.lines)
        return "" if count <= self.size.height else f"{min(count, self._top + self.size.height)} of {count} lines"

    @property
    def at_end(self) -> bool:
        """Whether the last line is seen, as far as there is a place to see it in."""
        return self.size.height > 0 and self._top + self.size.height >= len(self.lines)

    @property
    def at_start(self) -> bool:
        """Whether the first line is seen."""
        return self._top == 0

    def to_top(self) -> None:
        """Begin at the first line again, with lines made anew."""
        self._top = 0
        self.refresh_lines()

    def forget(self) -> None:
        """Begin at the first line of what there is to be read now, if there is anything."""
        self.to_top()

    def action_scroll(self, lines: int) -> None:
        """Move by so many lines."""
        top = min(max(0, self._top + lines), max(0, len(self.lines) - self.size.height))
        if top != self._top:
            self._top = top
            self.refresh()
            self.post_message(self.Scrolled())

    def action_page(self, step: int) -> None:
        """Move by a screenful."""
        self.action_scroll(step * max(1, self.size.height - 1))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the lines."""
        event.stop()
        self.action_scroll(WHEEL_LINES)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the lines."""
        event.stop()
        self.action_scroll(-WHEEL_LINES)

    def on_resize(self) -> None:
        """Stay inside the text."""
        self.action_scroll(0)
        self.post_message(self.Scrolled())

    def render_line(self, y: int) -> Strip:
        """One line."""
        paint = paint_of(self)
        line = self._top + y
        return (
            paint.strip(self.lines[line], self.size.width) if line < len(self.lines) else paint.blank(self.size.width)
        )
