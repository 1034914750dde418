"""A story of the demo portfolio: how it is read, and how its days, counted from today, become calendar days."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from changedesk.resources import data_folder, data_text

FOLDER: Final = "demo"

Story = Mapping[str, Any]
Row = dict[str, str]


def read_story(name: str, *place: str) -> Story:
    """One file of the demo as it is written; ``place`` is the folder below the demo's."""
    return tomllib.loads(data_text(FOLDER, *place, f"{name}.toml"))


def with_told(story: Story, place: str, name: str) -> Story:
    """A story with what is told of it in a file of its own, where there is one; lists that both have come together."""
    if not data_folder().joinpath(FOLDER, place, f"{name}.toml").is_file():
        return story
    told = read_story(name, place)
    both: dict[str, Any] = {**story, **told}
    for key in story.keys() & told.keys():
        both[key] = [*story[key], *told[key]]
    return both


def texts(values: Mapping[str, object]) -> Row:
    """Values as the cells of a file; what is unknown is empty."""
    return {column: "" if value is None else str(value) for column, value in values.items()}


def in_days(today: date, days: int | None) -> date | None:
    """The day so many days from today, workday or not."""
    return None if days is None else today + timedelta(days=days)


def planned_workday(day: date) -> date:
    """The workday nearest to a planned day: Saturday becomes Friday, Sunday becomes Monday."""
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


def past_workday(day: date, today: date) -> date:
    """The workday on which something happened: a weekend moves to Monday, or back to Friday where Monday is to come."""
    monday = day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
    return monday if monday <= today else day - timedelta(days=max(0, day.weekday() - 4))


def workday(today: date, days: int) -> date:
    """The workday so many days from today: one that has been, or one that is planned."""
    day = today + timedelta(days=days)
    return past_workday(day, today) if days <= 0 else planned_workday(day)
