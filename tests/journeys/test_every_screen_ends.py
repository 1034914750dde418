"""On every main screen of a real desk: a storm of sizes down to one cell, and then each end of a session (F19)."""

from __future__ import annotations

import shutil
import signal
from pathlib import Path

import pytest
from terminals import Terminal

from builders import FULL, NOW, at
from changedesk.commands import MAIN_SCREENS
from changedesk.store.desk.database import Desk
from changedesk.store.proving import check

SIZES = ((1, 1), (20, 5), (400, 120), (3, 2), (80, 24), (2, 60), (200, 1), (120, 36))
ENDS = {
    "quit": (0, lambda terminal: terminal.type("\x11")),
    "told to end": (143, lambda terminal: terminal.send(signal.SIGTERM)),
    "hung up": (129, lambda terminal: terminal.send(signal.SIGHUP)),
    "interrupted": (130, lambda terminal: terminal.send(signal.SIGINT)),
    "terminal lost": (129, lambda terminal: terminal.hang_up()),
}
"""How a session ends: the exit status, and what is done to it."""
TRIED = [(screen.key, how) for screen in MAIN_SCREENS for how in ENDS] if FULL else [("5", "told to end")]


@pytest.mark.fault("F19")
@pytest.mark.parametrize(("key", "how"), TRIED)
def test_after_a_storm_of_sizes_every_screen_gives_the_terminal_back(
    demo_template: Path, tmp_path: Path, key: str, how: str
) -> None:
    desk = Path(shutil.copy(demo_template, tmp_path / "desk.db"))
    status, end = ENDS[how]
    command = ("-m", "changedesk", "--db", str(desk))
    with Terminal(tmp_path, size=(120, 36), command=command, CHANGEDESK_NOW=NOW.isoformat()) as terminal:
        terminal.until(b"Portfolio")
        terminal.type(key)
        for _ in range(3):
            for columns, rows in SIZES:
                terminal.resize(columns, rows)
            terminal.quiet()
        end(terminal)
        assert terminal.ended() == status
        assert b"Traceback" not in terminal.out
        assert how == "terminal lost" or terminal.owed() == []
    with Desk(desk, at()) as left:
        assert check.check(left, None).problems == ()
