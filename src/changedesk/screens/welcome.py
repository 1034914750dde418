"""The first run: there is no desk yet, and two ways to begin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message

from changedesk.screens.context import Context
from changedesk.screens.loading import LoadingScreen
from changedesk.widgets.box import Box
from changedesk.widgets.canvas import Look, Span, wrap
from changedesk.widgets.frame import KeyHint, KeyLine, Notice
from changedesk.widgets.page import Lines, Page

INTRODUCTION = (
    "A project can be on time, in budget, closed and green, and three months later nobody works the new way. "
    "ChangeDesk shows delivery and adoption side by side, for every initiative, until the new way has stuck."
)


class DeskOpened(Message):
    """A desk is open; the program goes on with this context."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context


class WelcomeScreen(LoadingScreen):
    """Offers the demo portfolio or a new, empty desk."""

    DEFAULT_CSS = """
    WelcomeScreen { align: center middle; background: $ground; color: $ink; }
    WelcomeScreen > Box { width: 76; max-width: 96%; height: 18; max-height: 90%; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "demo", show=False),
        Binding("n", "new", show=False),
        Binding("q,escape", "leave", show=False),
    ]

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._busy = ""
        self._notice = Notice()
        self._keys = KeyLine()
        self._page = Page(self._lines)

    def compose(self) -> ComposeResult:
        """A box in the middle, and the keys."""
        yield Box("Welcome to ChangeDesk", self._page)
        yield self._notice
        yield self._keys

    def on_mount(self) -> None:
        """Name the keys."""
        self._name_keys()

    def action_demo(self) -> None:
        """Open the demo portfolio."""
        if self.context.welcome is not None:
            self._begin("Filling the demo portfolio ...", self.context.welcome.open_demo)

    def action_new(self) -> None:
        """Start a new, empty desk."""
        if self.context.welcome is not None:
            self._begin("Making a new desk ...", self.context.welcome.start_new)

    def action_leave(self) -> None:
        """Leave; nothing was made."""
        self.app.exit(return_code=0)

    def _begin(self, words: str, make: Callable[[], Context]) -> None:
        if self._busy:
            return
        self._busy = words
        self._name_keys()
        self._notice.hide()
        self._page.refresh_lines()
        self.load("desk", make, lambda context: self.post_message(DeskOpened(context)))

    def say(self, text: str, level: str = "unknown", *, passing: bool = True) -> None:
        """Say one sentence above the keys."""
        self._notice.show(text, level, passing=passing)

    def be_quiet(self) -> None:
        """Take it away."""
        self._notice.hide()

    def failed(self, error: BaseException) -> None:
        """Say why no desk could be made, and offer both ways again."""
        self._busy = ""
        self._name_keys()
        self._page.refresh_lines()
        super().failed(error)

    def _name_keys(self) -> None:
        """Both ways, or, while one is gone, only the way out."""
        ways = () if self._busy else (KeyHint("d", "demo portfolio"), KeyHint("n", "new desk"))
        self._keys.set_keys((*ways, KeyHint("q", "quit")))

    def _lines(self, width: int) -> Lines:
        lines: list[Sequence[Span]] = [()]
        lines += [(Span("  ", Look()), Span(text, Look())) for text in wrap(INTRODUCTION, width - 4)]
        lines.append(())
        if self._busy:
            lines.append((Span("  ", Look()), Span(self._busy, Look("risk"))))
            return lines
        lines.append((Span("  There is no desk here yet.", Look("explain")),))
        lines.append(())
        for key, title, text in (
            ("d", "Open the demo portfolio", "Fourteen initiatives of five clients, to look around."),
            ("n", "Start a new, empty desk", "Then import your clients, people and initiatives."),
            ("q", "Quit", "Nothing is made."),
        ):
            lines.append((Span(f"  {key}  ", Look("key", "", True)), Span(title, Look("ink", "", True))))
            lines += [(Span("     ", Look()), Span(part, Look("explain"))) for part in wrap(text, width - 7)]
        return lines
