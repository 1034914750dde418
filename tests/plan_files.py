"""Plans as MS Project saves them, written line by line for the tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

NAMESPACE = "http://schemas.microsoft.com/project"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
"""Files that MS Project itself saved, where there are any."""


@dataclass(frozen=True)
class Line:
    """One task; ``more`` is XML that a test adds to it. Days are written as days, MS Project's hours are put to them."""

    uid: int
    name: str
    start: str = "2026-12-01"
    finish: str = "2026-12-01"
    level: int = 1
    wbs: str = ""
    summary: bool = False
    milestone: bool = False
    percent: int | None = 0
    work: str = ""
    duration: str = "PT8H0M0S"
    after: tuple[tuple[int, int, int], ...] = ()
    """Links as (UID, type, tenths of a minute of lag)."""
    baseline: tuple[str, str] | None = None
    more: str = ""

    def xml(self, place: int) -> str:
        """The task as an element."""
        links = "".join(
            f"<PredecessorLink><PredecessorUID>{uid}</PredecessorUID><Type>{kind}</Type><LinkLag>{lag}</LinkLag>"
            "<LagFormat>7</LagFormat></PredecessorLink>"
            for uid, kind, lag in self.after
        )
        baseline = (
            f"<Baseline><Number>0</Number><Start>{self.baseline[0]}T08:00:00</Start>"
            f"<Finish>{self.baseline[1]}T17:00:00</Finish><Duration>PT8H0M0S</Duration></Baseline>"
            if self.baseline
            else ""
        )
        days = f"<Start>{self.start}T08:00:00</Start>" if self.start else ""
        days += f"<Finish>{self.finish}T17:00:00</Finish>" if self.finish else ""
        return (
            f"<Task><UID>{self.uid}</UID><ID>{place}</ID><Name>{self.name}</Name><WBS>{self.wbs or place}</WBS>"
            f"<OutlineLevel>{self.level}</OutlineLevel>{days}<Duration>{self.duration}</Duration>"
            f"{f'<Work>{self.work}</Work>' if self.work else ''}"
            f"<Milestone>{int(self.milestone)}</Milestone><Summary>{int(self.summary)}</Summary>"
            f"{'' if self.percent is None else f'<PercentComplete>{self.percent}</PercentComplete>'}"
            f"{links}{baseline}{self.more}</Task>"
        )


def plan_xml(*lines: Line, rest: str = "", prolog: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    """A whole plan: the project itself, then the lines; ``rest`` is what follows the tasks."""
    root = "<Task><UID>0</UID><ID>0</ID><Name>Migration</Name><OutlineLevel>0</OutlineLevel><Summary>1</Summary></Task>"
    tasks = "".join(line.xml(place) for place, line in enumerate(lines, 1))
    return (
        f'{prolog}<Project xmlns="{NAMESPACE}"><Name>plan</Name><MinutesPerDay>480</MinutesPerDay>'
        f"<Tasks>{root}{tasks}</Tasks>{rest}</Project>"
    )


def someone(name: str, *tasks: int) -> str:
    """Resources and assignments: one person on these tasks."""
    assigned = "".join(
        f"<Assignment><UID>{task}</UID><TaskUID>{task}</TaskUID><ResourceUID>1</ResourceUID></Assignment>"
        for task in tasks
    )
    return (
        f"<Resources><Resource><UID>1</UID><ID>1</ID><Name>{name}</Name></Resource></Resources>"
        f"<Assignments>{assigned}</Assignments>"
    )
