"""What a screen is given at its birth, so that it asks nothing of the program around it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from changedesk.config import Config
from changedesk.domain import roles
from changedesk.screens.reading_ahead import ReadAhead
from changedesk.screens.typing import TypedAhead
from changedesk.values import dataclass

if TYPE_CHECKING:
    from changedesk.services.door import Door
    from changedesk.services.session import Session


def _never_changes() -> int:
    return 0


def _nothing() -> None:
    return None


def _now() -> datetime:
    return datetime.now().astimezone()


@dataclass(frozen=True, slots=True)
class Welcome:
    """What the first run offers; each opens a desk and gives the context to go on with. Both may take some seconds."""

    open_demo: Callable[[], Context]
    start_new: Callable[[], Context]


@dataclass(frozen=True, slots=True)
class Context:
    """The desk that is open and how it is looked at.

    ``door`` is the desk that is open; screens give its ``session`` to use cases, in ``DeskScreen.load``. ``clock`` gives the
    time on the reader's wall. ``changed`` gives a number that is another one as soon as any process has written; it is called
    once a second and has to be cheap. ``interrupt`` is called once on leaving and makes running queries end. ``welcome`` is
    set on the first run, when there is no desk yet. ``log_file`` takes the details of errors; None is the platform's place.
    ``typed`` is what was typed ahead of the screens, ``ahead`` the initiative that was read ahead of being opened.
    """

    door: Door | None = None
    clock: Callable[[], datetime] = _now
    config: Config = field(default_factory=Config)
    read_only: bool = False
    offline: bool = False
    changed: Callable[[], int] = _never_changes
    interrupt: Callable[[], None] = _nothing
    welcome: Welcome | None = None
    log_file: Path | None = None
    typed: TypedAhead = field(default_factory=TypedAhead)
    ahead: ReadAhead = field(default_factory=ReadAhead)

    @property
    def session(self) -> Session:
        """Who reads and acts on the desk that is open; a screen that is shown before one is asks for none."""
        assert self.door is not None
        return self.door.session

    def changed_without_forecasts(self) -> int:
        """Such a number as ``changed`` gives, the same where only forecasts of a week were kept: for what shows none."""
        return self.changed() if self.door is None else self.door.revision_without_forecasts()

    @property
    def login(self) -> str:
        """Who is at the keyboard; empty before a desk is open."""
        return self.door.session.actor.login if self.door is not None else ""

    def naming_damage(self) -> AbstractContextManager[None]:
        """What fails over a value of a damaged desk is said to be that, not an error of the program."""
        return self.door.naming_damage() if self.door is not None else nullcontext()

    def refusal(self, action: str) -> str | None:
        """Why whoever is at the keyboard may not do this, as a sentence; None when they may, and before a desk is open."""
        return roles.refusal(self.door.session.actor, action) if action and self.door is not None else None
