"""The dashboard as a process: whether it can be drawn where it was started, how it runs, and with which status it ends."""

from __future__ import annotations

import gc
import os
import sys
from typing import Final, TextIO

from changedesk.app import DeskApp
from changedesk.background import Background
from changedesk.errors import BadInput
from changedesk.screens.context import Context
from changedesk.screens.registry import screens_by_name
from changedesk.widgets.terminal.driver import release_signals

HINT: Final = "status and show --json work everywhere"

LOOKS: Final = (2_500, 10, 100)
"""New objects until Python looks for rubbish among them, such looks until it looks at what they have left, and those until
it looks through everything. At its own 700 a frame is interrupted a hundred times; at 10,000 the second look goes through
all that a screen has just read, in the middle of a key."""


def run(context: Context, background: Background | None = None) -> int:
    """Show the dashboard until it is left; gives the exit status.

    Refuses with :class:`~changedesk.errors.BadInput` where there is no terminal to draw on, and with
    :class:`~changedesk.errors.Damaged` over a value of a damaged desk for which the first screen cannot be drawn. Any other
    error of ours ends with status 1 and one sentence; a signal ends with 128 and its number.
    """
    need_terminal()
    app = DeskApp(context, screens_by_name(), background)
    # What is loaded by now stays to the end, and need not be looked through again and again.
    gc.freeze()
    gc.set_threshold(*LOOKS)
    gc.enable()
    try:
        app.run()
    finally:
        release_signals()
        # What was shown is not taken apart piece by piece on leaving: of a big desk that takes longer than all the rest.
        gc.freeze()
    status = app.return_code or 0
    door = app.context.door
    if app.failure and door and (damage := door.damage_behind(app.failure)):
        raise damage
    if status == 1:
        where = f"; the details are in {app.log_file}" if app.log_file else ""
        sys.stderr.write(f"ChangeDesk had to stop because of an error of its own{where}. What was saved is on disk.\n")
    return status


def need_terminal() -> None:
    """Refuse, in one sentence, to draw on what is no terminal, or on one that cannot place text."""
    for stream, name in ((sys.__stdin__, "input"), (sys.__stdout__, "output")):
        if not _is_terminal(stream):
            raise BadInput(f"the dashboard needs a terminal, and its {name} is none", HINT)
    terminal = os.environ.get("TERM", "")
    if terminal in ("", "dumb", "unknown"):
        named = f"TERM is {terminal}" if terminal else "TERM is not set"
        raise BadInput(f"the dashboard needs a terminal that can place text, and {named}", HINT)


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and os.isatty(stream.fileno())
    except (OSError, ValueError):
        return False
