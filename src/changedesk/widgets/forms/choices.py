"""A short list over the form: the words that fit what is typed in a field, to be taken with one key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from changedesk.widgets.canvas import LEFT_OUT, Look, Span
from changedesk.widgets.paint import fit_spans, ink, paint_of

ROWS: Final = 6
"""So many choices are seen at once."""
LEAST_WIDTH: Final = 24


class Choices(Widget):
    """The choices of one field, under it or, where there is no room, above it. It never takes the focus."""

    DEFAULT_CSS = """
    Choices { layer: choices; position: absolute; display: none; background: $selection; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._words: tuple[str, ...] = ()
        self._chosen = -1
        self._top = 0

    @property
    def is_open(self) -> bool:
        """Whether choices are shown."""
        return bool(self._words)

    @property
    def words(self) -> tuple[str, ...]:
        """The choices that are shown."""
        return self._words

    @property
    def chosen(self) -> str:
        """The marked choice; empty when none is marked."""
        return self._words[self._chosen] if 0 <= self._chosen < len(self._words) else ""

    def open(self, words: Sequence[str], chosen: int, field: Region) -> None:
        """Show these choices at a field that takes this place of the screen; ``chosen`` -1 marks none."""
        self._words = tuple(words)
        self._chosen = min(chosen, len(self._words) - 1)
        self._top = 0
        self._keep_in_view()
        self.stand_at(field)
        self.display = bool(self._words)
        self.refresh()

    def stand_at(self, field: Region) -> None:
        """Stand at the field, which takes this place of the screen now."""
        rows, screen = min(ROWS, len(self._words)), self.screen.size
        width = min(max(LEAST_WIDTH, field.width), screen.width - field.x)
        below = field.y + 1 + rows < screen.height
        self.styles.width, self.styles.height = width, rows
        self.styles.offset = (field.x, field.y + 1 if below else field.y - rows)

    def close(self) -> None:
        """Take them away."""
        self._words = ()
        self._chosen = -1
        self.display = False

    def move(self, step: int) -> None:
        """Mark the next or the previous choice; above the first none is marked."""
        self._chosen = min(max(-1, self._chosen + step), len(self._words) - 1)
        self._keep_in_view()
        self.refresh()

    def _keep_in_view(self) -> None:
        self._top = min(max(self._top, self._chosen - ROWS + 1), max(0, self._chosen))

    def render_line(self, y: int) -> Strip:
        """One choice; what stands below the last row is counted on it."""
        paint, width = paint_of(self), self.size.width
        line = self._top + y
        if line >= len(self._words):
            return paint.blank(width, "raised")
        marked = line == self._chosen
        mark = Span("▌" if marked else " ", Look("key"))
        left = len(self._words) - self._top - ROWS
        more = f" {left} more" if left > 0 and y == ROWS - 1 else ""
        word = fit_spans((ink(self._words[line], "ink", bold=marked),), max(0, width - 3 - len(more)))
        spans = (mark, Span(" ", Look()), *word, Span(more, LEFT_OUT))
        return paint.strip(spans, width, "selection" if marked else "raised")
