"""The frame that every screen has: the title line at the top, the line of keys at the bottom, a notice above it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from changedesk.widgets.canvas import Look, Span, cells, wrap
from changedesk.widgets.paint import GLYPH, LEVEL_TOKEN, fit_spans, ink, paint_of, width_of

PRODUCT = "ChangeDesk"
NO_TITLES, WAITING_TITLES, ALL_TITLES = range(3)
"""Which main screens are named besides the one that is shown: none, those on which something waits, or all."""
NOTICE_LINES = 4


class Tab(NamedTuple):
    """A main screen in the title line: its key, its title, and a number of things that wait there (0 says nothing)."""

    name: str
    key: str
    title: str
    waiting: int = 0


class KeyHint(NamedTuple):
    """A key and the word for what it does, as in the line of keys. A ``dim`` one would be refused now."""

    key: str
    word: str
    dim: bool = False


class TitleLine(Widget):
    """The product, the main screens with the one that is shown, badges, and the clock.

    Where the room is small the clock is only the time, then the product is not named; where the titles of all screens have no
    room even so, the other screens are only their keys, unless something waits there, and at last all of them.
    """

    DEFAULT_CSS = "TitleLine { dock: top; height: 1; }"

    class TabChosen(Message):
        """A main screen was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, tabs: Sequence[Tab], active: str) -> None:
        super().__init__()
        self._tabs = tuple(tabs)
        self._active = active
        self._badges: tuple[tuple[str, str], ...] = ()
        self._clock = ("", "")

    def set_tabs(self, tabs: Sequence[Tab]) -> None:
        """Show these screens and counts."""
        if tuple(tabs) != self._tabs:
            self._tabs = tuple(tabs)
            self.refresh()

    def set_active(self, active: str) -> None:
        """Light the tab of another main screen."""
        if active != self._active:
            self._active = active
            self.refresh()

    def set_badges(self, badges: Sequence[tuple[str, str]]) -> None:
        """Show these words, each with its colour: ``("read-only", "risk")``."""
        if tuple(badges) != self._badges:
            self._badges = tuple(badges)
            self.refresh()

    def set_clock(self, long: str, short: str) -> None:
        """Show this time, in a long and a short form; only its own cells are painted again."""
        if (long, short) == self._clock:
            return
        same_size = (len(long), len(short)) == (len(self._clock[0]), len(self._clock[1]))
        self._clock = (long, short)
        if same_size and self.size.width:
            width = cells(long) + 1
            self.refresh(Region(self.size.width - width, 0, width, 1))
        else:
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click on a screen's title shows it."""
        x = 0
        for span, name in self._forms(self.size.width)[0]:
            x += cells(span.text)
            if event.x < x:
                if name and name != self._active:
                    self.post_message(self.TabChosen(name))
                return

    def render_line(self, _y: int) -> Strip:
        """The line."""
        width = self.size.width
        left, right = self._forms(width)
        spans = [span for span, _ in left]
        blank = width - width_of(spans) - width_of(right)
        return paint_of(self).strip([*spans, Span(" " * max(0, blank), Look()), *right], width, "raised")

    def _forms(self, width: int) -> tuple[list[tuple[Span, str]], list[Span]]:
        """The left and the right side in the longest form that fits."""
        forms = [
            (ALL_TITLES, True, True, True),
            (ALL_TITLES, True, True, False),
            (ALL_TITLES, True, False, False),
            (WAITING_TITLES, True, True, True),
            (WAITING_TITLES, True, True, False),
            (NO_TITLES, True, True, True),
            (NO_TITLES, True, True, False),
            (NO_TITLES, False, True, False),
            (NO_TITLES, False, False, False),
        ]
        left: list[tuple[Span, str]] = []
        right: list[Span] = []
        for titles, tabs, product, long in forms:
            left, right = self._left(titles, tabs, product), self._right(long)
            if sum(cells(span.text) for span, _ in left) + width_of(right) < width:
                break
        return left, right

    def _left(self, titles: int, tabs: bool, product: bool) -> list[tuple[Span, str]]:
        spans = [(Span(f" {PRODUCT} ", Look("key", "", True)), "")] if product else []
        for tab in self._tabs if tabs else [tab for tab in self._tabs if tab.name == self._active]:
            active = tab.name == self._active
            ground = "selection" if active else ""
            spans.append((Span(f" {tab.key}", Look("key" if active else "explain", ground, active)), tab.name))
            if active or titles == ALL_TITLES or (titles == WAITING_TITLES and tab.waiting):
                look = Look("ink" if active else "explain", ground, active)
                spans.append((Span(f" {tab.title}", look), tab.name))
                if tab.waiting:
                    spans.append((Span(f" ({tab.waiting})", Look("key", ground, True)), tab.name))
            if active:
                spans.append((Span(" ", Look("ink", ground)), tab.name))
        return spans

    def _right(self, long: bool) -> list[Span]:
        badges = [ink(f"{word}  ", token) for word, token in self._badges]
        return [*badges, ink(f"{self._clock[0 if long else 1]} ", "explain")]


class KeyLine(Widget):
    """The keys that work right here, the most important first; what does not fit whole is left out."""

    DEFAULT_CSS = "KeyLine { dock: bottom; height: 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._hints: tuple[KeyHint, ...] = ()
        self._last: tuple[KeyHint, ...] = ()
        self._said: tuple[Span, ...] = ()

    def say(self, text: str, level: str) -> bool:
        """Show one sentence instead of the keys, if it fits; false when it does not."""
        spans = notice_spans(text, level)
        if width_of(spans) > self.size.width:
            return False
        self._said = spans
        self.refresh()
        return True

    def be_quiet(self) -> None:
        """Show the keys again."""
        if self._said:
            self._said = ()
            self.refresh()

    @property
    def said(self) -> str:
        """The sentence that stands instead of the keys; empty when none does."""
        return "".join(text for text, _ in self._said[1:])

    def set_keys(self, hints: Sequence[KeyHint], last: Sequence[KeyHint] = ()) -> None:
        """Show these keys, then ``last``, which have their room before all others; only the very last has it after them."""
        if (tuple(hints), tuple(last)) != (self._hints, self._last):
            self._hints, self._last = tuple(hints), tuple(last)
            self.refresh()

    def render_line(self, _y: int) -> Strip:
        """The line."""
        width = self.size.width
        # A sentence that was said on a wider terminal is not cut inside a word on this one.
        spans: Sequence[Span] = fit_spans(self._said, width)
        if not self._said:
            spans = [span for hint in self.fitting(width) for span in self._spans(hint)]
        return paint_of(self).strip(spans, width, "raised")

    def fitting(self, width: int) -> list[KeyHint]:
        """The keys that have room on a line of this width; where only refused ones would have, those that work come first."""
        kept = self._first_that_fit(self._hints, width)
        if all(hint.dim for hint in kept if hint in self._hints):
            kept = self._first_that_fit(sorted(self._hints, key=lambda hint: hint.dim), width)
        return [*(hint for hint in self._hints if hint in kept), *(hint for hint in self._last if hint in kept)]

    def _first_that_fit(self, hints: Sequence[KeyHint], width: int) -> list[KeyHint]:
        kept: list[KeyHint] = []
        room = width
        for hint in (*self._last[:-1], *hints, *self._last[-1:]):
            size = width_of(self._spans(hint))
            if size > room:
                break
            room -= size
            kept.append(hint)
        return kept

    def _spans(self, hint: KeyHint) -> list[Span]:
        key = Look("faint" if hint.dim else "key", "", not hint.dim)
        return [Span(f" {hint.key} ", key), Span(f"{hint.word} ", Look("faint" if hint.dim else "explain"))]


def notice_spans(text: str, level: str) -> tuple[Span, ...]:
    """A sentence after the sign of its level."""
    return (Span(f" {GLYPH[level]} ", Look(LEVEL_TOKEN[level])), ink(text))


class Notice(Widget):
    """A longer sentence, or one that stays, above the line of keys; what is above it makes room, so that it hides nothing."""

    DEFAULT_CSS = """
    Notice { dock: bottom; height: auto; max-height: 4; margin: 0 0 1 0; display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._level = "unknown"
        self._passing = True

    def show(self, text: str, level: str = "unknown", *, passing: bool = True) -> None:
        """Show a sentence. ``level`` is late, at_risk, fine or unknown; a ``passing`` one goes with the next key."""
        self._text, self._level, self._passing = ink(text).text, level, passing
        self.display = True
        self.refresh(layout=True)

    def hide(self) -> None:
        """Take the sentence away."""
        if self.display:
            self.display = False
            self._text = ""

    def key_was_pressed(self) -> None:
        """A passing notice has been read."""
        if self._passing:
            self.hide()

    @property
    def text(self) -> str:
        """The sentence that is shown; empty when none is."""
        return self._text

    def get_content_height(self, _container: object, _viewport: object, width: int) -> int:
        """As many lines as the sentence needs."""
        return max(1, min(NOTICE_LINES, len(self._lines(width))))

    def render_line(self, y: int) -> Strip:
        """One line of the sentence, after the sign of its level."""
        lines = self._lines(self.size.width)
        text = lines[y] if y < len(lines) else ""
        sign = Span(f" {GLYPH[self._level]} " if y == 0 else "   ", Look(LEVEL_TOKEN[self._level]))
        return paint_of(self).strip([sign, Span(text, Look("ink"))], self.size.width, "raised")

    def _lines(self, width: int) -> list[str]:
        return wrap(self._text, max(1, width - 4))
