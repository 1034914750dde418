"""How the panels of the Initiative screen share its rows: all at once when they fit, and one at a time with all its rows."""

from __future__ import annotations

from typing import Final

from changedesk.values import dataclass

SIDE_BY_SIDE: Final = 100
"""From so many columns on the two columns of facts stand beside each other."""
BORDER: Final = 2
LANES_LEAST: Final = 7
FACTS_LEAST: Final = 6
GATE_LEAST: Final = 5


@dataclass(frozen=True, slots=True)
class Wants:
    """The rows that the panels would like to have inside their boxes; ``lanes_least`` shows every phase, but densely."""

    lanes_least: int
    lanes: int
    delivery: int
    people: int
    gate: int


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The height of each box with its border; 0 is not shown. ``pages`` is how many panels take turns under the lanes."""

    lanes: int
    delivery: int
    people: int
    gate: int
    pages: int


def arrange(width: int, height: int, wants: Wants, page: int) -> Arrangement:
    """Share ``height`` rows. Where something has no room, ``page`` goes through the panels that stand under the lanes."""
    facts = max(wants.delivery, wants.people)
    if width >= SIDE_BY_SIDE:
        together = _share(height - 3 * BORDER, (wants.lanes, facts, wants.gate), wants.lanes_least)
        panels = [(facts, facts, 0), (0, 0, wants.gate)]
        rows = (together[0], together[1], together[1], together[2]) if together else None
    else:
        wanted = (wants.lanes, wants.delivery, wants.people, wants.gate)
        each = _share(height - 4 * BORDER, wanted, wants.lanes_least)
        rows = (each[0], each[1], each[2], each[3]) if each else None
        panels = [(wants.delivery, 0, 0), (0, wants.people, 0), (0, 0, wants.gate)]
    if rows:
        complete = rows[1] >= wants.delivery and rows[2] >= wants.people and rows[3] >= wants.gate
        pages = 1 if complete else 1 + len(panels)
        if page % pages == 0:
            lanes, delivery, people, gate = (have + BORDER for have in rows)
            return Arrangement(lanes, delivery, people, gate, pages)
        return _one_panel(height, wants, panels[page % pages - 1], pages)
    return _one_panel(height, wants, panels[page % len(panels)], len(panels))


def _one_panel(height: int, wants: Wants, panel: tuple[int, int, int], pages: int) -> Arrangement:
    """The lanes and one panel, which has all the rows that it wants as long as the lanes have enough."""
    lanes = max(min(wants.lanes, height - max(panel) - 2 * BORDER), LANES_LEAST) + BORDER
    rest = max(0, height - lanes)
    delivery, people, gate = (rest if rows else 0 for rows in panel)
    return Arrangement(lanes, delivery, people, gate, pages)


def _share(room: int, wanted: tuple[int, ...], lanes_least: int) -> tuple[int, ...] | None:
    """Share the rows between lanes, facts and gate, in this order; None when there is too little even for the least.

    Each has its least, then facts and gate get a row in turn until they have what they want, then the lanes, and the gate
    what is left over.
    """
    rows = [lanes_least, *(min(rows, FACTS_LEAST) for rows in wanted[1:-1]), min(wanted[-1], GATE_LEAST)]
    spare = room - sum(rows)
    if spare < 0:
        return None
    while spare and (growing := [index for index in range(1, len(rows)) if rows[index] < wanted[index]]):
        for index in growing[:spare]:
            rows[index] += 1
        spare -= len(growing[:spare])
    more = min(spare, max(0, wanted[0] - lanes_least))
    rows[0] += more
    rows[-1] += spare - more
    return tuple(rows)
