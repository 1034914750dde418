"""A list that is filtered by words: the line for them opens over it, filters while one types, and is taken away again."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar, Final, Generic, Protocol, TypeVar

from textual.events import Key
from textual.widget import Widget

from changedesk.screens.context import Context
from changedesk.screens.listed import ListScreen
from changedesk.screens.messages import EnterFollowed
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.keys import Typed
from changedesk.widgets.lists.rows import Column

if TYPE_CHECKING:
    from typing import Self

    from textual.widgets import Input


NOTHING_TO_FILTER: Final = "There is nothing to filter."
"""Why no words are asked for over an empty list."""


class Findable(Protocol):
    """Lines in their order, of which those with some words can be had."""

    def having(self, words: str) -> Self:
        """Those of them that have every one of some words."""
        ...


Lines = TypeVar("Lines", bound=Findable)


class FilteredScreen(ListScreen):
    """A screen with such a list. ``filter_hint`` says what the words are looked for in."""

    filter_hint: ClassVar[str] = ""

    def __init__(self, context: Context, columns: Sequence[Column] = ()) -> None:
        super().__init__(context, columns)
        self._filter: Input | None = None
        self._words = ""

    def blocked_reason(self, name: str) -> str | None:
        """Words are looked for where there is something, or where words are what leaves nothing; and while it is read."""
        if name != "filter" or self._table.line_count or self.words or self.scope in self._on_the_way:
            return super().blocked_reason(name)
        return self.lacks(self.scope, NOTHING_TO_FILTER)

    @property
    def words(self) -> str:
        """The words that the list is filtered by now."""
        return self._words

    def filter_by(self, words: str) -> None:
        """Show only what contains these words; a screen that reads anew for them has its own way."""
        self._words = words
        self._fill()

    @abstractmethod
    def _fill(self) -> None:
        """Put the rows into the list that contain the words."""

    def do_filter(self) -> None:
        """Open the line in which the filter is typed."""
        if self._filter is None:
            # Few look for words before the first frame stands.
            from changedesk.widgets.forms.typed_line import TypedLine

            self._filter = TypedLine(self.words, placeholder=self.filter_hint)
            above = self._table
            assert isinstance(above.parent, Widget)
            above.parent.mount(self._filter, before=above)
        self._filter.display = True
        # At once, and not in its turn: the letters that are typed already are meant for it.
        self.set_focus(self._filter)

    def refresh_keys(self) -> None:
        """While the words are typed, only the keys that end it work."""
        if self._filter is not None and self._filter.display:
            back = self.context.config.keymap.shown("app.back")
            self._key_line.set_keys((KeyHint("enter", "to the list"), KeyHint(back, "show all")))
        else:
            super().refresh_keys()

    def do_back(self) -> None:
        """Take the filter away, then what is said, or leave."""
        if not self.take_filter_away():
            super().do_back()

    async def take(self, typed: Typed) -> bool:
        """What is typed behind the key that ends the line comes when the keys go to the list again."""
        ends = ("enter", *self.context.config.keymap.of("app.back"))
        line = self._filter
        if (
            line is not None
            and self.focused is line
            and isinstance(typed, Key)
            and typed.key in ends
            and not line.check_consume_key(typed.key, typed.character)
        ):
            self.context.typed.hold()
        return await super().take(typed)

    def take_filter_away(self) -> bool:
        """Show everything again; False when nothing was filtered."""
        if self._filter is None or not (self._filter.display or self.words):
            return False
        self._filter.display = False
        self._filter.value = ""
        self._to_list()
        return True

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter while the words are typed."""
        event.stop()
        if event.value != self.words:
            self.filter_by(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """The keys go to the list again; the filter stays."""
        event.stop()
        event.input.display = False
        self._to_list()
        self.refresh_keys()

    def _to_list(self) -> None:
        """The keys go to the list; to it goes as well what was typed behind the one that ended the line."""
        if self.focused is self._filter:
            self.app.post_message(EnterFollowed())
        self.set_focus(self._table)


class SoughtScreen(FilteredScreen, Generic[Lines]):
    """A screen with such a list that may be a hundred thousand lines: they are read, and words looked for, beside it."""

    def __init__(self, context: Context, columns: Sequence[Column] = ()) -> None:
        super().__init__(context, columns)
        self._all: Lines | None = None
        self._shown: Lines | None = None

    def list_anew(self) -> None:
        """Something else is listed: nothing of it is read yet, and no words are asked for."""
        self._all = self._shown = None
        self.take_filter_away()
        self._words = ""
        self.begin_anew()

    def read_all(self, read: Callable[[], Lines]) -> None:
        """Read all lines as they are now, and show those with the words."""
        words = self._words

        def found() -> tuple[Lines, Lines]:
            lines = read()
            return lines, lines.having(words)

        def show(lines: tuple[Lines, Lines]) -> None:
            self._all, self._shown = lines
            self._fill()
            if self._words != words:
                self.filter_by(self._words)

        self.load(self.scope, found, show)

    def filter_by(self, words: str) -> None:
        """Look for the words in what was read; for the first ones it may all be read once more."""
        self._words = words
        if (lines := self._all) is not None:
            self.load("words", lambda: lines.having(words), lambda shown: self._narrow(lines, shown))

    def _narrow(self, lines: Lines, having: Lines) -> None:
        """Show those with the words, unless all of them have been read anew meanwhile."""
        if lines is self._all:
            self._shown = having
            self._fill()
