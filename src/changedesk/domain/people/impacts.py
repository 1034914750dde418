"""Who is hit, and how hard: the matrix of groups and aspects, and what it comes to (DOMAIN 1.2).

A maximum and a sum stand beside each other, because each alone misleads: the maximum hides how much there is, the sum
hides one severe hit. What nobody has rated is unknown and enters neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from changedesk.domain.people.people_side import Impact
from changedesk.domain.records import Audience
from changedesk.domain.words import ASPECTS
from changedesk.values import dataclass

HARDEST: Final = 5
"""The highest degree of an impact."""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One group: its impact in each of the ten aspects (None: not rated), and what they come to.

    ``load`` is the sum times the group's share of all people; None where a headcount is missing.
    """

    audience: Audience
    cells: tuple[Impact | None, ...]
    highest: int | None
    total: int | None
    load: float | None


@dataclass(frozen=True, slots=True)
class HeatColumn:
    """One aspect over all groups that were rated: highest, sum, and the mean weighted by headcount."""

    aspect: str
    highest: int | None
    total: int | None
    weighted: float | None


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The matrix: a row for each group, the hardest hit first, and what each aspect comes to."""

    rows: tuple[HeatRow, ...]
    columns: tuple[HeatColumn, ...]


def degrees_of(impacts: Iterable[Impact]) -> dict[str, int]:
    """How hard each group is hit where it is hit hardest; one that nobody has rated is not there."""
    found: dict[str, int] = {}
    for impact in impacts:
        found[impact.audience] = max(impact.degree, found.get(impact.audience, 0))
    return found


def heat_map(audiences: Sequence[Audience], impacts: Sequence[Impact]) -> HeatMap:
    """The matrix of one initiative's groups."""
    cells = {(impact.audience, impact.aspect): impact for impact in impacts}
    everybody = sum(audience.headcount for audience in audiences)
    sized = all(audience.headcount > 0 for audience in audiences)
    rows = []
    for audience in audiences:
        own = tuple(cells.get((audience.name, aspect)) for aspect in ASPECTS)
        degrees = [impact.degree for impact in own if impact is not None]
        total = sum(degrees) if degrees else None
        load = None if total is None or not sized else total * audience.headcount / everybody
        rows.append(HeatRow(audience, own, max(degrees, default=None), total, load))
    rows.sort(key=lambda row: (row.highest is None, -(row.highest or 0), -(row.total or 0), row.audience.name))
    return HeatMap(tuple(rows), tuple(_column(n, aspect, rows) for n, aspect in enumerate(ASPECTS)))


def _column(place: int, aspect: str, rows: Sequence[HeatRow]) -> HeatColumn:
    rated = [(row.audience.headcount, impact.degree) for row in rows if (impact := row.cells[place]) is not None]
    if not rated:
        return HeatColumn(aspect, None, None, None)
    people = sum(headcount for headcount, _ in rated)
    sized = all(headcount > 0 for headcount, _ in rated)
    weighted = sum(headcount * degree for headcount, degree in rated) / people if sized else None
    return HeatColumn(aspect, max(degree for _, degree in rated), sum(degree for _, degree in rated), weighted)
