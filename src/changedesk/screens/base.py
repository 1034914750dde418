"""The base of every main screen: the one frame, its commands, work in the background, and calm notices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingsMap
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget
from textual.worker import Worker, WorkerState

from changedesk import crashlog
from changedesk.commands import (
    BY_ID,
    MAIN_SCREENS,
    READ_ONLY,
    Command,
    commands_on,
    footer_commands,
)
from changedesk.errors import ChangeDeskError
from changedesk.keymap import Keymap
from changedesk.screens.context import Context
from changedesk.widgets.frame import KeyHint, KeyLine, Notice, Tab, TitleLine

Result = TypeVar("Result")


class DeskChanged(Message):
    """Another process, or this one, has written to the desk."""


class ScreenWanted(Message):
    """Another main screen shall be shown, perhaps with a subject such as the id of an initiative."""

    def __init__(self, name: str, subject: str = "") -> None:
        super().__init__()
        self.name = name
        self.subject = subject


class CommandGiven(Message):
    """A command of the whole program was given on this screen."""

    def __init__(self, command: Command) -> None:
        super().__init__()
        self.command = command


def bindings_of(commands: Iterable[Command], keymap: Keymap) -> BindingsMap:
    """The keys of these commands, as Textual wants them."""
    return BindingsMap(
        Binding(key, f"perform('{command.id}')", id=f"{command.id}:{key}", show=False)
        for command in commands
        for key in keymap.of(command.id)
    )


class DeskScreen(Screen[None]):
    """A main screen in the one frame.

    A subclass names its ``scope`` (the name of its commands), yields its widgets in :meth:`content`, loads in
    :meth:`reload`, and has a method ``do_NAME`` for each command ``scope.NAME``.
    """

    DEFAULT_CSS = """
    DeskScreen { layers: default notice; background: $ground; color: $ink; layout: vertical; overflow: hidden; }
    """
    scope: ClassVar[str] = ""

    class Loaded(Message):
        """A result has arrived from the background."""

        def __init__(self, token: str, number: int, show: Callable[[], None]) -> None:
            super().__init__()
            self.token = token
            self.number = number
            self.show = show

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._bindings = bindings_of(commands_on(self.scope), context.config.keymap)
        self._title_line = TitleLine(self._tabs({}), self.scope)
        self._key_line = KeyLine()
        self._notice = Notice()
        self._loads: dict[str, int] = {}
        self._troubled = ""
        self._minute: Timer | None = None
        self._seen: tuple[int, date] | None = None

    # --- what a screen fills in

    def content(self) -> Iterable[Widget]:
        """The widgets between title line and line of keys."""
        return ()

    def reload(self) -> None:
        """Fetch what is shown: when the screen appears first, when the desk has changed, and on a new day."""

    def blocked_reason(self, command_id: str) -> str | None:  # noqa: ARG002 - for subclasses
        """Why a command cannot be given now, as a sentence for the reader; None when it can."""
        return None

    @property
    def subject(self) -> str:
        """What this screen is about now, for the screen that follows: the id of the selected initiative."""
        return ""

    def open_subject(self, subject: str) -> None:
        """Show this subject; called before the screen appears."""

    # --- what a screen uses

    def go(self, name: str, subject: str = "") -> None:
        """Show another main screen."""
        self.post_message(ScreenWanted(name, subject))

    def say(self, text: str, level: str = "unknown", *, passing: bool = True) -> None:
        """Say one sentence at the lower edge; a ``passing`` one goes with the next key.

        ``level`` is late, at_risk, fine or unknown.
        """
        if not (passing and self._key_line.say(text, level)):
            self._notice.show(text, level, passing=passing)

    def be_quiet(self) -> None:
        """Take the sentence away."""
        self._key_line.be_quiet()
        self._notice.hide()

    @property
    def notice(self) -> str:
        """The sentence that is shown now; empty when none is."""
        return self._key_line.said or self._notice.text

    def count_tabs(self, counts: Mapping[str, int]) -> None:
        """Show how much waits on which main screen (name to number)."""
        self._title_line.set_tabs(self._tabs(counts))

    def load(self, token: str, function: Callable[[], Result], then: Callable[[Result], None]) -> None:
        """Call ``function`` in the background and ``then`` with its result, here.

        A newer load with the same token makes an older one's result unwanted: it is dropped. An error is said in a notice,
        and what the screen shows stays.
        """
        number = self._loads[token] = self._loads.get(token, 0) + 1

        def work() -> None:
            result = function()
            self.post_message(self.Loaded(token, number, partial(then, result)))

        self.run_worker(work, f"{token} {number}", group=token, thread=True, exclusive=True, exit_on_error=False)

    def refresh_keys(self) -> None:
        """Look again which commands are refused now; only a line of keys that changes is painted."""
        hints = self._hints(command for command in commands_on(self.scope) if command.scope != "app")
        self._key_line.set_keys(hints, self._hints(command for command in commands_on("app")))

    def reason_against(self, command_id: str) -> str | None:
        """Why a command is refused now: the desk is read-only, or what the screen itself says."""
        if BY_ID[command_id].writes and self.context.read_only:
            return READ_ONLY
        return self.blocked_reason(command_id)

    def perform(self, command_id: str) -> None:
        """Give a command, as its key or the palette does."""
        reason = self.reason_against(command_id)
        if reason is not None:
            self.say(reason, "at_risk")
            return
        command = BY_ID[command_id]
        method = getattr(self, f"do_{command.name}", None)
        if method is not None:
            method()
            self.refresh_keys()
        else:
            self.post_message(CommandGiven(command))

    def key_was_pressed(self) -> None:
        """A passing notice has been read."""
        self._key_line.be_quiet()
        self._notice.key_was_pressed()

    def do_back(self) -> None:
        """Take away what is said, or go back to the first main screen; a screen with something open closes that first."""
        if self.notice:
            self.be_quiet()
        else:
            self.post_message(CommandGiven(BY_ID["app.back"]))

    # --- how it works

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
        badges = [("read-only", "risk")] if self.context.read_only else []
        badges += [("offline", "explain")] if self.context.offline else []
        self._title_line.set_badges(badges)
        self.refresh_keys()
        self._seen = self._state()
        self.reload()

    def on_screen_resume(self) -> None:
        """The clock goes on; what has changed in the meantime is loaded."""
        self._tick()
        self._look_again()

    def on_screen_suspend(self) -> None:
        """Nothing goes on that is not seen."""
        if self._minute is not None:
            self._minute.stop()

    def on_desk_changed(self) -> None:
        """Load what is shown again."""
        self._seen = self._state()
        self.reload()

    def on_title_line_tab_chosen(self, event: TitleLine.TabChosen) -> None:
        """A click on a tab is as good as its key."""
        self.perform(f"app.{event.name}")

    def on_desk_screen_loaded(self, event: Loaded) -> None:
        """Show a result, unless a newer one is on its way."""
        event.stop()
        if self._loads.get(event.token) == event.number:
            if self._troubled == event.token:
                self._troubled = ""
                self.be_quiet()
            event.show()
            self.refresh_keys()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong in the background."""
        if event.state is not WorkerState.ERROR:
            return
        token, _, number = event.worker.name.rpartition(" ")
        if number.isdigit() and self._loads.get(token) == int(number) and event.worker.error is not None:
            self._troubled = token
            self.failed(event.worker.error)

    def failed(self, error: BaseException) -> None:
        """Say an error and keep the screen. What is no refusal of ours goes to the log with its details."""
        if isinstance(error, ChangeDeskError):
            self.say(f"{error.title}: {error.sentence}", "late", passing=False)
            return
        file = crashlog.record(error, self.context.log_file)
        where = f" The details are in {file}." if file else ""
        self.say(f"This could not be shown because of an error in ChangeDesk.{where}", "late", passing=False)

    def _tick(self) -> None:
        now = self.context.clock()
        self._title_line.set_clock(f"{now.day} {now:%b %H:%M}", f"{now:%H:%M}")
        if self._minute is not None:
            self._minute.stop()
        self._minute = self.set_timer(60 - now.second - now.microsecond / 1_000_000, self._next_minute)

    def _next_minute(self) -> None:
        self._tick()
        self._look_again()

    def _look_again(self) -> None:
        if self._seen is not None and self._seen != self._state():
            self.on_desk_changed()

    def _state(self) -> tuple[int, date]:
        try:
            revision = self.context.changed()
        except ChangeDeskError:
            revision = self._seen[0] if self._seen else 0
        return revision, self.context.clock().date()

    def _tabs(self, counts: Mapping[str, int]) -> list[Tab]:
        keymap = self.context.config.keymap
        return [
            Tab(screen.name, keymap.shown(f"app.{screen.name}"), screen.title, counts.get(screen.name, 0))
            for screen in MAIN_SCREENS
        ]

    def _hints(self, commands: Iterable[Command]) -> list[KeyHint]:
        """The commands of the line of keys; those of the same word stand together: ``[ ] gate``."""
        keymap = self.context.config.keymap
        hints: dict[str, KeyHint] = {}
        for command in footer_commands(commands):
            dim = self.reason_against(command.id) is not None
            before = hints.get(command.word)
            key = keymap.shown(command.id)
            if before is None:
                hints[command.word] = KeyHint(key, command.word, dim)
            else:
                hints[command.word] = KeyHint(f"{before.key} {key}", command.word, before.dim and dim)
        return list(hints.values())
