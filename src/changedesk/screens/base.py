"""The base of every main screen: the one frame, when it is drawn, and when what it shows is read again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget

from changedesk.commands import BY_ID, commands_on, shown_key
from changedesk.errors import ChangeDeskError
from changedesk.screens.commanded import SWITCHES, CommandScreen
from changedesk.screens.context import Context
from changedesk.screens.hints import tabs
from changedesk.screens.loading import COULD_NOT_READ
from changedesk.screens.messages import ScreenWanted, WaitEnded
from changedesk.screens.reading_ahead import State
from changedesk.widgets.frame import TitleLine
from changedesk.widgets.keys import Typed
from changedesk.widgets.later import Later
from changedesk.widgets.lists.followed_table import FollowedTable
from changedesk.widgets.paint import GLYPH

if TYPE_CHECKING:
    from changedesk.services.control.approvals.news import Waits

AT_LEAST_A_FRAME_AFTER: Final = 0.08
"""Seconds that a screen opened for the first time may read before its empty frame is drawn: most need half of that."""


class DeskScreen(CommandScreen):
    """A main screen in the one frame.

    A subclass yields its widgets in :meth:`content`, and loads in :meth:`reload`.
    """

    DEFAULT_CSS = """
    DeskScreen { background: $ground; color: $ink; layout: vertical; overflow: hidden; }
    """
    home: ClassVar[str] = ""
    """The main screen that it belongs to, where it has no tab of its own."""
    reads_subject: ClassVar[bool] = False
    """Whether only what it reads says which initiative it is about: a key that takes that one to another screen waits for it."""

    shows_forecasts: ClassVar[bool] = True
    """Whether it shows anything of the forecasts that are kept; what shows nothing of them is not read again for them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._title_line = TitleLine(tabs(context.config.keymap, {}), self.home or self.scope)
        self._minute = Later(self)
        self._seen: State | None = None
        self._counted: State | None = None
        self._counts: dict[str, int] = {}
        self._reads_first = True
        self._awaited: set[str] = set()
        self.is_drawn_first = False
        """Whether its frame is drawn before anything is read: with the first screen of the program, all that reads is imported."""
        self._held_back = Later(self)
        self._never_wait = {
            key
            for one in commands_on("app")
            if not (self.reads_subject and one.id in SWITCHES)
            for key in context.config.keymap.of(one.id)
        }
        steps = (f"{self.scope}.{name}" for name in ("next", "previous"))
        self._steps_on = {key for one in steps if one in BY_ID for key in context.config.keymap.of(one)}

    # --- what a screen fills in

    def content(self) -> Iterable[Widget]:
        """The widgets between title line and line of keys."""
        return ()

    def reload(self) -> None:
        """Fetch what is shown: when the screen appears first, when the desk has changed, and on a new day."""

    def minute_passed(self) -> None:
        """Another minute has begun: what is shown may say something else by now."""

    @property
    def subject(self) -> str:
        """What this screen is about now, for the screen that follows: the id of the selected initiative."""
        return ""

    def open_subject(self, subject: str) -> None:
        """Show this subject; called before the screen appears."""

    # --- what a screen uses

    def go(self, name: str, subject: str = "", said: str = "") -> None:
        """Show another main screen, and let it say what was done."""
        self.context.typed.hold()
        self.post_message(ScreenWanted(name, subject, said))

    def perform(self, command_id: str) -> None:
        """Give a command; one for which something is not there that could not be read has it read again."""
        super().perform(command_id)
        if self.notice == COULD_NOT_READ:
            self.reload()

    def perform_from_anywhere(self, command_id: str) -> None:
        """Give a command that was picked from all of them; one of another place is not given before one is there and sees it."""
        command = BY_ID[command_id]
        if command.scope in ("app", self.scope):
            self.perform(command_id)
        else:
            key = shown_key(self.context.config.keymap.of(command_id)[0])
            self.go(command.scope, self.subject, f"Press {key} here: {command.title}")

    def begin_anew(self) -> None:
        """Something else is to be shown: read it. Nothing of what was shown stays on the screen meanwhile.

        Where reading takes no time it is drawn once, with what it shows then.
        """
        if self.is_attached:
            from changedesk.widgets.forgetting import forget_in

            self._held_back.call(AT_LEAST_A_FRAME_AFTER, self.refresh)
            forget_in(self)
            # What is read now is not read again because somebody has written since the screen was left.
            self._seen = self.state_now()
            self.reload()

    def keys_wait_for(self, load: Callable[[], object]) -> None:
        """Load what a key asks for, another subject or the place where the next key works: until it stands, what is typed waits."""
        before = dict(self._loads)
        load()
        self._awaited |= {token for token, number in self._loads.items() if before.get(token) != number}

    def give_keys(self, widget: Widget) -> None:
        """Let this widget have the keys, once the screen is there; what is shown first after the next layout has them then."""
        if self.is_attached:
            self._take_keys(widget)
            self.call_after_refresh(self._take_keys, widget)

    def _done(self, sentence: str) -> None:
        """Something was done: read again what is shown, and say it."""
        self.reload()
        self.say(sentence, "fine")

    def count_tabs(self, counts: Mapping[str, int]) -> None:
        """Show how much waits on which main screen (name to number); what is not named stays as it was."""
        self._counts |= counts
        self._title_line.set_tabs(tabs(self.context.config.keymap, self._counts))

    def after_load(self) -> None:
        """What has been loaded may allow other commands; once the screen is there, what waits elsewhere is counted."""
        self._let_keys_go_on()
        self._draw_now()
        if self._awaited and self._awaited <= self._brought:
            self._end_wait()
        self.refresh_keys()
        if self._counted != self._seen:
            self._counted = self._seen
            self.call_after_refresh(self.count_waiting)

    def count_waiting(self) -> None:
        """Count the decisions that wait, and what is overdue; every screen says it in its title line."""
        if self.context.door is not None:
            session = self.context.session

            def count() -> tuple[Waits, int]:
                from changedesk.services.control.approvals.news import waits
                from changedesk.services.people.triage import owned

                # One thread for both: each that reads at the same time costs two MiB.
                return waits(session), owned(session)

            self.load("waits", count, self._show_waits)

    def waits_before(self, typed: Typed) -> bool:
        """Until what a key was pressed for stands, a key waits that works with it; those of the whole program do not.

        After that it never waits: what is shown can be worked with while more is read.
        """
        # A bracket is bound by what it writes, and comes by its name.
        keys = {typed.key, typed.character} if isinstance(typed, events.Key) else set()
        first = self._reads_first and not keys & self._never_wait
        # A held key goes on from what was asked for: each step that is read first would only be drawn to be left.
        another = bool(self._awaited) and not keys & (self._never_wait | self._steps_on)
        return super().waits_before(typed) or first or another

    def do_undo(self) -> None:
        """Show one's own last change, and take it back after a question."""
        from changedesk.screens.undoing import ask_to_undo

        ask_to_undo(self)

    def failed(self, error: BaseException) -> None:
        """Nothing waits for what could not be read or shown."""
        super().failed(error)
        self._let_keys_go_on()
        self._draw_now()
        self._end_wait()

    # --- how it works

    def _take_keys(self, widget: Widget) -> None:
        self.set_focus(widget)
        self.refresh_keys()

    def _read_first(self) -> None:
        self.reload()
        if not self._loads:
            self._let_keys_go_on()
            self._draw_now()

    def _let_keys_go_on(self) -> None:
        if self._reads_first:
            self._reads_first = False
            self.app.post_message(WaitEnded())

    def _end_wait(self) -> None:
        if self._awaited:
            self._awaited.clear()
            self.app.post_message(WaitEnded())

    def _draw_now(self) -> None:
        if self._held_back.waits:
            self._held_back.forget()
            # In its places at once: else what was read is drawn where nothing was, and then again where it belongs.
            self._refresh_layout()

    def _compositor_refresh(self) -> None:
        """Draw what is to be drawn anew; an empty frame only where reading takes its time."""
        if not self._held_back.waits:
            super()._compositor_refresh()

    def _show_waits(self, counted: tuple[Waits, int]) -> None:
        waits, owned = counted
        self.count_tabs({"approvals": waits.votes, "readiness": owned})
        self._show_badges(waits.retro + waits.reviews)

    def _show_badges(self, overdue: int) -> None:
        badges = [(f"{GLYPH['late']} {overdue} overdue", "late")] if overdue else []
        badges += [("read-only", "risk")] if self.context.read_only else []
        badges += [("offline", "explain")] if self.context.offline else []
        self._title_line.set_badges(badges)

    def compose(self) -> ComposeResult:
        """The frame around the content."""
        yield self._title_line
        yield from self.content()
        yield self._notice
        yield self._key_line

    def on_mount(self) -> None:
        """Show the frame at once, and load."""
        for table in self.query(FollowedTable):
            table.keys_said = self.context.config.keymap.said
        self._show_badges(0)
        self.refresh_keys()
        self._seen = self.state_now()
        if self.is_drawn_first:
            self.call_after_refresh(self._read_first)
        else:
            self._held_back.call(AT_LEAST_A_FRAME_AFTER, self.refresh)
            self._read_first()

    def on_screen_resume(self) -> None:
        """The clock goes on; what has changed in the meantime is loaded, once what was shown is seen again."""
        self._tick()
        self.call_after_refresh(self.look_again)

    def on_screen_suspend(self) -> None:
        """Nothing goes on that is not seen."""
        self._minute.forget()

    def read_again(self) -> None:
        """Load what is shown again."""
        self._seen = self.state_now()
        self.reload()

    def on_title_line_tab_chosen(self, event: TitleLine.TabChosen) -> None:
        """A click on a tab is as good as its key."""
        self.perform(f"app.{event.name}")

    def _tick(self) -> None:
        now = self.context.clock()
        self._title_line.set_clock(f"{now.day} {now:%b %H:%M}", f"{now:%H:%M}")
        self._minute.call(60 - now.second - now.microsecond / 1_000_000, self._next_minute)

    def _next_minute(self) -> None:
        self._tick()
        self.look_again()
        # A deadline passes and a window opens without anybody writing.
        self.count_waiting()
        self.minute_passed()

    def look_again(self) -> None:
        """Load what is shown again, where somebody has written what it may show, or another day has begun."""
        if self._seen is not None and (self.could_not_read or self._seen != self.state_now()):
            self.read_again()

    def state_now(self) -> State:
        """The revision of the desk and the day: when either is another one, what is shown is read again."""
        try:
            revision = self.context.changed() if self.shows_forecasts else self.context.changed_without_forecasts()
        except ChangeDeskError:
            revision = self._seen[0] if self._seen else 0
        return revision, self.context.clock().date()
