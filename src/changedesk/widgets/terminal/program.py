"""The program as the terminal sees it: its themes, what is sent to it, and the end when an error of ours ends it.

Everything here is about Textual and nothing about ChangeDesk's screens; why each inside of Textual is used stands in
docs/decisions/0024-inside-textual.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from rich.console import RenderableType
from textual import events
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual._context import active_message_pump
from textual.app import App
from textual.screen import Screen
from textual.theme import Theme
from textual.widget import Widget

from changedesk import crashlog
from changedesk.theme import PALETTES, SHORT_NAMES
from changedesk.widgets.terminal import choke
from changedesk.widgets.terminal.driver import DeskDriver
from changedesk.widgets.terminal.sent import DifferentCells, Sent


class TerminalProgram(App[None]):
    """A Textual program that sends only what differs, and says in boxes of its own and in tracebacks nothing at all."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, theme: str, crashes: Path | None) -> None:
        choke.install()
        self._sent = Sent()
        super().__init__(driver_class=DeskDriver)
        # What Textual would say in boxes of its own is said in the notice of the screen.
        self._disable_notifications = self._disable_tooltips = True
        self._crashes = crashes
        self.log_file: Path | None = None
        """Where the details of the error stand that ended the program."""
        self.failure: Exception | None = None
        """That error."""
        self._begin_with_theme(theme)

    # --- how it looks

    def _begin_with_theme(self, name: str) -> None:
        """Set the first theme before anything is styled by it, so that nothing is styled twice."""
        for theme_name, palette in PALETTES.items():
            self.register_theme(_theme(theme_name, palette))
        self.set_reactive(App.theme, name)
        self.stylesheet.set_variables(self.get_css_variables())
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)

    def _load_screen_css(self, screen: Screen[Any]) -> None:
        """Add the style sheet of a screen; Textual would read those of all others again, at the first look into each screen."""
        for path in screen.css_path:
            if not self.stylesheet.has_source(str(path), ""):
                self.stylesheet.read(path)

    # --- what is sent

    def _set_pointer_shape(self, shape: str) -> None:
        """The shape of the mouse stays as it is: no byte for it."""

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Send of an update only what the terminal does not show yet."""
        if isinstance(renderable, ChopsUpdate | LayoutUpdate):
            different = DifferentCells(renderable, self._sent, screen)
            # Of a frame in which nothing differs Textual would still send where the cursor goes.
            renderable = None if different.is_shown(self.console) else different  # type: ignore[assignment]  # Textual asks no more of it
        super()._display(screen, renderable)

    def refresh(self, *, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw everything again, whatever the terminal was taken to show: after a stop somebody else has written on it."""
        self._sent.forget()
        return super().refresh(repaint=repaint, layout=layout, recompose=recompose)

    async def on_event(self, event: events.Event) -> None:
        """A terminal of another size moves what it shows, also when it comes back to the size that it had."""
        if isinstance(event, events.Resize):
            self._sent.forget()
        await super().on_event(event)

    # --- errors of ours

    def _handle_exception(self, error: Exception) -> None:
        """Write down where it happened and end, unless it is survived; nothing of it is shown on the screen."""
        where = active_message_pump.get()
        around = where.ancestors_with_self if isinstance(where, Widget) else ()
        broken = next((one for one in around if isinstance(one, Screen)), None)
        if broken is not None and self.survives(error, broken):
            return
        self._return_code = 1
        if self._exception is None:
            self.log_file = crashlog.record(error, self._crashes)
            self._exception = self.failure = error
            self._exception_event.set()
        self._close_messages_no_wait()

    def survives(self, error: Exception, broken: Screen[Any]) -> bool:  # noqa: ARG002 - for subclasses
        """Whether the program goes on without the screen that the error happened in, which need not be seen."""
        return False

    def panic(self, *_renderables: object) -> None:
        """End without showing what Textual would show."""
        self._return_code = 1
        self._close_messages_no_wait()


def _theme(name: str, palette: Mapping[str, str]) -> Theme:
    return Theme(
        name,
        primary=palette["key"],
        secondary=palette["delivery"],
        warning=palette["risk"],
        error=palette["late"],
        success=palette["fine"],
        accent=palette["key"],
        foreground=palette["ink"],
        background=palette["ground"],
        surface=palette["raised"],
        panel=palette["raised"],
        dark=name != SHORT_NAMES["light"],
        variables=dict(palette),
    )
