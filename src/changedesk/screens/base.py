"""The base of every main screen: the one frame, its commands, work in the background, and calm notices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from changedesk.commands import BY_ID, MAIN_SCREENS, READ_ONLY, Command, commands_on
from changedesk.errors import ChangeDeskError
from changedesk.screens.context import Context
from changedesk.screens.hints import bindings_of, hints, tabs
from changedesk.screens.messages import CommandGiven, EnterFollowed, ScreenWanted, WaitEnded
from changedesk.screens.notice_screen import NoticeScreen
from changedesk.screens.reading_ahead import State
from changedesk.widgets.frame import TitleLine
from changedesk.widgets.keys import Typed, follow_binding
from changedesk.widgets.later import Later
from changedesk.widgets.paint import GLYPH

if TYPE_CHECKING:
    from changedesk.services.control.news import Waits
    from changedesk.widgets.table import VirtualTable

Result = TypeVar("Result")

SWITCHES: Final = frozenset(f"app.{screen.name}" for screen in MAIN_SCREENS)
"""The commands that show another main screen."""

AT_LEAST_A_FRAME_AFTER: Final = 0.08
"""Seconds that a screen opened for the first time may read before its empty frame is drawn: most need half of that."""


def overdue_words(waits: Waits) -> str:
    """What is overdue, in few words: ``2 overdue``; empty when nothing is."""
    overdue = waits.retro + waits.reviews
    return f"{overdue} overdue" if overdue else ""


class DeskScreen(NoticeScreen):
    """A main screen in the one frame.

    A subclass names its ``scope`` (the name of its commands), yields its widgets in :meth:`content`, loads in
    :meth:`reload`, and has a method ``do_NAME`` for each command ``scope.NAME``.
    """

    DEFAULT_CSS = """
    DeskScreen { background: $ground; color: $ink; layout: vertical; overflow: hidden; }
    """
    scope: ClassVar[str] = ""
    home: ClassVar[str] = ""
    """The main screen that it belongs to, where it has no tab of its own."""
    enter: ClassVar[str] = ""
    """The command of this screen that Enter on a row of its list gives."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._bindings = bindings_of(commands_on(self.scope), context.config.keymap)
        self._title_line = TitleLine(tabs(context.config.keymap, {}), self.home or self.scope)
        self._minute = Later(self)
        self._seen: State | None = None
        self._counted: State | None = None
        self._counts: dict[str, int] = {}
        self._reads_first = True
        self._awaits_question = False
        self.is_drawn_first = False
        """Whether its frame is drawn before anything is read: with the first screen of the program, all that reads is imported."""
        self._held_back = Later(self)
        self._keys_of_program = {key for one in commands_on("app") for key in context.config.keymap.of(one.id)}

    # --- what a screen fills in

    def content(self) -> Iterable[Widget]:
        """The widgets between title line and line of keys."""
        return ()

    def reload(self) -> None:
        """Fetch what is shown: when the screen appears first, when the desk has changed, and on a new day."""

    def minute_passed(self) -> None:
        """Another minute has begun: what is shown may say something else by now."""

    def blocked_reason(self, name: str) -> str | None:  # noqa: ARG002 - for subclasses
        """Why the command ``scope.NAME`` cannot be given now, as a sentence for the reader; None when it can."""
        return None

    def word_now(self, command: Command) -> str:
        """What a command is called in the line of keys for what is shown now; an empty word leaves it out."""
        return command.word

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

    def _done(self, sentence: str) -> None:
        """Something was done: read again what is shown, and say it."""
        self.reload()
        self.say(sentence, "fine")

    def read_to_ask(self, token: str, read: Callable[[], Result], ask: Callable[[Result], object]) -> None:
        """Read what a question needs, and ask it: what is typed meanwhile is its answer, and no command of this screen.

        Where nothing is asked in the end, what was typed is forgotten: it was meant for a question that is not there.
        """
        self._awaits_question = True

        def ready(result: Result) -> None:
            ask(result)
            if self.app.screen is self:
                self.context.typed.forget()
            self._let_answers_through()

        self.load(token, read, ready)

    def count_tabs(self, counts: Mapping[str, int]) -> None:
        """Show how much waits on which main screen (name to number); what is not named stays as it was."""
        self._counts |= counts
        self._title_line.set_tabs(tabs(self.context.config.keymap, self._counts))

    def refresh_keys(self) -> None:
        """Look again which commands are refused now; only a line of keys that changes is painted."""
        own = [command for command in commands_on(self.scope) if command.scope != "app"]
        keymap = self.context.config.keymap
        self._key_line.set_keys(
            hints(own, keymap, self.reason_against, self.word_now),
            hints(commands_on("app"), keymap, self.reason_against),
        )

    def after_load(self) -> None:
        """What has been loaded may allow other commands; once the screen is there, what waits elsewhere is counted."""
        self._let_keys_go_on()
        self.refresh_keys()
        if self._counted != self._seen:
            self._counted = self._seen
            self.call_after_refresh(self.count_waiting)

    def count_waiting(self) -> None:
        """Count the decisions that wait, and what is overdue; every screen says it in its title line."""
        services = self.context.services
        if services is not None:
            # One thread for both: each that reads at the same time costs two MiB.
            self.load("waits", lambda: (services.approvals.waits(), services.people.owned()), self._show_waits)

    def reason_against(self, command_id: str) -> str | None:
        """Why a command is refused now: the desk is read-only, whose key it is may not, or what the screen itself says."""
        command = BY_ID[command_id]
        if command.writes and self.context.read_only:
            return READ_ONLY
        refused = self.context.refusal(command.takes)
        if refused:
            # Whoever may not save something is told at the key, and not when all of it has been typed.
            return f"{refused}."
        return self.blocked_reason(command.name) if command.scope == self.scope else None

    def perform(self, command_id: str) -> None:
        """Give a command, as its key or the palette does."""
        reason = self.reason_against(command_id)
        if reason is not None:
            self.say(reason, "at_risk")
            return
        command = BY_ID[command_id]
        # A key that switches screens switches, also where a screen has a command of the same name for itself.
        method = None if command_id in SWITCHES else getattr(self, f"do_{command.name}", None)
        if method is not None:
            method()
            self.refresh_keys()
        else:
            self._give_to_program(command)

    def waits_before(self, typed: Typed) -> bool:
        """Until what the screen was opened for stands, a key waits that works with it; those of the whole program do not.

        After that it never waits: what is shown can be worked with while more is read.
        """
        return self._awaits_question or (
            self._reads_first and not (isinstance(typed, events.Key) and typed.key in self._keys_of_program)
        )

    def _give_to_program(self, command: Command) -> None:
        self.context.typed.hold()
        self.post_message(CommandGiven(command))

    async def take(self, typed: Typed) -> bool:
        """Follow the key at once, so that the letters after it go into the form that it opens.

        Where one types into a line, its letters go there, and the line keeps their order.
        """
        focused = self.focused
        if isinstance(typed, events.Paste) or (focused is not None and focused.check_consume_key("a", "a")):
            return False
        for node in (focused or self).ancestors_with_self:
            if await follow_binding(node, typed.key):
                if typed.key == "enter" and node is focused:
                    # A list tells the screen by a message that a row is to be opened: what is typed next comes after that.
                    self.context.typed.hold()
                    node.post_message(EnterFollowed())
                return True
        return False

    def key_was_pressed(self) -> None:
        """A passing notice has been read."""
        self._key_line.be_quiet()
        self._notice.key_was_pressed()

    def do_undo(self) -> None:
        """Show one's own last change, and take it back after a question."""
        from changedesk.screens.undoing import ask_to_undo

        ask_to_undo(self)

    def do_back(self) -> None:
        """Take away what is said, or go back to the first main screen; a screen with something open closes that first."""
        if self.notice:
            self.be_quiet()
        else:
            self._give_to_program(BY_ID["app.back"])

    # --- how it works

    def _read_first(self) -> None:
        self.reload()
        if not self._loads:
            self._let_keys_go_on()

    def _let_keys_go_on(self) -> None:
        if self._reads_first:
            self._reads_first = False
            self._draw_now()
            self.app.post_message(WaitEnded())

    def _let_answers_through(self) -> None:
        self._awaits_question = False
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
        self._show_badges(overdue_words(waits))

    def _show_badges(self, overdue: str) -> None:
        badges = [(f"{GLYPH['late']} {overdue}", "late")] if overdue else []
        badges += [("read-only", "risk")] if self.context.read_only else []
        badges += [("offline", "explain")] if self.context.offline else []
        self._title_line.set_badges(badges)

    def action_perform(self, command_id: str) -> None:
        """A key was pressed."""
        self.perform(command_id)

    def compose(self) -> ComposeResult:
        """The frame around the content."""
        yield self._title_line
        yield from self.content()
        yield self._notice
        yield self._key_line

    def on_mount(self) -> None:
        """Show the frame at once, and load."""
        self._show_badges("")
        self.refresh_keys()
        self._seen = self.state_now()
        if self.is_drawn_first:
            self.call_after_refresh(self._read_first)
        else:
            self._held_back.call(AT_LEAST_A_FRAME_AFTER, self.refresh)
            self._read_first()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Nothing waits for what could not be read."""
        if event.state is WorkerState.ERROR:
            self._let_keys_go_on()
            if self._awaits_question:
                self.context.typed.forget()
                self._let_answers_through()

    def on_screen_resume(self) -> None:
        """The clock goes on; what has changed in the meantime is loaded, once what was shown is seen again."""
        self._tick()
        self.call_after_refresh(self._look_again)

    def on_screen_suspend(self) -> None:
        """Nothing goes on that is not seen."""
        self._minute.forget()

    def on_desk_changed(self) -> None:
        """Load what is shown again."""
        self._seen = self.state_now()
        self.reload()

    def on_title_line_tab_chosen(self, event: TitleLine.TabChosen) -> None:
        """A click on a tab is as good as its key."""
        self.perform(f"app.{event.name}")

    def on_enter_followed(self, event: EnterFollowed) -> None:
        """The row was opened; the program hears of that after all that this screen has asked of it for the row."""
        if event.of_list:
            event.stop()
            self.post_message(EnterFollowed(of_list=False))

    def on_virtual_table_row_opened(self, event: VirtualTable.RowOpened) -> None:
        """Enter on a row does what the screen does with one."""
        if self.enter:
            event.stop()
            self.perform(f"{self.scope}.{self.enter}")

    def _tick(self) -> None:
        now = self.context.clock()
        self._title_line.set_clock(f"{now.day} {now:%b %H:%M}", f"{now:%H:%M}")
        self._minute.call(60 - now.second - now.microsecond / 1_000_000, self._next_minute)

    def _next_minute(self) -> None:
        self._tick()
        self._look_again()
        # A deadline passes and a window opens without anybody writing.
        self.count_waiting()
        self.minute_passed()

    def _look_again(self) -> None:
        if self._seen is not None and self._seen != self.state_now():
            self.on_desk_changed()

    def state_now(self) -> State:
        """The revision of the desk and the day: when either is another one, what is shown is read again."""
        try:
            revision = self.context.changed()
        except ChangeDeskError:
            revision = self._seen[0] if self._seen else 0
        return revision, self.context.clock().date()
