"""The dashboard as a program: how one screen follows another, who gets what is typed, and leaving."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from textual import events
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingsMap
from textual.notifications import SeverityLevel
from textual.screen import Screen

from changedesk.background import Background, run_beside_the_screen
from changedesk.commands import ALWAYS, BY_ID, MAIN_SCREENS, Command, commands_on
from changedesk.errors import ChangeDeskError, Damaged
from changedesk.screens.base import DeskScreen
from changedesk.screens.context import Context
from changedesk.screens.messages import CommandGiven, ScreenWanted
from changedesk.screens.registry import ScreenFactory
from changedesk.screens.typing import TakesTyping
from changedesk.theme import DEFAULT_THEME, SHORT_NAMES, theme_after, theme_named
from changedesk.widgets.keys import Typed
from changedesk.widgets.terminal.driver import DeskDriver
from changedesk.widgets.terminal.program import TerminalProgram

if TYPE_CHECKING:
    from changedesk.screens.welcome import DeskOpened

POLL = 1.0
"""Seconds between two looks at whether another process has written."""


class DeskApp(TerminalProgram):
    """Wires the main screens to a desk. It knows their names, never what they show."""

    TITLE = "ChangeDesk"

    def __init__(
        self, context: Context, screens: Mapping[str, ScreenFactory], background: Background | None = None
    ) -> None:
        super().__init__(theme_named(context.config.theme) or DEFAULT_THEME, context.log_file)
        self.context = context
        self._background = background or Background()
        self._factories = dict(screens)
        self._main: dict[str, DeskScreen] = {}
        self._revision = 0
        self._bindings = BindingsMap(
            [
                *(
                    Binding(key, f"always('{command_id}')", show=False, priority=True)
                    for key, command_id in ALWAYS.items()
                ),
                Binding("ctrl+c", "how_to_quit", show=False),
                Binding("ctrl+z", "suspend_process", show=False),
            ]
        )

    # --- the main screens

    def get_default_screen(self) -> Screen[Any]:
        """What is seen first: the first main screen, or the welcome when there is no desk yet."""
        if self.context.welcome is not None:
            from changedesk.screens.welcome import WelcomeScreen

            first: Screen[Any] = WelcomeScreen(self.context)
        else:
            first = self._main_screen(MAIN_SCREENS[0].name)
            first.is_drawn_first = True
        # Textual forgets both for the default screen; switch_screen counts on the callback.
        self._load_screen_css(first)
        first._push_result_callback(self, None)
        return first

    def show_screen(self, name: str, subject: str = "") -> None:
        """Show a main screen, with its state as it was left, about this subject."""
        screen = self._main_screen(name)
        if subject:
            screen.open_subject(subject)
        if screen is not self.screen:
            self.switch_screen(screen)

    def _main_screen(self, name: str) -> DeskScreen:
        if name not in self._main:
            screen = self._main[name] = self._factories[name](self.context)
            self.install_screen(screen, name)
        return self._main[name]

    async def on_screen_wanted(self, event: ScreenWanted) -> None:
        """A screen asks for another one."""
        self.show_screen(event.name, event.subject)
        if event.said:
            self._main_screen(event.name).say(event.said, "fine")
        await self._go_on_typing()

    def on_desk_opened(self, event: DeskOpened) -> None:
        """The first run is over."""
        self.context = event.context
        self.show_screen(MAIN_SCREENS[0].name)

    def survives(self, error: Exception, broken: Screen[Any]) -> bool:
        """Over a value of a damaged desk that cannot be drawn its screen is left, and said why; the first screen has to stand."""
        door, first = self.context.door, self._main.get(MAIN_SCREENS[0].name)
        if door is None or not isinstance(broken, DeskScreen) or broken is first:
            return False
        if broken is not self.screen and broken in self.screen_stack:
            return False  # what stands over it would answer to nobody
        name = next((name for name, screen in self._main.items() if screen is broken), "")
        if not name:
            return True  # it is being left already
        damage = door.damage_behind(error)
        if damage is not None:
            del self._main[name]
            self.call_later(self._leave_broken, broken, damage)
        return damage is not None

    def _leave_broken(self, broken: DeskScreen, damage: Damaged) -> None:
        """Go on with what is seen, else with the first screen; the broken one is made anew when somebody asks for it again."""
        if broken is self.screen:
            self.context.typed.forget()
            self.show_screen(MAIN_SCREENS[0].name)
        self.uninstall_screen(broken)
        broken.remove()
        if isinstance(self.screen, DeskScreen):
            self.screen.failed(damage)

    # --- commands of the whole program

    async def on_command_given(self, event: CommandGiven) -> None:
        """Do what a key or the palette says."""
        self._do(event.command)
        await self._go_on_typing()

    def _do(self, command: Command) -> None:
        name = command.name
        if name in self._factories:
            self._follow_to(name)
            return
        {
            "quit": self.leave,
            "help": self._show_help,
            "palette": self._show_palette,
            "theme": self._next_theme,
            "back": self._go_back,
        }[name]()

    def action_always(self, command_id: str) -> None:
        """A key that works wherever one is."""
        self._do(BY_ID[command_id])

    def action_how_to_quit(self) -> None:
        """Ctrl+C ends other programs; here it might end a thought."""
        self.notify("Press ctrl+q to leave")

    def action_suspend_process(self) -> None:
        """Ctrl+Z hands the terminal back to the shell that started us; where there is none, it says so."""
        if os.getpgrp() != os.getsid(0):
            os.kill(os.getpid(), signal.SIGTSTP)
        else:
            self.notify("There is no shell to go back to; ctrl+q leaves")

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """End, whatever is still being read."""
        self.context.interrupt()
        super().exit(result, return_code, message)

    def leave(self) -> None:
        """Quit, within a moment."""
        if isinstance(self._driver, DeskDriver):
            self._driver.leave_soon()
        self.exit(return_code=0)

    def _show_help(self) -> None:
        from changedesk.screens.help import Help

        screen = self.screen
        if isinstance(screen, DeskScreen):
            self.push_screen(Help(screen.scope, self.context.config.keymap))

    def _show_palette(self) -> None:
        from changedesk.screens.palette import Palette

        screen = self.screen
        if not isinstance(screen, DeskScreen):
            return

        def perform(command_id: str | None) -> None:
            if command_id is not None:
                screen.perform_from_anywhere(command_id)

        self.push_screen(Palette(commands_on(screen.scope), self.context.config.keymap, screen.reason_against), perform)

    def _next_theme(self) -> None:
        self.theme = theme_after(self.theme)
        short = next(short for short, full in SHORT_NAMES.items() if full == self.theme)
        self.notify(f"Theme: {short}")

    def _go_back(self) -> None:
        self._follow_to(MAIN_SCREENS[0].name)

    def _follow_to(self, name: str) -> None:
        """Show a main screen, about what this one is about."""
        self.show_screen(name, self.screen.subject if isinstance(self.screen, DeskScreen) else "")

    # --- what happens around

    def on_mount(self) -> None:
        """Watch the desk, and say what of the configuration could not be followed."""
        run_beside_the_screen(self._background)
        self._revision = self._revision_now()
        self.set_interval(POLL, self._look_for_changes)
        wanted = self.context.config.theme
        if theme_named(wanted) is None:
            allowed = ", ".join(SHORT_NAMES)
            self.call_after_refresh(
                self.notify, f"There is no theme {wanted!r}; themes are {allowed}", severity="warning"
            )

    def _look_for_changes(self) -> None:
        if not self.screen_stack:
            return  # the program is ending: its screens go first, and this clock a moment later
        revision = self._revision_now()
        if revision != self._revision:
            self._revision = revision
            if isinstance(self.screen, DeskScreen):
                self.screen.look_again()

    def _revision_now(self) -> int:
        try:
            return self.context.changed()
        except ChangeDeskError as trouble:
            if isinstance(self.screen, DeskScreen):
                self.screen.failed(trouble)
            return self._revision

    async def on_event(self, event: events.Event) -> None:
        """What is typed goes to the screens in the order in which it was typed; only leaving overtakes it."""
        if isinstance(event, Typed) and not event.is_forwarded and self._running and not _always(event):
            self.context.typed.add(event)
            await self._type_on()
            return
        await super().on_event(event)

    async def on_wait_ended(self) -> None:
        """A screen has what it waited for."""
        if self._running:
            await self._type_on()

    async def on_enter_followed(self) -> None:
        """A row was opened; where that asks something, the key that asks does not answer it as well."""
        if self.screen.is_modal:
            self.context.typed.forget_repeats()
        await self._go_on_typing()

    async def on_answer_followed(self) -> None:
        """A dialog was answered, and whoever asked has followed."""
        await self._go_on_typing()

    def on_not_answered(self) -> None:
        """A dialog was not answered after all."""
        self.context.typed.forget()

    def pop_screen(self) -> AwaitComplete:
        """Take a screen away; what is typed after the answer of a dialog is meant for what that opens."""
        if self.screen.is_modal:
            self.context.typed.hold_for_answer()
        return super().pop_screen()

    async def _go_on_typing(self) -> None:
        self.context.typed.let_go()
        await self._type_on()

    async def _type_on(self) -> None:
        """Give the screen that is seen what it can have of what was typed; each key takes away what was said in passing."""
        while (typed := self.context.typed.next_for(self.screen)) is not None:
            screen = self.screen
            self.app_focus = True
            if isinstance(typed, events.Key) and isinstance(screen, DeskScreen):
                screen.key_was_pressed()
            if not (isinstance(screen, TakesTyping) and await screen.take(typed)):
                await super().on_event(typed)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,  # noqa: ARG002 - Textual's signature
        markup: bool = False,  # noqa: ARG002 - likewise: data is never markup here
    ) -> None:
        """Say something in the notice of the screen; it is never read as markup."""
        screen = next((screen for screen in reversed(self.screen_stack) if isinstance(screen, DeskScreen)), None)
        if screen is not None:
            level = {"information": "unknown", "warning": "at_risk", "error": "late"}[severity]
            screen.say(f"{title}: {message}" if title else message, level)


def _always(typed: Typed) -> bool:
    return isinstance(typed, events.Key) and typed.key in ALWAYS
