"""A box around what belongs together: its title asks the question, its right end names its own keys."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style as RichStyle
from textual.containers import Vertical
from textual.content import Content
from textual.style import Style

from changedesk.widgets.canvas import Look, Span
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.paint import ink, paint_of, width_of

CORNERS = 6
"""The columns of the top line that the corners and their blanks take."""


class Box(Vertical):
    """A rounded frame with a title, what is answered behind it, keys at its right end, and a note at its lower right end.

    ``token`` colours the title: ``delivery``, ``people`` or ``service`` for what belongs to a lane.
    """

    DEFAULT_CSS = """
    Box { border: round $line; background: $ground; padding: 0; border-title-align: left; border-subtitle-align: right; }
    Box.-bare { border: none; }
    """

    def __init__(self, title: str, *, token: str = "ink", keys: Sequence[KeyHint] = (), id: str | None = None) -> None:
        super().__init__(id=id)
        self._title = title
        self._token = token
        self._keys = tuple(keys)
        self._answer: Span | None = None
        self._note = ""
        self._drawn: tuple[object, ...] = ()

    def set_title(self, title: str, answer: str = "", answer_token: str = "ink") -> None:
        """Show another title, and behind it the answer to its question."""
        self._title = title
        self._answer = ink(answer, answer_token, bold=True) if answer else None
        self._draw()

    def set_keys(self, keys: Sequence[KeyHint]) -> None:
        """Name other keys at the right end."""
        self._keys = tuple(keys)
        self._draw()

    def set_note(self, note: str) -> None:
        """Show a short text at the lower right end: ``10 of 14``."""
        if note != self._note:
            self._note = note
            self.border_subtitle = Content(ink(note).text) if note else ""

    def on_mount(self) -> None:
        """Draw the title in the colours of the theme, now and after each change of it."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self._draw())

    def on_resize(self) -> None:
        """The line between title and keys fills the room."""
        self._draw()

    def _draw(self) -> None:
        width = self.outer_size.width
        state = (width, self._title, self._answer, self._keys, self.app.theme)
        if width < CORNERS or state == self._drawn:
            return
        self._drawn = state
        title: list[Span] = [ink(self._title, self._token, bold=True)]
        if self._answer is not None:
            title += [Span("  ", Look()), self._answer]
        keys = self._key_spans(width - CORNERS - width_of(title) - 2)
        if keys:
            line = width - CORNERS - width_of(title) - width_of(keys) - 2
            title += [Span(f" {'─' * line} ", Look("line")), *keys]
        paint = paint_of(self)
        self.border_title = Content.assemble(*((text, _style(paint.style(look))) for text, look in title))

    def _key_spans(self, room: int) -> list[Span]:
        spans: list[Span] = []
        for hint in self._keys:
            more = [Span(f"{'  ' if spans else ''}{hint.key} {hint.word}".rstrip(), Look("explain"))]
            if width_of(spans) + width_of(more) > room:
                break
            spans += more
        return spans


def _style(style: RichStyle) -> Style:
    return Style.from_rich_style(style)
