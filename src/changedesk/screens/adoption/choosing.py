"""Which initiative Adoption is about: chosen from a list, found by letters, or the one before or after."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Final

from changedesk.screens.adoption.choice import InitiativeChoice
from changedesk.screens.base import DeskScreen
from changedesk.screens.context import Context
from changedesk.services.adoption import keeping
from changedesk.services.adoption.choice import ChoiceRow, choice

ONLY_ONE: Final = "This is the only initiative."


class ChoosesInitiative(DeskScreen):
    """A main screen about one initiative, and the list to choose it from, which takes its place while it is open."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        keymap = context.config.keymap
        self._subject = ""
        self._nothing = False
        self._steps = 0
        self._choice = InitiativeChoice(keymap.shown("adoption.find"), close=keymap.shown("app.back"))

    # --- what a screen fills in

    @abstractmethod
    def forget(self) -> None:
        """Another initiative is to be shown: what is known of the one before counts no more."""

    @abstractmethod
    def choice_turned(self) -> None:
        """The list was opened or closed: show it, or the initiative, in whose place it stands; the keys go to what is shown."""

    @abstractmethod
    def show_nothing(self) -> None:
        """Say what stands here once there is an initiative."""

    # --- what it does

    @property
    def subject(self) -> str:
        """The id of the initiative that is shown."""
        return self._subject

    def open_subject(self, subject: str) -> None:
        """Show this initiative; what is held to compare stays."""
        if subject and subject != self._subject:
            self._subject = subject
            self.forget()
            if self.is_attached:
                self.close_choice()
            self.begin_anew()

    def read_choice(self, step: int = 0) -> None:
        """Read what can be chosen; on a large desk that takes a moment, so only when somebody asks. Then go so far on it."""
        session = self.context.session
        self._steps += step

        def show(rows: Sequence[ChoiceRow]) -> None:
            self._show_choice(rows)
            steps, self._steps = self._steps, 0
            if steps and len(rows) == 1:
                self.say(ONLY_ONE)
            elif steps:
                beside = self._choice.beside(self._subject, steps)
                self.keys_wait_for(lambda: self.open_subject(beside))

        self.load("choice", lambda: choice(session), show)
        if self._choice.is_open and not self.context.read_only:
            self.load("to keep", lambda: len(keeping.due(session)), self._choice.say_left)

    def failed(self, error: BaseException) -> None:
        """Nobody goes on what could not be read: the next step is one step."""
        super().failed(error)
        self._steps = 0

    def close_choice(self) -> None:
        """Show the initiative again."""
        self._choice.close()
        self.choice_turned()

    def do_choose(self) -> None:
        """Open the list of initiatives, or take the selected one."""
        if self._choice.is_open:
            self._choice.take()
            return
        self._choice.open_at(self._subject)
        self.choice_turned()
        self.read_choice()

    def do_find(self) -> None:
        """Find an initiative by some letters."""
        from changedesk.screens.adoption.find import find_initiative

        session, today = self.context.session, self.context.clock().date()

        def show(rows: Sequence[ChoiceRow]) -> None:
            find_initiative(self, rows, self._subject, today, self._chosen)

        self.read_to_ask("find", lambda: choice(session), show)

    def do_next(self) -> None:
        """Show the next initiative of the list."""
        self.keys_wait_for(lambda: self.read_choice(1))

    def do_previous(self) -> None:
        """Show the one before."""
        self.keys_wait_for(lambda: self.read_choice(-1))

    def on_initiative_choice_chosen(self, event: InitiativeChoice.Chosen) -> None:
        """Show the initiative that was chosen."""
        event.stop()
        self._chosen(event.initiative_id)

    # --- how it works

    def _chosen(self, initiative_id: str) -> None:
        self.close_choice()
        self.open_subject(initiative_id)

    def _show_choice(self, rows: Sequence[ChoiceRow]) -> None:
        """What can be chosen; while nothing is, the first of it is shown."""
        self._choice.show(rows, self._subject, self.context.clock().date())
        if self._nothing == bool(rows):
            self._nothing = not rows
            if self._nothing:
                self._choice.close()
            self.choice_turned()
        if not rows:
            self.show_nothing()
        elif not self._subject:
            self.open_subject(rows[0].standing.initiative_id)
