"""A screen with commands: which are refused now and why, and in which order what is typed is followed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from textual import events
from textual.worker import Worker, WorkerState

from changedesk.commands import BY_ID, MAIN_SCREENS, READ_ONLY, Command, commands_on, key_to
from changedesk.domain.saying import as_sentence
from changedesk.screens.context import Context
from changedesk.screens.hints import bindings_of, hints
from changedesk.screens.loading import COULD_NOT_READ, NOT_READ
from changedesk.screens.messages import CommandGiven, EnterFollowed, WaitEnded
from changedesk.screens.notice_screen import NoticeScreen
from changedesk.widgets.box import Box
from changedesk.widgets.frame import KeyHint
from changedesk.widgets.keys import Typed, follow_binding

if TYPE_CHECKING:
    from changedesk.widgets.lists.table import VirtualTable

Result = TypeVar("Result")

SWITCHES: Final = frozenset(f"app.{screen.name}" for screen in MAIN_SCREENS)
"""The commands that show another main screen."""


class CommandScreen(NoticeScreen):
    """A screen whose line of keys names its commands.

    A subclass names its ``scope`` (the name of its commands), and has a method ``do_NAME`` for each command ``scope.NAME``.
    """

    scope: ClassVar[str] = ""
    enter: ClassVar[str] = ""
    """The command of this screen that Enter on a row of its list gives."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._bindings = bindings_of(commands_on(self.scope), context.config.keymap)
        self._awaits_question = False
        self._refused = self._reason = ""

    def keys_of(self, *words: tuple[str, str]) -> list[KeyHint]:
        """Keys that a box names: commands of this screen, each with the word for what it does there."""
        shown = self.context.config.keymap.shown
        return [KeyHint(shown(f"{self.scope}.{name}"), word) for name, word in words]

    def narrowed(self, by: Iterable[str], shown: str) -> str:
        """What of a list is shown, for its title: ``“relapse”: 3 of 14, esc shows all``; empty for all of it."""
        said = ", ".join(part for part in by if part)
        back = self.keyed(key_to("app.back"))
        return f"{said}: {shown}, {back} shows all" if said else ""

    # --- what a screen fills in

    def blocked_reason(self, name: str) -> str | None:  # noqa: ARG002 - for subclasses
        """Why the command ``scope.NAME`` cannot be given now, in words that are said as a sentence; None when it can."""
        return None

    def word_now(self, command: Command) -> str:
        """What a command is called in the line of keys for what is shown now; an empty word leaves it out."""
        return command.word

    def hints_here(self) -> tuple[KeyHint, ...]:
        """The keys of what is open within the screen; they stand first in the line of keys."""
        return ()

    def leave(self) -> None:
        """Go back to where one came from: the first main screen, where a screen names no other."""
        self._give_to_program(BY_ID["app.back"])

    # --- what a screen uses

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

    def refresh_keys(self) -> None:
        """Look again which commands are refused now, once the screen is there; only a line of keys that changes is painted."""
        if not self.is_attached:
            return
        own = [command for command in commands_on(self.scope) if command.scope != "app"]
        if self._reason and self.notice == self._reason != self.reason_against(self._refused):
            self.be_quiet()
        keymap = self.context.config.keymap
        against = cache(self.reason_against)
        here = self.hints_here()
        self._key_line.set_keys(
            (*here, *hints(own, keymap, against, self.word_now)),
            hints(commands_on("app"), keymap, against),
        )
        boxes = [box for box in self.walk_children(Box) if box.named]
        named = set().union(*(box.named for box in boxes))
        refused = {key for command in own if (key := keymap.shown(command.id)) in named and against(command.id)}
        # A key of what is open goes there, whatever the screen itself would do with it.
        for hint in here:
            (refused.update if hint.dim else refused.difference_update)(hint.key.split())
        for box in boxes:
            box.set_refused(refused)

    def reason_against(self, command_id: str) -> str | None:
        """Why a command is refused now: the desk is read-only, whose key it is may not, or what the screen itself says."""
        command = BY_ID[command_id]
        if command.writes and self.context.read_only:
            return READ_ONLY
        # Whoever may not save something is told at the key, and not when all of it has been typed.
        refused = self.context.refusal(command.takes)
        if not refused and command.scope == self.scope:
            refused = self.blocked_reason(command.name)
        if refused == NOT_READ and self.could_not_read:
            return COULD_NOT_READ
        return as_sentence(self.keyed(refused), self.context.login) if refused else None

    def perform(self, command_id: str) -> None:
        """Give a command, as its key or the palette does."""
        command, reason = BY_ID[command_id], self.reason_against(command_id)
        if reason is not None:
            if command.writes:
                # The letters behind it were meant for the form or the question that does not open.
                self.context.typed.forget()
            self._refused, self._reason = command_id, reason
            self.say(reason, "at_risk")
            return
        # A key that switches screens switches, also where a screen has a command of the same name for itself.
        method = None if command_id in SWITCHES else getattr(self, f"do_{command.name}", None)
        if method is not None:
            method()
            self.refresh_keys()
        else:
            self._give_to_program(command)

    # --- what is typed

    def waits_before(self, typed: Typed) -> bool:  # noqa: ARG002 - for subclasses
        """What is typed while a question is read is its answer."""
        return self._awaits_question

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

    def do_back(self) -> None:
        """Take away what is said, or leave; a screen with something open closes that first."""
        if self.notice:
            self.be_quiet()
        else:
            self.leave()

    # --- how it works

    def _give_to_program(self, command: Command) -> None:
        self.context.typed.hold()
        self.post_message(CommandGiven(command))

    def _let_answers_through(self) -> None:
        self._awaits_question = False
        self.app.post_message(WaitEnded())

    def action_perform(self, command_id: str) -> None:
        """A key was pressed."""
        self.perform(command_id)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Nothing is asked where what the question needs could not be read."""
        if event.state is WorkerState.ERROR and self._awaits_question:
            self.context.typed.forget()
            self._let_answers_through()

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
