"""A report as what it says, before anybody decides how it looks: sections of sentences, tables and charts.

Everything is text or a plain number, already in words where words are meant; a writer adds nothing and leaves nothing out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Prose:
    """A sentence or a few."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """Points of equal weight; ``levels`` (fine, at_risk, late, unknown or empty) are as many as ``items``, or none."""

    items: tuple[str, ...]
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; ``right`` are the places of columns that hold numbers."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A question with its answer in a word, why, how it stands, and what it rests on as (name, value, note)."""

    question: str
    answer: str
    because: str
    level: str
    facts: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Verdicts of equal weight, side by side where there is room."""

    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class PhaseBar:
    """A phase in a chart of lanes: its days, and how much of it is done (0 to 1, None unknown)."""

    title: str
    start: date
    end: date
    done: float | None
    late: bool


@dataclass(frozen=True, slots=True)
class LaneBar:
    """A lane in a chart: its phases, and what is said of it."""

    title: str
    note: str
    phases: tuple[PhaseBar, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A day that stands out: ``kind`` is today, go_live, wave or checkpoint; ``signed`` are those who signed it."""

    day: date
    text: str
    kind: str
    signed: int = 0


@dataclass(frozen=True, slots=True)
class LaneChart:
    """Lanes above each other on one scale of days; ``said`` says in words what it shows."""

    said: str
    lanes: tuple[LaneBar, ...]
    marks: tuple[Mark, ...]

    def days(self) -> Iterator[date]:
        """Every day that it shows."""
        for lane in self.lanes:
            for phase in lane.phases:
                yield from (phase.start, phase.end)
        yield from (mark.day for mark in self.marks)


@dataclass(frozen=True, slots=True)
class LineChart:
    """A figure over days: ``points`` as a line, ``bars`` as counts, ``band`` (day, low, high) as what is to be expected.

    ``target`` is a level to be reached; ``top`` the end of the scale where that is known before (100 for percent).
    """

    said: str
    unit: str
    points: tuple[tuple[date, float], ...] = ()
    bars: tuple[tuple[date, float], ...] = ()
    band: tuple[tuple[date, float, float], ...] = ()
    target: float | None = None
    target_text: str = ""
    top: float | None = None
    marks: tuple[Mark, ...] = ()

    def days(self) -> Iterator[date]:
        """Every day that it shows."""
        yield from (point[0] for point in (*self.points, *self.bars))
        yield from (point[0] for point in self.band)


Block = Prose | Bullets | Table | Verdicts | LaneChart | LineChart


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report under a title."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A report: whom and what it is about, how that stands in a sentence, and its sections.

    ``level`` is fine, at_risk, late or unknown; ``footer`` says when it was made, and of what. Days of another year than
    that of ``today`` are written with theirs.
    """

    title: str
    subtitle: str
    level: str
    headline: str
    sections: tuple[Section, ...]
    footer: str
    today: date
