"""The shared gates between the lanes: a diamond on its day, number and name, and the two lanes' signatures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from changedesk.values import dataclass
from changedesk.widgets.canvas import Canvas, Look, cells
from changedesk.widgets.lane.bars import Plot

SIGNATURES: Final = {
    "signed": ("✓", "fine"),
    "late": ("✗", "late"),
    "unsigned": ("○", "risk"),
    "not_due": ("○", "faint"),
}
"""A lane's signature: its mark and the meaning of its colour."""
LEAST: Final = 3
"""The columns that a gate needs at least: two marks and the space between them, or the numbers of two gates."""
AIRY: Final = 5
"""The columns up to the next gate from which on the two marks stand apart: closer, four marks would look like a row."""
_WORST: Final = ("late", "unsigned", "not_due", "signed")


@dataclass(frozen=True, slots=True)
class GateMark:
    """A checkpoint that both lanes sign: each signature is signed, unsigned, late or not_due."""

    number: int
    title: str
    short: str
    day: date | None
    delivery: str
    people: str

    @property
    def signed(self) -> bool:
        """Both lanes signed."""
        return self.delivery == self.people == "signed"

    @property
    def late(self) -> bool:
        """A signature is overdue."""
        return "late" in (self.delivery, self.people)


class PlacedGate(NamedTuple):
    """One gate, or several too close to be told apart, with the place and the text of its label."""

    gates: tuple[GateMark, ...]
    left: int
    label: str
    marks: tuple[tuple[str, str], ...]
    airy: bool

    @property
    def end(self) -> int:
        """The column after label and marks."""
        return self.left + max(cells(self.label), 2 * len(self.marks) - 1)


def place(gates: Sequence[GateMark], plot: Plot, obstacles: Sequence[int] = ()) -> tuple[PlacedGate, ...]:
    """The gates within the window with labels that never meet: shortened when close, together when closer still.

    ``obstacles`` are columns (today, go-live) that a name rather does not run over.
    """
    groups: list[tuple[GateMark, ...]] = []
    dated = sorted((gate.day, gate.number, gate) for gate in gates if gate.day and plot.window.holds(gate.day))
    for _, _, gate in dated:
        if groups and _column((gate,), plot) - _column(groups[-1], plot) <= LEAST:
            groups[-1] = (*groups[-1], gate)
        else:
            groups.append((gate,))
    placed: list[PlacedGate] = []
    limit = plot.right
    for index in range(len(groups) - 1, -1, -1):
        group, column = groups[index], _column(groups[index], plot)
        floor = _column(groups[index - 1], plot) + LEAST + 1 if index else plot.left
        label = _label(group, column, floor, limit, plot.right, obstacles)
        width = max(cells(label), LEAST)
        left = max(floor, min(column, limit - width))
        placed.append(PlacedGate(group, left, label, _marks(group), limit - left >= AIRY))
        limit = placed[-1].left - 1
    return tuple(reversed(placed))


def _column(group: tuple[GateMark, ...], plot: Plot) -> int:
    """Where a group's label begins at the latest: on its first day, or earlier at the right end of the axis."""
    day = group[0].day
    return min(plot.column(day), plot.right - LEAST) if day else plot.left


def _numbers(group: tuple[GateMark, ...]) -> str:
    """``3`` for one gate, ``3-4`` for several."""
    return str(group[0].number) if len(group) == 1 else f"{group[0].number}-{group[-1].number}"


def _label(
    group: tuple[GateMark, ...], column: int, floor: int, limit: int, edge: int, obstacles: Sequence[int]
) -> str:
    """The longest label that fits between its neighbours and meets no obstacle.

    It begins on its day, or ends at the edge.
    """
    number = _numbers(group)
    if len(group) > 1:
        return number
    gate = group[0]
    for label in (f"{number} {gate.title}", f"{number} {gate.short}"):
        left = min(column, edge - cells(label))
        crossed = any(left < obstacle <= left + cells(label) for obstacle in obstacles)
        if left >= floor and left + cells(label) <= limit and not crossed:
            return label
    return number


def _marks(group: tuple[GateMark, ...]) -> tuple[tuple[str, str], ...]:
    """The worst signature of the group for delivery and for people."""
    sides = ([gate.delivery for gate in group], [gate.people for gate in group])
    return tuple(SIGNATURES[next(state for state in _WORST if state in side)] for side in sides)


def draw_gates(sheet: Canvas, y: int, plot: Plot, placed: Sequence[PlacedGate], chosen: int | None, tall: bool) -> None:
    """Draw diamonds, labels and signatures on three rows (``tall``), or on two with the diamond above left out."""
    for group in placed:
        if tall:
            for gate in group.gates:
                if gate.day is not None:
                    sheet.put(plot.column(gate.day), y, *_diamond(gate, gate.number == chosen))
        row = y + 1 if tall else y
        is_chosen = chosen in [gate.number for gate in group.gates]
        open_ink = "ink" if any(not gate.signed for gate in group.gates) else "explain"
        look = Look("key", "selection", True) if is_chosen else Look(open_ink)
        sheet.put(group.left, row, group.label, look)
        x, step = group.left, " " if group.airy else ""
        for mark, token in group.marks:
            x = sheet.put(x, row + 1, f"{mark}{step}", Look(token))


def _diamond(gate: GateMark, is_chosen: bool) -> tuple[str, Look]:
    look = Look("late") if gate.late else Look("key", bold=True) if is_chosen else Look("ink")
    return ("◆" if gate.signed else "◇", look)
