"""The head of a change and its three panels: what it needs, what it is, what happened; together where they fit, else by turns.

By turns the first one leaves what it does not need to the second, so that one sees what the change is beside what it lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final

from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from changedesk.keymap import Keymap
from changedesk.screens.control.changes.change_parts import (
    content_lines,
    happened_lines,
    needed_lines,
    path_line,
    standing_line,
    title_line,
)
from changedesk.services.control.changes.change_page import ChangePage
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import Line
from changedesk.widgets.drawing import Drawing, awaited
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.page import Lines, Page

SIDE_BY_SIDE: Final = 100
"""From so many columns on all panels are seen at once."""
SIDES: Final = 4
"""The columns that the sides of a panel take."""
BELOW: Final = 6
"""From so many rows on that the first panel leaves, the second stands under it where they take turns."""
TITLES: Final = ("What does it need?", "What is it?", "What happened?")


class ChangePanels:
    """The widgets that show a change. ``clock`` is the reader's."""

    def __init__(self, keymap: Keymap, clock: Callable[[], datetime]) -> None:
        self._keymap = keymap
        self._clock = clock
        self._change: ChangePage | None = None
        self._panel = 0
        self._head = Drawing(self._draw_head, id="head")
        self._pages = tuple(Page(make) for make in (self._needed, self._content, self._happened))
        names = ("needed", "content", "happened")
        self._boxes = tuple(Box(title, id=name) for title, name in zip(TITLES, names, strict=True))
        # Held rather than looked up: the size may be told before they are there.
        self._row, self._right = Horizontal(id="panels"), Vertical(id="right")

    def widgets(self) -> Iterable[Widget]:
        """Which change it is and where it stands; then the three panels."""
        yield self._head
        with self._row:
            with self._boxes[0]:
                yield self._pages[0]
            with self._right:
                for box, page in zip(self._boxes[1:], self._pages[1:], strict=True):
                    with box:
                        yield page

    def begin(self) -> None:
        """Another change is on its way: it is read from its beginning."""
        self._change, self._panel = None, 0
        for page in self._pages:
            page.to_top()

    def show(self, change: ChangePage) -> None:
        """Show what was read; :meth:`arrange` draws it."""
        self._change = change
        unmet = len(change.view.missing)
        self._boxes[0].set_title(TITLES[0], f"{unmet} missing" if unmet else "", "late" if unmet else "fine")

    def turns(self, width: int) -> Sequence[int]:
        """Between which panels one goes: all where one is seen at a time, else those of which there is more to read."""
        if width < SIDE_BY_SIDE:
            return range(len(self._pages))
        longer = [number for number, page in enumerate(self._pages) if page.position_text]
        return longer if longer != [self._panel] else ()

    def turn(self, width: int) -> None:
        """Go to the next of them."""
        turns = self.turns(width)
        self._panel = next((number for number in turns if number > self._panel), turns[0])

    def arrange(self, width: int) -> Page:
        """Show all panels, or the one whose turn it is with what has room under it; returns that which takes the keys."""
        together = width >= SIDE_BY_SIDE
        needed = len(self._needed(width - SIDES)) + 2
        below = not together and self._panel == 0 and self._row.size.height - needed >= BELOW
        for number, box in enumerate(self._boxes):
            box.display = together or number == self._panel or (below and number == 1)
            box.set_keys(() if together or number != self._panel else self._panel_key())
        self._right.display = together or below or self._panel > 0
        self._boxes[0].styles.height = needed if below else "1fr"
        self._row.set_class(not together, "-single")
        self._head.styles.height = 3 if self._change and standing_line(self._change, width - 2) else 2
        self._head.show(self._draw_head)
        for page in self._pages:
            page.refresh_lines()
        return self._pages[self._panel]

    def say_positions(self, width: int) -> None:
        """Say how far down each panel one sees, and which has the keys."""
        for number, (box, page) in enumerate(zip(self._boxes, self._pages, strict=True)):
            turn = (
                f"{number + 1} of {len(self._pages)} panels  " if width < SIDE_BY_SIDE and number == self._panel else ""
            )
            more = page.position_text
            here = "↑ ↓ " if more and page.has_focus else ""
            box.set_note(f"{turn}{here}{more}".rstrip())

    # --- how it works

    def _panel_key(self) -> tuple[KeyHint, ...]:
        """Where the panels take turns, how the next one is seen: in the line of keys what can be done may leave no room."""
        key = self._keymap.shown("change.next_panel")
        return (KeyHint(key, "next panel"),) if key else ()

    def _draw_head(self, width: int, height: int) -> tuple[Line, ...]:
        change = self._change
        if change is None:
            return awaited(width, height)
        standing = standing_line(change, width)
        lines = (title_line(change, width), path_line(change.change, width), *((standing,) if standing else ()))
        return lines[:height]

    def _needed(self, width: int) -> Lines:
        return needed_lines(self._change, self._clock(), width) if self._change else ()

    def _content(self, width: int) -> Lines:
        return content_lines(self._change, self._clock(), width) if self._change else ()

    def _happened(self, width: int) -> Lines:
        return happened_lines(self._change, width) if self._change else ()
