"""The demo portfolio as files to import and decisions to take, always current on the day it is asked for.

The stories stand in ``data/demo``, one file an initiative, with every day as a number of days from today. Nothing here
touches a desk: the files are canonical CSV, and the decisions are handed over to be made through the same services
that people use.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from changedesk.domain.kinds.initiative import INITIATIVES
from changedesk.domain.kinds.kind import Kind
from changedesk.domain.kinds.registry import KINDS
from changedesk.services.demo import people_side, running
from changedesk.services.demo import running as demo_running
from changedesk.services.demo import working as demo_working
from changedesk.services.demo.acts import Act, decision_acts, gate_acts, holiday_acts, keep_acts, record_acts
from changedesk.services.demo.clocks import clocks
from changedesk.services.demo.control import control_acts
from changedesk.services.demo.history import lived_changes, past_changes
from changedesk.services.demo.homes import Homes
from changedesk.services.demo.lives import ControlAct
from changedesk.services.demo.observations import Count, counts
from changedesk.services.demo.running import RunningAct, running_story
from changedesk.services.demo.story import (
    Row,
    Story,
    in_days,
    past_workday,
    planned_workday,
    read_story,
    texts,
    with_told,
)
from changedesk.services.demo.tickets import tickets
from changedesk.services.demo.windows import window_acts
from changedesk.services.zones import zone_named
from changedesk.values import dataclass

_WORKING_HOUR = time(9, 0)


@dataclass(frozen=True, slots=True)
class DemoPortfolio:
    """Canonical CSV text by kind, in import order, and the decisions in the order in which they were made."""

    files: dict[str, str]
    acts: tuple[Act | ControlAct | RunningAct, ...]


def moment_of(act: Act | ControlAct | RunningAct) -> datetime:
    """When an act was done: at its moment, or in the morning of its day."""
    return act.at if isinstance(act, ControlAct) else datetime.combine(act.day, _WORKING_HOUR, UTC)


def _story(name: str) -> Story:
    """An initiative with all that is told of it: its project, its people, and what runs since."""
    return with_told(with_told(read_story(name), people_side.PLACE, name), demo_running.PLACE, name)


def demo_portfolio(today: date, now: datetime | None = None) -> DemoPortfolio:
    """The demo portfolio as it stands on a day; the same day and moment give the same bytes.

    No date that has happened lies after ``today``, which is the day of ``now`` by the reader's clock.
    """
    now = now or datetime.combine(today, _WORKING_HOUR, UTC)
    control = read_story("control")
    portfolio = read_story("portfolio")
    zones = {client["client"]: zone_named(client["timezone"]) for client in portfolio["clients"]}
    stories = [_story(name) for name in portfolio["initiatives"]]
    told = running_story()
    people = read_story("people")["people"]
    when = clocks(portfolio, now)
    homes = Homes(read_story("windows")["windows"], when)
    past = list(past_changes(control, when, homes))
    rows: dict[str, Iterable[Row]] = {
        "clients": (texts(client) for client in portfolio["clients"]),
        "people": (texts({**person, "roles": ";".join(person["roles"])}) for person in people),
        "initiatives": (_initiative(story, today) for story in stories),
        "audiences": _of_each(stories, lambda story: _audiences(story, today)),
        "activities": _of_each(stories, lambda story: _activities(story, today)),
        "targets": _of_each(stories, lambda story: _targets(story, today)),
        "snapshots": _of_each(stories, lambda story: demo_working.snapshots(story, today)),
        "benefits": _of_each(stories, lambda story: demo_working.benefits(story, today)),
        "benefit_observations": _of_each(stories, lambda story: demo_working.benefit_observations(story, today)),
        "key_results": _of_each(stories, demo_working.key_results),
        "impacts": _of_each(stories, people_side.impacts),
        "readiness_items": _of_each(stories, lambda story: people_side.readiness_items(story, today)),
        "contact_reasons": _of_each(stories, lambda story: people_side.as_told(story, "contact_reasons")),
        "stakeholders": _of_each(stories, lambda story: people_side.stakeholders(story, today)),
        "surveys": _of_each(stories, lambda story: people_side.surveys(story, today)),
        "confidence": _of_each(stories, lambda story: people_side.confidence(story, today)),
        "behaviours": _of_each(stories, lambda story: people_side.as_told(story, "behaviours")),
        "expected_resistance": _of_each(stories, lambda story: people_side.as_told(story, "expected_resistance")),
        "services": running.services(told),
        "agreements": running.agreements(told),
        "service_periods": running.periods(told, today),
        "signals": running.signals(told, today),
        "duties": running.duties(told, today),
        "changes": [*past, *running.changes(told, today)],
        "support_hours": _of_each(stories, lambda story: running.support_hours(story, today)),
        "security_exceptions": _of_each(stories, lambda story: running.security_exceptions(story, today)),
        "tickets": _of_each(stories, lambda story: tickets(story, today, now, zones[story["client"]])),
        "observations": _of_each(stories, lambda story: _observations(story, today)),
    }
    acts: list[Act | ControlAct | RunningAct] = [
        *holiday_acts(portfolio, today),
        *window_acts(today),
        *keep_acts(today),
        *running.improvement_acts(told, today),
    ]
    for story in stories:
        # What a signature rests on is recorded first, when both fall on one day.
        acts += [*record_acts(story, today), *decision_acts(story, today), *gate_acts(story, today)]
        acts += [
            *people_side.tie_acts(story, today),
            *people_side.gap_acts(story, today),
            *running.running_acts(story, today),
        ]
    changes = [*control["changes"], *lived_changes(control, len(past) + 1, when, homes)]
    acts += control_acts({**control, "changes": changes}, when, homes)
    return DemoPortfolio(
        files={name: _canonical_csv(kind, rows[name]) for name, kind in KINDS.items() if name in rows},
        acts=tuple(sorted(acts, key=moment_of)),
    )


def _of_each(stories: Sequence[Story], rows_of: Callable[[Story], Iterable[Row]]) -> Iterable[Row]:
    return (row for story in stories for row in rows_of(story))


def _initiative(story: Story, today: date) -> Row:
    named = {column.name: story.get(column.name) for column in INITIATIVES.columns}
    live = {
        "go_live_planned": in_days(today, story.get("go_live")),
        "go_live_actual": in_days(today, story.get("went_live")),
    }
    return texts({**named, **live})


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
        yield texts({**audience, "initiative": story["code"], "audience": audience["name"], **wave})


def _activities(story: Story, today: date) -> Iterable[Row]:
    owners = {"delivery": story["project_owner"], "people": story.get("change_owner")}
    for lane in ("delivery", "people", "service"):
        for activity in story.get(lane, []):
            start, end = (_plan_day(story, today, days) for days in activity["plan"])
            started, ended = _actuals(activity, min(start, end), end, today)
            yield texts(
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
        yield texts({**target, "initiative": story["code"], "by": by})


def _observations(story: Story, today: date) -> Iterable[Row]:
    audiences = {audience["name"]: audience for audience in story["audiences"]}
    for series in story["observations"]:
        audience = audiences[series["audience"]]
        live = _wave(story, today, audience) or in_days(today, story.get("went_live"))
        seed = f"{story['code']}/{series['audience']}/{series['metric']}"
        for count in _dated(series, live, audience["headcount"], seed, today):
            yield texts(
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


def _canonical_csv(kind: Kind, rows: Iterable[Row]) -> str:
    text = io.StringIO()
    columns = [column.name for column in kind.columns]
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(rows, key=lambda row: tuple(row.get(column, "") for column in kind.key)))
    return text.getvalue()
