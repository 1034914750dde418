"""A screen that works in the background: newer loads outdate older ones, and errors are said, not thrown."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar

from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from changedesk import crashlog
from changedesk.domain.saying import as_sentence
from changedesk.errors import ChangeDeskError, Damaged
from changedesk.screens.context import Context
from changedesk.widgets.paint import UNREAD_CLASS

NOT_READ: Final = "This is not loaded yet."
"""Why a key does nothing until what it acts on is there."""
COULD_NOT_READ: Final = "This could not be read; each key that needs it tries again."
"""Why it does nothing where that did not come, and what there is to do."""

Result = TypeVar("Result")


def refusal_said(error: ChangeDeskError) -> str:
    """A refusal as a notice says it: what kind it is, what, and what to do."""
    return as_sentence(f"{error.title}: {error.sentence}")


class LoadingScreen(Screen[None]):
    """A screen with :meth:`load`; a subclass says sentences its own way."""

    class Loaded(Message):
        """A result has arrived from the background."""

        def __init__(self, token: str, number: int, show: Callable[[], object]) -> None:
            super().__init__()
            self.token = token
            self.number = number
            self.show = show

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._loads: dict[str, int] = {}
        self._on_the_way: set[str] = set()
        self._brought: set[str] = set()
        self._troubled: list[str] = []

    @abstractmethod
    def say(self, text: str, level: str = "unknown", *, passing: bool = True) -> None:
        """Say one sentence."""

    @abstractmethod
    def be_quiet(self) -> None:
        """Take the sentence away."""

    def after_load(self) -> None:
        """Something has been loaded and is shown."""

    def load(self, token: str, function: Callable[[], Result], then: Callable[[Result], object]) -> None:
        """Call ``function`` in the background and ``then`` with its result, here.

        A newer load with the same token makes an older one's result unwanted: it is dropped. An error is said in a notice,
        and what the screen shows stays.
        """
        number = self._next(token)

        def work() -> None:
            with self.context.naming_damage():
                result = function()
            self.post_message(self.Loaded(token, number, partial(then, result)))

        self.run_worker(work, f"{token} {number}", group=token, thread=True, exclusive=True, exit_on_error=False)

    def show_known(self, token: str, result: Result, then: Callable[[Result], object]) -> None:
        """Call ``then`` with what is known already, in its turn, as if it had been loaded: what is on its way is dropped."""
        self.post_message(self.Loaded(token, self._next(token), partial(then, result)))

    def lacks(self, token: str, none: str) -> str:
        """Why what a load brings is not there: it is not read yet, or it was and there is ``none``."""
        return none if token in self._brought else NOT_READ

    @property
    def could_not_read(self) -> bool:
        """Whether what is not there did not come, and is not on its way."""
        return bool(self._troubled) and not self._on_the_way

    def _next(self, token: str) -> int:
        self._brought.discard(token)
        self._on_the_way.add(token)
        number = self._loads[token] = self._loads.get(token, 0) + 1
        self._mark_unread()
        return number

    def _mark_unread(self) -> None:
        """What waits to be read says so, or that it could not be."""
        if self.could_not_read != self.has_class(UNREAD_CLASS):
            self.toggle_class(UNREAD_CLASS)
            for widget in self.walk_children():
                widget.refresh()

    def _in_trouble(self, token: str, error: BaseException) -> None:
        self._on_the_way.discard(token)
        self._brought.discard(token)
        self._troubled = [*self._troubled_but(token), token]
        self._mark_unread()
        self.failed(error)

    def _troubled_but(self, token: str) -> list[str]:
        return [one for one in self._troubled if one != token]

    def on_loading_screen_loaded(self, event: Loaded) -> None:
        """Show a result, unless a newer one is on its way; what went wrong before is forgotten."""
        event.stop()
        if self._loads.get(event.token) != event.number:
            return
        self._on_the_way.discard(event.token)
        if self._troubled[-1:] == [event.token]:
            self.be_quiet()
        self._troubled = self._troubled_but(event.token)
        self._brought.add(event.token)
        try:
            with self.context.naming_damage():
                event.show()
        except Damaged as damage:
            self._in_trouble(event.token, damage)
            return
        self._mark_unread()
        self.after_load()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say what went wrong in the background."""
        if event.state is not WorkerState.ERROR or event.worker.error is None:
            return
        token, _, number = event.worker.name.rpartition(" ")
        if self._loads.get(token) == int(number):
            self._in_trouble(token, event.worker.error)

    def failed(self, error: BaseException) -> None:
        """Say an error and keep the screen. What is no refusal of ours goes to the log with its details."""
        if isinstance(error, ChangeDeskError):
            self.say(refusal_said(error), "late", passing=False)
            return
        file = crashlog.record(error, self.context.log_file)
        where = f" The details are in {file}." if file else ""
        self.say(f"This did not work because of an error in ChangeDesk.{where}", "late", passing=False)
