"""Reading an initiative before it is opened: whoever rests on a row often looks into it next."""

from __future__ import annotations

import gc
import sys
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from changedesk.services.initiative.page import InitiativeView
    from changedesk.services.session import Session

SCREEN: Final = "changedesk.screens.initiative.screen"
"""The module of the screen that is opened."""

State = tuple[int, date]
"""The revision of the desk and the day: while both stay, what is shown stays true."""


class ReadAhead:
    """The one initiative that was read last without anybody having opened it, and the state that it was read in."""

    def __init__(self) -> None:
        self._kept: tuple[str, State, InitiativeView] | None = None

    def keep(self, subject: str, state: State, view: InitiativeView) -> None:
        """Keep what was read of this initiative, in place of another one."""
        self._kept = subject, state, view

    def of(self, subject: str, state: State) -> InitiativeView | None:
        """What was read of this initiative, if nobody has written since and it is the same day; else None."""
        if self._kept is None or self._kept[:2] != (subject, state):
            return None
        return self._kept[2]

    def read(self, session: Session, subject: str, state: State) -> None:
        """Read and keep it; imports its screen as well. Called in a thread."""
        from changedesk.services.initiative.page import initiative
        from changedesk.services.lookup import code_in_view

        is_loaded = SCREEN in sys.modules
        import_module(SCREEN)
        self.keep(subject, state, initiative(session, code_in_view(session, subject)))
        if not is_loaded:
            # What was loaded lives on, and is not looked through for rubbish at each key. Said once, because what is rubbish
            # by now lives on with it.
            gc.freeze()
