"""Lines of a detail: a label with a capital, and what is said wrapped under itself."""

from __future__ import annotations

from collections.abc import Iterator

from changedesk.domain.saying import capital
from changedesk.widgets.canvas import Line, Look, Span, cells, wrap
from changedesk.widgets.drawing import Draw
from changedesk.widgets.paint import ink

LABEL = 12
"""The columns of a label."""


def said(
    label: str, text: str, width: int, token: str = "ink", *, room: int = LABEL, label_token: str = "explain"
) -> Iterator[Line]:
    """A text behind its label of ``room`` columns, of more where a label needs them; nothing for an empty text."""
    room = max(room, cells(label) + 1)
    for number, line in enumerate(wrap(ink(text).text, max(10, width - room))):
        yield (ink(f"{capital(label) if number == 0 else '':<{room}}", label_token), Span(line, Look(token)))


def plain_lines(text: str, width: int, token: str = "ink", *, bold: bool = False) -> Iterator[Line]:
    """A text over the whole width."""
    for line in wrap(ink(text).text, width):
        yield (Span(line, Look(token, "", bold)),)


def explained(text: str) -> Draw:
    """A drawing of a text that explains, of which as much is seen as has room."""
    return lambda width, height: tuple(plain_lines(text, width, "explain"))[:height]


def headed(name: str, note: str, width: int, token: str = "ink") -> Iterator[Line]:
    """What a detail is about, and a few words beside it where they fit, else under it."""
    first, beside = ink(name, token, bold=True), ink(f"  {note}", "explain")
    if note and cells(first.text) + cells(beside.text) <= width:
        yield first, beside
        return
    yield from plain_lines(name, width, token, bold=True)
    if note:
        yield from plain_lines(note, width, "explain")
