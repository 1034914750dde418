"""When a dashboard under test stands still: by what is left to do, not by how busy the processor is."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from textual import app, pilot, screen
from textual._context import active_app

from changedesk import app as dashboard
from changedesk.widgets import later

SOON = 1 / 50
"""What is due within so many seconds belongs to what has just happened."""


FRAME = 1 / 1000
"""Seconds from one frame to the next: nobody looks on, and waiting for a sixtieth took half of what a key takes."""


POLL = SOON / 10
"""Seconds between two looks at who works in the background."""


STUCK = 125
"""Whoever works in the background and has used no processor at so many looks in a row waits for something, as a lock."""


LIMIT = 20.0
"""After so many seconds a test goes on, and says by itself what is missing."""


async def stand_still(*_: float) -> None:
    """Wait until no message waits, nothing is due soon, and who works in the background has finished or is stuck.

    Textual's own wait sleeps for a fiftieth of a second twice with every key, and takes a busy machine for an idle program.
    """
    loop: Any = asyncio.get_running_loop()
    idle, used = 0, 0.0
    end = loop.time() + LIMIT
    while loop.time() < end:
        await asyncio.sleep(0)
        if _has_been_left():
            return
        if loop._ready:
            continue
        due = [timer._when for timer in loop._scheduled if not timer._cancelled and timer._when < loop.time() + SOON]
        if due:
            await asyncio.sleep(max(0.0, min(due) - loop.time()))
        elif idle < STUCK and (_something_is_to_be_drawn() or _somebody_works()):
            before, used = used, time.process_time()
            idle = 0 if used - before > POLL / 5 else idle + 1
            await asyncio.sleep(POLL)
        else:
            return


async def let_go_of_the_desk(left: dashboard.DeskApp) -> None:
    """Wait until no thread of a dashboard that was left reads any more: only then can a test close the desk under it.

    The program itself leaves the connections of such threads open, and ends.
    """
    while not left._background.is_quiet:
        await asyncio.sleep(POLL)


def _has_been_left() -> bool:
    """Whether the dashboard ends: nothing of it stands still or moves any more."""
    running = active_app.get(None)
    return running is not None and running._exit


def _something_is_to_be_drawn() -> bool:
    """Whether the screen that is seen has a frame ahead, or something that comes after it."""
    running = active_app.get(None)
    if running is None or not running.screen_stack:
        return False
    seen = running.screen
    return bool(seen._layout_required or seen._repaint_required or seen._dirty_widgets or seen._callbacks)


def _somebody_works() -> bool:
    running = active_app.get(None)
    return running is not None and any(not worker.is_finished for worker in running.workers)


def install() -> None:
    """Have every pilot wait this way. It presses keys faster than any hand, and no key of it is a held one."""
    # What others write is seen when a test says so: by the clock it would come into the middle of a test on a slow machine.
    dashboard.POLL = 86_400.0
    later.RESTED = SOON / 20  # type: ignore[misc]
    screen.UPDATE_PERIOD = FRAME  # type: ignore[misc]
    pilot.wait_for_idle = stand_still  # type: ignore[attr-defined]
    app.wait_for_idle = stand_still  # type: ignore[attr-defined]
