"""How the panels of the Initiative screen share its rows: all of them when they fit, else the lanes and one other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

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
    """Share ``height`` rows; where not everything fits, ``page`` says which panel stands under the lanes."""
    facts = max(wants.delivery, wants.people)
    if width >= SIDE_BY_SIDE:
        least = [wants.lanes_least, min(facts, FACTS_LEAST), min(wants.gate, GATE_LEAST)]
        shared = _share(height - 3 * BORDER, least, [wants.lanes, facts, wants.gate])
        if shared:
            lanes, both, gate = (rows + BORDER for rows in shared)
            return Arrangement(lanes, both, both, gate, 1)
        panels = [(facts, facts, 0), (0, 0, wants.gate)]
    else:
        least = [
            wants.lanes_least,
            min(wants.delivery, FACTS_LEAST),
            min(wants.people, FACTS_LEAST),
            wants.gate,
        ]
        shared = _share(height - 4 * BORDER, least, [wants.lanes, wants.delivery, wants.people, wants.gate])
        if shared:
            lanes, delivery, people, gate = (rows + BORDER for rows in shared)
            return Arrangement(lanes, delivery, people, gate, 1)
        panels = [(wants.delivery, 0, 0), (0, wants.people, 0), (0, 0, wants.gate)]
    panel = panels[page % len(panels)]
    lanes = max(min(wants.lanes, height - max(panel) - 2 * BORDER), LANES_LEAST) + BORDER
    rest = max(0, height - lanes)
    delivery, people, gate = (rest if rows else 0 for rows in panel)
    return Arrangement(lanes, delivery, people, gate, len(panels))


def _share(room: int, least: list[int], wanted: list[int]) -> list[int] | None:
    """Give each at least its least, then a row in turn until all have what they want; None when there is too little.

    The last one, the gate, gets more only when the others have what they want, and then what is left over.
    """
    rows = list(least)
    spare = room - sum(rows)
    if spare < 0:
        return None
    while spare and (growing := [index for index in range(len(rows) - 1) if rows[index] < wanted[index]]):
        for index in growing[:spare]:
            rows[index] += 1
        spare -= len(growing[:spare])
    rows[-1] += spare
    return rows
