"""MS Project XML (MSPDI, as MS Project 2003 and later save it) as a plan: tasks, links, baselines, owners.

Element names and units are those of the format's schema: durations as ``PT8H0M0S``, lags in tenths of a minute or,
with a percent format, in percent of the predecessor's duration; link types 0 FF, 1 FS, 2 SF, 3 SS.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import BinaryIO, Final

from changedesk.domain.plaintext import clean
from changedesk.domain.planning.plan import Plan, PlanBaseline, PlanLink, PlanTask
from changedesk.errors import Problem, RefusedFile
from changedesk.interchange.refusing import quoted
from changedesk.interchange.xml_reading import Element, read_elements

SIZE_LIMIT: Final = 64 * 1024**2
TASK_LIMIT: Final = 50_000
LINK_LIMIT: Final = 200_000
_NAME_LIMIT = 2_000
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_LINK_KINDS: Final = {"0": "FF", "1": "FS", "2": "SF", "3": "SS"}
_ELAPSED: Final = frozenset(("4", "6", "8", "10", "12", "36", "38", "40", "42", "44"))
_PERCENT: Final = frozenset(("19", "20", "51", "52"))
_DURATION = re.compile(r"(-?)P(?:(\d{1,6})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:\.\d{1,9})?S)?)?")
_UNASSIGNED = "-65535"


def read_plan(file: BinaryIO) -> Plan:
    """The plan in an MS Project XML file, the project itself (outline level 0) among its tasks; blank lines are left out.

    Raises RefusedFile: with one sentence for what is no such file, or with a problem for each cell that cannot be read,
    its row being the task's ID.
    """
    reading = _Reading()
    facts = read_elements(
        file,
        "Project",
        {
            ("Tasks", "Task"): reading.tasks.append_within(TASK_LIMIT, "tasks"),
            ("Resources", "Resource"): reading.resource,
            ("Assignments", "Assignment"): reading.assignment,
        },
        "MS Project XML",
    )
    return reading.plan(facts)


class _Elements(list[Element]):
    def append_within(self, limit: int, noun: str) -> Callable[[Element], None]:
        def append(element: Element) -> None:
            if len(self) >= limit:
                raise RefusedFile.whole(f"the plan has more than {limit:,} {noun}; export it in parts")
            self.append(element)

        return append


class _Reading:
    """What is collected while the file is walked, and the problems found on the way."""

    def __init__(self) -> None:
        self.tasks = _Elements()
        self._names: dict[str, str] = {}
        self._owners: dict[str, list[str]] = {}
        self._problems: list[Problem] = []

    def resource(self, element: Element) -> None:
        """Somebody who may be assigned to tasks."""
        if name := clean(element.text("Name"), _NAME_LIMIT).strip():
            self._names[element.text("UID")] = name

    def assignment(self, element: Element) -> None:
        """Who works on which task."""
        if (who := element.text("ResourceUID")) and who != _UNASSIGNED:
            self._owners.setdefault(element.text("TaskUID"), []).append(who)

    def plan(self, facts: dict[str, str]) -> Plan:
        """The plan of all that was collected."""
        minutes = facts.get("MinutesPerDay", "")
        hours_a_day = int(minutes) / 60 if minutes.isascii() and minutes.isdigit() and 0 < int(minutes) <= 1440 else 8.0
        lines = [(place, task) for place, task in enumerate(self.tasks, 1) if task.text("IsNull") != "1"]
        tasks = [self._task(place, element) for place, element in lines]
        by_key = {task.key: task for task in tasks}
        if len(by_key) < len(tasks):
            raise RefusedFile.whole("the plan has two tasks with the same UID; save it anew in MS Project")
        links = [link for _, element in lines for link in self._links(element, by_key, hours_a_day)]
        if len(links) > LINK_LIMIT:
            raise RefusedFile.whole(f"the plan has more than {LINK_LIMIT:,} links; export it in parts")
        if self._problems:
            raise RefusedFile("the plan cannot be read", self._problems)
        return Plan(tuple(tasks), tuple(links), hours_a_day)

    def _task(self, place: int, element: Element) -> PlanTask:
        key, level = element.text("UID"), element.text("OutlineLevel")
        if not re.fullmatch(r"-?[0-9]{1,10}", key):
            raise RefusedFile.whole(f"task {place} of the plan has no UID; save it anew in MS Project")
        identity = element.text("ID")
        row = int(identity) if re.fullmatch(r"[0-9]{1,9}", identity) else place
        start = self._day(row, element, "Start")
        return PlanTask(
            key=key,
            row=row,
            wbs=clean(element.text("WBS") or element.text("OutlineNumber"), 100).strip(),
            name=clean(element.text("Name"), _NAME_LIMIT).strip(),
            level=int(level) if re.fullmatch(r"[0-9]{1,3}", level) else 1,
            summary=element.text("Summary") == "1",
            milestone=element.text("Milestone") == "1",
            active=element.text("Active") != "0" and element.text("ExternalTask") != "1",
            start=start,
            finish=self._finish(row, element, "Finish"),
            actual_start=self._day(row, element, "ActualStart"),
            actual_finish=self._finish(row, element, "ActualFinish"),
            percent_complete=self._percent(row, element),
            work_hours=self._hours(row, element, "Work"),
            duration_hours=self._hours(row, element, "Duration"),
            owner=self._owner(key),
            baselines=tuple(self._baseline(row, one) for one in element.named("Baseline")),
        )

    def _baseline(self, row: int, element: Element) -> PlanBaseline:
        number = element.text("Number")
        return PlanBaseline(
            int(number) if re.fullmatch(r"[0-9]{1,2}", number) else 0,
            self._day(row, element, "Start"),
            self._finish(row, element, "Finish"),
            self._hours(row, element, "Work"),
            self._hours(row, element, "Duration"),
        )

    def _owner(self, key: str) -> str | None:
        """Whoever is assigned to the task; a desk knows one owner, so the first of several."""
        return next((self._names[who] for who in self._owners.get(key, ()) if who in self._names), None)

    def _links(self, element: Element, by_key: dict[str, PlanTask], hours_a_day: float) -> list[PlanLink]:
        successor = element.text("UID")
        links = []
        for one in element.named("PredecessorLink"):
            predecessor = one.text("PredecessorUID")
            kind = _LINK_KINDS.get(one.text("Type") or "1")
            if kind is None:
                said = f"{quoted(one.text('Type'))} is no type of link; it is one of 0, 1, 2, 3"
                self._refuse(by_key[successor].row, "Type", said)
                continue
            links.append(PlanLink(predecessor, successor, kind, self._lag(one, by_key, successor, hours_a_day)))
        return links

    def _lag(self, link: Element, by_key: dict[str, PlanTask], successor: str, hours_a_day: float) -> float:
        text, form = link.text("LinkLag") or "0", link.text("LagFormat")
        if not re.fullmatch(r"-?[0-9]{1,10}", text):
            self._refuse(by_key[successor].row, "LinkLag", f"{quoted(text)} is not a whole number")
            return 0.0
        lag = int(text)
        if form in _PERCENT:
            before = by_key.get(link.text("PredecessorUID"))
            hours = (before.duration_hours or 0.0) if before else 0.0
            return round(lag / 100 * hours / hours_a_day, 4) + 0.0
        return round(lag / 600 / (24 if form in _ELAPSED else hours_a_day), 4) + 0.0

    def _moment(self, row: int, element: Element, name: str) -> datetime | None:
        text = element.text(name)
        if text in ("", "NA"):
            return None
        try:
            moment = datetime.fromisoformat(text).replace(tzinfo=None)
        except ValueError:
            self._refuse(row, name, f"{quoted(text)} is not a time; it is written as 2026-11-26T17:00:00")
            return None
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            self._refuse(row, name, f"{moment.date()} is not between the years {_FIRST_YEAR} and {_LAST_YEAR}")
            return None
        return moment

    def _day(self, row: int, element: Element, name: str) -> date | None:
        moment = self._moment(row, element, name)
        return None if moment is None else moment.date()

    def _finish(self, row: int, element: Element, name: str) -> date | None:
        """The day on which something ends; what ends at midnight ends with the day before, unless it began there."""
        moment = self._moment(row, element, name)
        if moment is None:
            return None
        begun = element.text(name.replace("Finish", "Start"))
        if moment.time() == time(0) and begun and begun < element.text(name):
            return moment.date() - timedelta(days=1)
        return moment.date()

    def _percent(self, row: int, element: Element) -> float | None:
        text = element.text("PercentComplete")
        if not text:
            return None
        if re.fullmatch(r"[0-9]{1,3}", text) and int(text) <= 100:
            return float(text)
        self._refuse(row, "PercentComplete", f"{quoted(text)} is not a percentage from 0 to 100")
        return None

    def _hours(self, row: int, element: Element, name: str) -> float | None:
        text = element.text(name)
        if not text:
            return None
        found = _DURATION.fullmatch(text)
        if found is None:
            self._refuse(row, name, f"{quoted(text)} is not a duration; it is written as PT8H0M0S")
            return None
        days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
        if found[1]:
            return None
        return round(days * 24 + hours + minutes / 60 + seconds / 3600, 6)

    def _refuse(self, row: int, name: str, sentence: str) -> None:
        self._problems.append(Problem(row, name, sentence))
