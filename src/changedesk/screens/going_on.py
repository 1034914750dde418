"""Which row of a checklist the keys go on with, after one was dealt with."""

from __future__ import annotations

from collections.abc import Sequence

from changedesk.widgets.lists.table import VirtualTable


def go_on(table: VirtualTable, rows: Sequence[tuple[str, bool]], key: str) -> None:
    """Select the next row that is open, after the last one from the top again; it stays on ``key`` when no other is.

    ``rows`` are the keys of the checklist in its order, each with whether it is open. Whoever went to another row, or to
    another checklist, while ``key`` was being written stays there.
    """
    keys = [each for each, _ in rows]
    if table.selected_key != key or key not in keys:
        return
    at = keys.index(key)
    table.select(next((each for each, is_open in (*rows[at + 1 :], *rows[:at]) if is_open), key))
