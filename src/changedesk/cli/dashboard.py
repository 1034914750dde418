"""Opening the dashboard on a desk, or the welcome when there is none yet."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NoReturn

from changedesk import process
from changedesk.background import Background
from changedesk.cli.invocation import Invocation
from changedesk.cli.output import complain
from changedesk.config import Config, read_config
from changedesk.screens.context import Context, Welcome
from changedesk.services.door import Door, open_door


def open_dashboard(invocation: Invocation) -> int:
    """Show the dashboard until it is left; gives the exit status, or ends the process with it where a thread still reads."""
    config = read_config(invocation.config)
    path = invocation.path
    opened: list[Door] = []
    if _is_free(path):
        context = Context(config=config, welcome=_welcome(invocation, config, opened))
    else:
        context = _context(invocation, config, opened)
    background = Background()
    try:
        status = process.run(context, background)
    finally:
        for door in opened:
            if trouble := door.close(still_read=not background.is_quiet):
                complain(trouble)
    if not background.is_quiet:
        _end_now(status)
    return status


def _is_free(path: Path) -> bool:
    """Whether nothing is there; of what may not be looked at, opening it says why."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _end_now(status: int) -> NoReturn:
    """End without Python's own clearing up: it would close the connection that a thread is still reading from, and wait
    for that thread for ever. Everything is closed and written by now."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _welcome(invocation: Invocation, config: Config, opened: list[Door]) -> Welcome:
    def open_demo() -> Context:
        from changedesk.services.demo.making import ensure_demo

        ensure_demo(invocation.path)
        return _context(invocation, config, opened)

    def start_new() -> Context:
        from changedesk.services.desks import new_desk

        new_desk(invocation.path, "personal")
        return _context(invocation, config, opened)

    return Welcome(open_demo, start_new)


def _context(invocation: Invocation, config: Config, opened: list[Door]) -> Context:
    invocation.tell_of_upgrade()
    door = open_door(
        invocation.path,
        invocation.acting_for,
        config.thresholds,
        config.timezone,
        config.checkpoints,
        read_only=invocation.read_only,
    )
    opened.append(door)
    return Context(
        door=door,
        clock=door.wall_clock,
        config=config,
        read_only=door.read_only,
        changed=door.revision,
        interrupt=door.interrupt,
    )
