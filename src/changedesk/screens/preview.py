"""What would come of it, on a page that scrolls; one key does it, Esc leaves everything as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual.widget import Widget

from changedesk.screens.question import Answer, KeyedDialog
from changedesk.widgets.canvas import Look, Span, wrap
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.page import Lines
from changedesk.widgets.reading import Reading

WIDTH = 96


class Preview(KeyedDialog):
    """Shows lines made for a width, and asks what is to come of them."""

    DEFAULT_CSS = f"""
    Preview > Box {{ max-width: {WIDTH}; padding: 0 1; margin: 0; }}
    """
    leave_word = "leave"

    def __init__(self, title: str, make: Callable[[int], Lines], answers: Sequence[Answer]) -> None:
        super().__init__(answers)
        self._make = make
        self._box = Reading(title, make)

    def content(self) -> Iterable[Widget]:
        """The page."""
        yield self._box

    def on_mount(self) -> None:
        """The keys go to the page."""
        self._box.page.focus()

    def on_resize(self) -> None:
        """A short text has a small box."""
        width = min(WIDTH, self.size.width)
        lines = len(self._make(width - 4))
        room = self.size.height - 1
        self._box.styles.height = min(lines + 2, room)
        self.show_keys((*self.hints, KeyHint("↑ ↓", "read on")) if lines + 2 > room else self.hints)


def heading(text: str) -> Sequence[Span]:
    """A line that says what the following ones are."""
    return (Span(text, Look("ink", "", True)),)


def sentences(texts: Iterable[str], width: int, sign: str = "", token: str = "ink") -> Lines:
    """Sentences one under the other, each behind the sign, wrapped under itself."""
    lines: list[Sequence[Span]] = []
    margin = len(sign) + 1 if sign else 0
    for text in texts:
        for number, line in enumerate(wrap(text, max(10, width - margin))):
            lead = f"{sign if number == 0 else ' ' * len(sign)} " if sign else ""
            lines.append((Span(lead, Look(token)), Span(line, Look("ink"))))
    return lines
