"""The demo portfolio as files to import and decisions to take, always current on the day it is asked for.

The stories stand in ``data/demo``, one file an initiative, with every day as a number of days from today. Nothing here
touches a desk: the files are canonical CSV, and the decisions are handed over to be made through the same services
that people use.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, Literal

from changedesk.domain.kinds import INITIATIVES, KINDS, Kind
from changedesk.resources import data_text
from changedesk.services.demo_observations import Count, counts

FOLDER: Final = "demo"

Story = Mapping[str, Any]
Row = dict[str, str]


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
class DemoPortfolio:
    """Canonical CSV text by kind, in import order, and the decisions in the order in which they were made."""

    files: dict[str, str]
    acts: tuple[GateAct, ...]


def demo_portfolio(today: date) -> DemoPortfolio:
    """The demo portfolio as it stands on a day; the same day gives the same bytes.

    No date that has happened lies after ``today``.
    """
    portfolio = _read("portfolio")
    stories = [_read(name) for name in portfolio["initiatives"]]
    people = _read("people")["people"]
    rows: dict[str, Iterable[Row]] = {
        "clients": (_texts(client) for client in portfolio["clients"]),
        "people": (_texts({**person, "roles": ";".join(person["roles"])}) for person in people),
        "initiatives": (_initiative(story, today) for story in stories),
        "audiences": _of_each(stories, lambda story: _audiences(story, today)),
        "activities": _of_each(stories, lambda story: _activities(story, today)),
        "targets": _of_each(stories, lambda story: _targets(story, today)),
        "observations": _of_each(stories, lambda story: _observations(story, today)),
    }
    acts = [act for story in stories for act in _acts(story, today)]
    return DemoPortfolio(
        files={name: _canonical_csv(kind, rows[name]) for name, kind in KINDS.items()},
        acts=tuple(sorted(acts, key=lambda act: act.day)),
    )


def planned_workday(day: date) -> date:
    """The workday nearest to a planned day: Saturday becomes Friday, Sunday becomes Monday."""
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


def past_workday(day: date, today: date) -> date:
    """The workday on which something happened: a weekend moves to Monday, or back to Friday where Monday is to come."""
    monday = day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
    return monday if monday <= today else day - timedelta(days=max(0, day.weekday() - 4))


def _read(name: str) -> Story:
    return tomllib.loads(data_text(FOLDER, f"{name}.toml"))


def _of_each(stories: Sequence[Story], rows_of: Callable[[Story], Iterable[Row]]) -> Iterable[Row]:
    return (row for story in stories for row in rows_of(story))


def _texts(values: Mapping[str, object]) -> Row:
    return {column: "" if value is None else str(value) for column, value in values.items()}


def _in_days(today: date, days: int | None) -> date | None:
    return None if days is None else today + timedelta(days=days)


def _initiative(story: Story, today: date) -> Row:
    named = {column.name: story.get(column.name) for column in INITIATIVES.columns}
    live = {
        "go_live_planned": _in_days(today, story.get("go_live")),
        "go_live_actual": _in_days(today, story.get("went_live")),
    }
    return _texts({**named, **live})


def _plan_day(story: Story, today: date, days: int) -> date:
    """A planned day falls on a workday, except the go-live itself, which may well be at a weekend."""
    day = today + timedelta(days=days)
    return day if days == story.get("go_live") else planned_workday(day)


def _wave(story: Story, today: date, audience: Mapping[str, Any]) -> date | None:
    days = audience.get("go_live")
    return None if days is None else _plan_day(story, today, days)


def _audiences(story: Story, today: date) -> Iterable[Row]:
    for audience in story["audiences"]:
        wave = {"go_live": _wave(story, today, audience)}
        yield _texts({**audience, "initiative": story["code"], "audience": audience["name"], **wave})


def _activities(story: Story, today: date) -> Iterable[Row]:
    owners = {"delivery": story["project_owner"], "people": story.get("change_owner")}
    for lane in ("delivery", "people", "service"):
        for activity in story.get(lane, []):
            start, end = (_plan_day(story, today, days) for days in activity["plan"])
            started, ended = _actuals(activity, min(start, end), end, today)
            yield _texts(
                {
                    "owner": owners.get(lane),
                    **activity,
                    "initiative": story["code"],
                    "lane": lane,
                    "planned_start": min(start, end),
                    "planned_end": end,
                    "actual_start": started,
                    "actual_end": ended,
                    "milestone": "yes" if activity.get("milestone") else "no",
                }
            )


def _actuals(activity: Mapping[str, Any], start: date, end: date, today: date) -> tuple[date | None, date | None]:
    """What became of a plan: done on its days or ``late`` by some, ``open`` (begun only) or ``waiting`` (not begun)."""
    if activity.get("waiting") or start > today:
        return None, None
    if activity.get("open"):
        return start, None
    late = timedelta(days=activity.get("late", 0))
    return start, end + late if end + late <= today else None


def _targets(story: Story, today: date) -> Iterable[Row]:
    for target in story["targets"]:
        by = planned_workday(today + timedelta(days=target["by"]))
        yield _texts({**target, "initiative": story["code"], "by": by})


def _observations(story: Story, today: date) -> Iterable[Row]:
    audiences = {audience["name"]: audience for audience in story["audiences"]}
    for series in story["observations"]:
        audience = audiences[series["audience"]]
        live = _wave(story, today, audience) or _in_days(today, story.get("went_live"))
        seed = f"{story['code']}/{series['audience']}/{series['metric']}"
        for count in _dated(series, live, audience["headcount"], seed, today):
            yield _texts(
                {
                    "initiative": story["code"],
                    "audience": series["audience"],
                    "metric": series["metric"],
                    "date": count.day,
                    "numerator": count.numerator,
                    "denominator": count.denominator,
                    "method": series.get("method", "observed"),
                }
            )


def _dated(series: Mapping[str, Any], live: date | None, headcount: int, seed: str, today: date) -> Iterable[Count]:
    if live is not None and "points" not in series:
        yield from counts(series, live, headcount, seed, today)
    for days, numerator, denominator in series.get("points", []):
        yield Count(past_workday(today + timedelta(days=days), today), numerator, denominator)


def _acts(story: Story, today: date) -> Iterable[GateAct]:
    for gate in story.get("gates", []):
        for lane, owner in (("delivery", "project_owner"), ("people", "change_owner")):
            side = gate.get(lane, {})
            for item, days, evidence in sorted(side.get("items", []), key=lambda listed: listed[1]):
                day = past_workday(today + timedelta(days=days), today)
                yield GateAct(
                    day, story["code"], gate["checkpoint"], lane, "tick", item, evidence, story[owner], waiver=None
                )
            if "sign" in side:
                day = past_workday(today + timedelta(days=side["sign"]), today)
                waiver = side.get("waiver")
                yield GateAct(
                    day, story["code"], gate["checkpoint"], lane, "sign", None, None, story[owner], waiver=waiver
                )
    for lane, owner in (("delivery", "project_owner"), ("people", "change_owner")):
        if closing := story.get("closing", {}).get(lane):
            day = past_workday(today + timedelta(days=closing["day"]), today)
            yield GateAct(day, story["code"], None, lane, "close", None, None, story[owner], closing.get("waiver"))


def _canonical_csv(kind: Kind, rows: Iterable[Row]) -> str:
    text = io.StringIO()
    columns = [column.name for column in kind.columns]
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(rows, key=lambda row: tuple(row.get(column, "") for column in kind.key)))
    return text.getvalue()
