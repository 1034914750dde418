"""When changes ran against the events that tell of it: those that began them and those that ended them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from changedesk.errors import Damaged
from changedesk.store.times import seconds, stored_instant

if TYPE_CHECKING:
    from changedesk.store.control.check import Event

_BEGINS: Final = ("change.started", "change.acted_first")
_ENDS: Final = ("change.finished", "change.backed_out")


def time_problems(conn: sqlite3.Connection, told: list[Event]) -> Iterator[str]:
    """Every change that began or ended at another time than its events say.

    Events of earlier programs do not name the moments: it began and ended when they were written. What a file brought as
    history has no event; a change that was asked for here has run only if one says so.
    """
    made = {one.subject for one in told if one.kind == "change.created"}
    begins = {one.subject: (one.seq, _moment(one, "began")) for one in told if one.kind in _BEGINS}
    ends = {one.subject: one for one in told if one.kind in _ENDS}
    for change, number, *found in conn.execute(
        "SELECT id, number, actual_start, actual_end FROM change_request WHERE held_here = 1 ORDER BY number"
    ).fetchall():
        start, end = found
        says: list[tuple[int, str | None]] = [
            (0, None if change in made else start),
            (0, None if change in made else end),
        ]
        if change in begins:
            says[0] = begins[change]
        if (over := ends.get(change)) is not None:
            if "began" in over.body:
                says[0] = (over.seq, _moment(over, "began"))
            elif change not in begins:
                says[0] = (over.seq, start)
            ended = _moment(over, "ended")
            # An end that a clock set back would put before the begin stands at the begin.
            says[1] = (over.seq, ended if "ended" in over.body else max(ended, start or ended))
        for what, kept, (seq, said) in zip(("begin", "end"), found, says, strict=True):
            if kept != said:
                why = f"not what event {seq} says" if seq else "told of by no event"
                yield f"the {what} of the change {number} is {why}"


def _moment(event: Event, name: str) -> str:
    """A moment that an event names; else its own, as the desk keeps it."""
    said = event.body.get(name)
    if said is not None:
        return str(said)
    try:
        return seconds(stored_instant(event.at))
    except Damaged:
        return event.at
