"""Which row of a checklist the keys go on with, after one was dealt with."""

from __future__ import annotations

from collections.abc import Sequence


def next_open(rows: Sequence[tuple[str, bool]], key: str) -> str:
    """The next row that is open, after the last one from the top again; the row of ``key`` itself when no other is.

    ``rows`` are the keys of the checklist in its order, each with whether it is open.
    """
    at = next(place for place, (each, _) in enumerate(rows) if each == key)
    return next((each for each, is_open in (*rows[at + 1 :], *rows[:at]) if is_open), key)
