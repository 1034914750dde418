"""One line asked for: a day, a reason, what shows that something is done; judged while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import ClassVar, Final, NamedTuple

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from changedesk.domain.day_entry import HOW_TO_WRITE, day_said, parse_day
from changedesk.domain.kinds.kind import TEXT_LENGTH
from changedesk.domain.saying import as_sentence
from changedesk.screens.dialog import Dialog
from changedesk.widgets.canvas import Line, Look, Span, wrap
from changedesk.widgets.drawing import Drawing
from changedesk.widgets.forms.typed_line import TypedLine
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.paint import GLYPH
from changedesk.widgets.reading import Reading

WIDTH: Final = 72
SIDES: Final = 4
INNER: Final = WIDTH - SIDES
SAID: Final = 2
"""The rows for what is said about the text."""
AROUND: Final = 3 + SAID + 2
"""The rows of the line, of what is said about it, and of the frame."""
BLANKS: Final = 2
"""Of them, those around the line."""
LEAST: Final = 2
"""The fewest rows of what is asked beside which such blanks stand."""


class Judged(NamedTuple):
    """Whether a text can be taken, and what is said about it."""

    taken: bool
    sentence: str = ""


Judge = Callable[[str], Judged]


class AskLine(Dialog[str]):
    """Asks for one line; the answer is the text, None when it was left with Esc."""

    DEFAULT_CSS = f"""
    AskLine > Box {{ width: {WIDTH}; max-width: 100%; padding: 0 1; margin: 0; }}
    AskLine TypedLine {{ margin: 1 0; }}
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,pageup", "read(-3)", show=False),
        Binding("down,pagedown", "read(3)", show=False),
    ]
    leave_word = "leave"

    def __init__(
        self, title: str, text: Sequence[str], judge: Judge, *, start: str = "", word: str = "go on", example: str = ""
    ) -> None:
        super().__init__()
        self._text = tuple(text)
        self._judge = judge
        self._input = TypedLine(
            start, placeholder=f"such as {example}" if example else "", max_length=TEXT_LENGTH, select_on_focus=True
        )
        self._said = Drawing()
        self._box = Reading(title, lambda width: _lines(self._text, width), self._input, self._said)
        self.hints = (KeyHint("enter", word),)

    def content(self) -> Iterable[Widget]:
        """What is asked, the line, and what is said about it."""
        self._box.page.can_focus = False
        self._said.styles.height = SAID
        yield self._box

    def on_mount(self) -> None:
        """Judge what stands there."""
        self._input.focus()
        self._say(self._input.value)

    def on_resize(self) -> None:
        """A short text has a small box; of one that is longer than the terminal the arrows show the rest."""
        lines = len(_lines(self._text, min(INNER, self.size.width - SIDES)))
        room = self.size.height - 1 - AROUND
        # What is asked comes before the blank lines around what one types.
        blank = 0 if room < min(lines, LEAST) else 1
        room += BLANKS * (1 - blank)
        self._input.styles.margin = (blank, 0)
        self._box.page.styles.height = min(lines, room)
        self._box.styles.height = min(lines, room) + AROUND - BLANKS * (1 - blank)
        self.show_keys((*self.hints, KeyHint("↑ ↓", "read on")) if lines > room else self.hints)

    def action_read(self, lines: int) -> None:
        """Show other lines of what is asked."""
        self._box.page.action_scroll(lines)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Judge while one types."""
        self._say(event.value)

    def on_input_submitted(self) -> None:
        """Enter answers when the text can be taken."""
        text = self._input.value
        if self._judge(text).taken:
            self.dismiss(text.strip())

    def _say(self, text: str) -> None:
        judged = self._judge(text)
        look = Look("explain" if judged.taken or not text.strip() else "late")
        sign = "" if judged.taken or not text.strip() else f"{GLYPH['late']} "
        sentence = judged.sentence if judged.taken else as_sentence(judged.sentence)
        said = tuple((Span(line, look),) for line in wrap(f"{sign}{sentence}", INNER)[:SAID])
        self._said.show(lambda _width, _height: said)


def any_line(said: str = "") -> Judge:
    """Takes every line, an empty one too."""
    return lambda _text: Judged(True, said)


def some_line(wanted: str) -> Judge:
    """Takes every line that says something; ``wanted`` is the sentence on what is missing while nothing stands there."""
    return lambda text: Judged(bool(text.strip()), "" if text.strip() else wanted)


def a_day(
    today: date,
    empty: str = "",
    *,
    refuse: Callable[[date], str | None] = lambda _day: None,
    steps_from: date | None = None,
) -> Judge:
    """Takes a day as people write it; with ``empty`` also nothing, and ``empty`` says what that means."""

    def judge(text: str) -> Judged:
        if not text.strip():
            return Judged(bool(empty), empty or HOW_TO_WRITE)
        day = parse_day(text, today, steps_from=steps_from)
        if day is None:
            return Judged(False, HOW_TO_WRITE)
        refused = refuse(day)
        return Judged(refused is None, refused or day_said(day, today))

    return judge


def _lines(text: Sequence[str], width: int) -> tuple[Line, ...]:
    return tuple((Span(line, Look("ink")),) for one in text for line in wrap(one, width))
