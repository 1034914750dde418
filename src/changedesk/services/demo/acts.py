"""What people decided and recorded in the demo portfolio, one by one, to be done again through the services they used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final, Literal

from changedesk.domain.forms.registry import FORMS
from changedesk.domain.kinds.kind import Column, Day, YesNo
from changedesk.domain.weeks import monday_of
from changedesk.services.demo.story import Row, Story, workday
from changedesk.values import dataclass

_LISTS: Final = {
    "edits": "initiatives",
    "risks": "risks",
    "decisions": "decisions",
    "resistance": "resistance",
    "workarounds": "workarounds",
    "audience_edits": "audiences",
    "impact_texts": "impacts",
    "progress": "readiness_items",
}
"""The lists of a story whose entries are single records, and the form of each."""

KEPT_WEEKS: Final = 12
"""The forecasts of so many weeks were kept before this one."""

_BY_CHANGE_OWNER: Final = ("resistance", "workarounds", "audiences", "impacts", "readiness_items")


@dataclass(frozen=True, slots=True)
class GateAct:
    """One decision: a ticked item with its evidence, a lane's signature under a checkpoint, or the closing of a lane.

    ``item`` and ``evidence`` belong to a tick, ``waiver`` to a decision over a gap; ``by`` is the lane's owner. A closing
    has no checkpoint.
    """

    day: date
    initiative: str
    checkpoint: str | None
    lane: str
    verb: Literal["tick", "sign", "close"]
    item: str | None
    evidence: str | None
    by: str
    waiver: str | None


@dataclass(frozen=True, slots=True)
class RecordAct:
    """One record made or changed by ``by`` with a form: ``values`` are the cells that were filled in.

    Whatever record has the natural key of the values is changed, else there is a new one. ``initiative`` is None for
    what belongs to a client.
    """

    day: date
    form: str
    initiative: str | None
    values: Row
    by: str


@dataclass(frozen=True, slots=True)
class DecisionAct:
    """A decision acknowledged for the lane ``side`` by its owner; without a side, locked by the project owner."""

    day: date
    initiative: str
    title: str
    side: str | None
    by: str


@dataclass(frozen=True, slots=True)
class KeepAct:
    """The desk was opened in a new week: the program kept the forecasts of what is due (``quiet``: of everybody alone)."""

    day: date
    quiet: bool
    by: None = None


@dataclass(frozen=True, slots=True)
class GapAct:
    """What somebody decided about a gap, named by its group and what it is called.

    ``said`` is the new owner of an assigned one, or the reason of a waiver; ``until`` is when a waiver or a delay ends.
    """

    day: date
    initiative: str
    audience: str | None
    gap: str
    verb: Literal["assign", "waive", "snooze"]
    said: str
    until: date | None
    by: str


@dataclass(frozen=True, slots=True)
class TieAct:
    """A piece of people work, by its title, that was let move with a milestone."""

    day: date
    initiative: str
    activity: str
    milestone: str
    by: str


Act = GateAct | RecordAct | DecisionAct | GapAct | KeepAct | TieAct


def keep_acts(today: date) -> Iterator[KeepAct]:
    """The Mondays of the last weeks, each with what the program kept on it; this week's with every group."""
    monday = monday_of(today)
    for weeks in range(KEPT_WEEKS, -1, -1):
        yield KeepAct(monday - timedelta(weeks=weeks), quiet=weeks > 0)


def gate_acts(story: Story, today: date) -> Iterator[GateAct]:
    """The ticks, signatures and closings of a story."""
    for gate in story.get("gates", []):
        for lane, owner in (("delivery", "project_owner"), ("people", "change_owner")):
            side = gate.get(lane, {})
            for item, days, evidence in sorted(side.get("items", []), key=lambda listed: listed[1]):
                day = workday(today, days)
                yield GateAct(
                    day, story["code"], gate["checkpoint"], lane, "tick", item, evidence, story[owner], waiver=None
                )
            if "sign" in side:
                day = workday(today, side["sign"])
                waiver = side.get("waiver")
                yield GateAct(
                    day, story["code"], gate["checkpoint"], lane, "sign", None, None, story[owner], waiver=waiver
                )
    for lane, owner in (("delivery", "project_owner"), ("people", "change_owner")):
        if closing := story.get("closing", {}).get(lane):
            day = workday(today, closing["day"])
            yield GateAct(day, story["code"], None, lane, "close", None, None, story[owner], closing.get("waiver"))


def record_acts(story: Story, today: date) -> Iterator[RecordAct]:
    """The single records of a story: its charter and people budget, risks, decisions, resistance and workarounds.

    An entry says on which ``day`` it was recorded; without ``by`` it was the owner of the side that it belongs to.
    """
    for name, form in _LISTS.items():
        for entry in story.get(name, []):
            people = form in _BY_CHANGE_OWNER or entry.get("kind") == "adoption"
            by = entry.get("by") or story["change_owner" if people else "project_owner"]
            yield RecordAct(workday(today, entry["day"]), form, story["code"], _values(form, entry, today), by)


def decision_acts(story: Story, today: date) -> Iterator[DecisionAct]:
    """Who acknowledged the decisions of a story, and which of them are locked."""
    for entry in story.get("decisions", []):
        for step, side, owner in (
            ("delivery_ack", "delivery", "project_owner"),
            ("people_ack", "people", "change_owner"),
            ("lock", None, "project_owner"),
        ):
            if step in entry:
                yield DecisionAct(workday(today, entry[step]), story["code"], entry["title"], side, story[owner])


def holiday_acts(portfolio: Story, today: date) -> Iterator[RecordAct]:
    """The holidays of each client that fall next, as whoever keeps its calendar entered them."""
    for calendar in portfolio["holidays"]:
        for month_day, title in calendar["days"]:
            values = {"client": calendar["client"], "date": _next(month_day, today).isoformat(), "title": title}
            yield RecordAct(workday(today, calendar["day"]), "holidays", None, values, calendar["by"])


def _values(form: str, entry: Mapping[str, Any], today: date) -> Row:
    columns = FORMS[form].kind.columns
    return {column.name: _cell(column, entry[column.name], today) for column in columns if column.name in entry}


def _cell(column: Column, value: object, today: date) -> str:
    match column.type, value:
        case Day(), int(days):
            return workday(today, days).isoformat()
        case YesNo(), bool(yes):
            return "yes" if yes else "no"
        case _:
            return str(value)


def _next(month_day: str, today: date) -> date:
    """The next day with that month and day, MM-DD; today counts."""
    this_year = date.fromisoformat(f"{today.year}-{month_day}")
    return this_year if this_year >= today else this_year.replace(year=today.year + 1)
