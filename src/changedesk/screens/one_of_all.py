"""A screen about one initiative of those that have what it shows: which one, the one before and after, and all of them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from changedesk.screens.base import DeskScreen
from changedesk.screens.context import Context
from changedesk.screens.following import following


class OfInitiative(Protocol):
    """A row of all of them."""

    @property
    def initiative_id(self) -> str:
        """The id of its initiative."""


RowT = TypeVar("RowT", bound=OfInitiative)
ViewT = TypeVar("ViewT")


class OneOfAll(DeskScreen, Generic[RowT, ViewT]):
    """Such a screen. Its subject is the initiative; without one it is the first of all."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._subject = ""
        self._all: Sequence[RowT] = ()
        self._view: ViewT | None = None

    # --- what a screen fills in

    @abstractmethod
    def read_all(self) -> Sequence[RowT]:
        """All of them, in order; called in the background."""

    @abstractmethod
    def read_one(self, initiative: str) -> ViewT | None:
        """What is shown of one; called in the background."""

    @abstractmethod
    def _show(self) -> None:
        """Show what was read: ``_view``, which is one of ``_all``; None when there is none."""

    # --- what it does

    def reload(self) -> None:
        """Read the one that is shown, and all of them, as they are now."""
        subject = self._subject

        def read() -> tuple[Sequence[RowT], ViewT | None]:
            rows = self.read_all()
            wanted = subject or next((row.initiative_id for row in rows), "")
            return rows, self.read_one(wanted) if wanted else None

        self.load(self.scope, read, self._arrived)

    @property
    def subject(self) -> str:
        """The id of the initiative."""
        return self._subject

    def do_next(self) -> None:
        """Show the next one."""
        self._step(1)

    def do_previous(self) -> None:
        """Show the one before."""
        self._step(-1)

    def do_open(self) -> None:
        """Show the initiative."""
        self.go("initiative", self._subject)

    # --- how it works

    def _arrived(self, read: tuple[Sequence[RowT], ViewT | None]) -> None:
        self._all, self._view = read
        self._show()

    def _step(self, step: int) -> None:
        beside = following([row.initiative_id for row in self._all], self._subject, step)
        self.keys_wait_for(lambda: self.open_subject(beside))
