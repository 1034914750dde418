"""A box around what belongs together: its title asks the question, its right end names its own keys."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from changedesk.widgets.canvas import Look, Span
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.paint import fit_spans, ink, paint_of, width_of

CORNERS = 6
"""The columns of the top line that the corners and their blanks take."""
ENTER: Final = "enter"
HERE: Final = Span("▌ ", Look("key"))
"""The mark of the box whose text the keys move: a text has no row that could bear it."""
PAGE: Final = "Page"
"""Such a text, by its name: the first screen has none, and does not import it."""


class Box(Vertical):
    """A rounded frame with a title, what is answered behind it, keys at its right end, and a note at its lower right end.

    ``token`` colours the title: ``delivery``, ``people`` or ``service`` for what belongs to a lane.
    Enter works in the list that has the keys: a box with a list names it only while they go there. One with a text has the
    mark of the keys in its title then, where they could be in another box as well. A key that would be refused now is
    faint, as in the line of keys.
    """

    DEFAULT_CSS = """
    Box {
        border: round $line; background: $ground; padding: 0;
        border-title-align: left; border-subtitle-align: right; border-subtitle-color: $explain;
    }
    Box.-bare { border: none; }
    """

    def __init__(
        self,
        title: str,
        *children: Widget,
        token: str = "ink",
        keys: Sequence[KeyHint] = (),
        id: str | None = None,
    ) -> None:
        super().__init__(*children, id=id)
        self._title = self._first = title
        self._token = token
        self._keys = tuple(keys)
        self._refused: Collection[str] = ()
        self._answer: tuple[Span, ...] = ()
        self._note = ""

    def set_title(self, title: str, answer: str = "", answer_token: str = "ink", *more: Span) -> None:
        """Show another title, behind it the answer to its question, and ``more`` that has colours of its own."""
        said = (ink(answer, answer_token, bold=True), *more) if answer else more
        if (title, said) != (self._title, self._answer):
            self._title, self._answer = title, said
            self._repaint_edge(-1)

    def forget(self) -> None:
        """Ask again what it asked at first, without an answer; and so does all that stands in it."""
        self.set_title(self._first)
        self.set_note("")
        from changedesk.widgets.forgetting import forget_in

        forget_in(self)

    def set_keys(self, keys: Sequence[KeyHint]) -> None:
        """Name other keys at the right end."""
        if tuple(keys) != self._keys:
            self._keys = tuple(keys)
            self._repaint_edge(-1)

    @property
    def named(self) -> frozenset[str]:
        """The keys that its title names."""
        return frozenset(key for hint in self._keys for key in hint.key.split())

    def set_refused(self, keys: Collection[str]) -> None:
        """These keys would be refused now, whichever of them stand in the title."""
        before = [self._is_refused(hint) for hint in self._keys]
        self._refused = keys
        if before != [self._is_refused(hint) for hint in self._keys]:
            self._repaint_edge(-1)

    def _is_refused(self, hint: KeyHint) -> bool:
        """Of keys that stand together, as ``[ ]``, one that works is enough."""
        keys = hint.key.split()
        return bool(keys) and all(key in self._refused for key in keys)

    def set_note(self, note: str) -> None:
        """Show a short text at the lower right end: ``10 of 14``."""
        if note != self._note:
            self._note = note
            self._repaint_edge(self.size.height)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The title and the note are drawn when they are painted: only then the width and the theme are known."""
        self._border_title = self._drawn_title(self.outer_size.width)
        self._border_subtitle = self._drawn([ink(self._note, "explain")]) if self._note else None
        return super().render_lines(crop)

    def on_descendant_focus(self) -> None:
        """The keys come into this box."""
        self._show_keys_here()

    def on_descendant_blur(self) -> None:
        """The keys go elsewhere."""
        self._show_keys_here()

    def _show_keys_here(self) -> None:
        if any(hint.key == ENTER for hint in self._keys) or self.query(PAGE):
            self._repaint_edge(-1)

    @property
    def _has_the_mark(self) -> bool:
        here = self.screen.focused
        if here is None or not self.has_focus_within or here not in self.query(PAGE):
            return False
        return len(self.screen.focus_chain) > 1

    def _names(self, hint: KeyHint) -> bool:
        return hint.key != ENTER or self.has_focus_within or not any(widget.can_focus for widget in self.query())

    def _repaint_edge(self, y: int) -> None:
        self.refresh(Region(-1, y, self.outer_size.width, 1))

    def _drawn_title(self, width: int) -> Content:
        title: list[Span] = [ink(self._title, self._token, bold=True)] if self._title or not self._answer else []
        if self._answer:
            title += [Span("  ", Look()), *self._answer] if title else self._answer
        if self._has_the_mark:
            title.insert(0, HERE)
        if width_of(title) > width - CORNERS:
            title = list(fit_spans(title, max(0, width - CORNERS)))
            while title and not title[-1].text.strip():
                # The line goes on where a shortened title ends; blanks would be a gap in the frame.
                title.pop()
        keys = self._key_spans(width - CORNERS - width_of(title) - 2)
        if keys:
            line = width - CORNERS - width_of(title) - width_of(keys) - 2
            title += [Span(f" {'─' * line} ", Look("line")), *keys]
        return self._drawn(title)

    def _drawn(self, spans: Sequence[Span]) -> Content:
        paint = paint_of(self)
        return Content.assemble(*((text, Style.from_rich_style(paint.style(look))) for text, look in spans))

    def _key_spans(self, room: int) -> list[Span]:
        spans: list[Span] = []
        for hint in filter(self._names, self._keys):
            strength = "faint" if self._is_refused(hint) else "explain"
            more = [Span(f"{'  ' if spans else ''}{hint.key} {hint.word}".rstrip(), Look(strength))]
            if width_of(spans) + width_of(more) > room:
                break
            spans += more
        return spans
