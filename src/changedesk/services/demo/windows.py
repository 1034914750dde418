"""The freezes, maintenance windows and holidays of the demo's clients, as change managers entered them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from changedesk.services.demo.acts import RecordAct
from changedesk.services.demo.story import Story, read_story, texts, workday

_COLUMNS: Final = ("client", "kind", "scope", "title", "rrule", "approved_by")
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def window_acts(today: date) -> Iterator[RecordAct]:
    """Every window of the demo, as it was entered with the form, by the clock of its client."""
    for window in read_story("windows")["windows"]:
        recorded = workday(today, window["day"])
        begin = datetime.combine(_first_day(window, recorded, today), time.fromisoformat(window["start"]))
        times = {"start": begin.isoformat(), "end": (begin + timedelta(hours=window["hours"])).isoformat()}
        values = texts({name: window.get(name) for name in _COLUMNS}) | times
        yield RecordAct(recorded, "windows", None, values, window["by"])


def _first_day(window: Story, recorded: date, today: date) -> date:
    if "weekday" in window:
        return recorded + timedelta(days=(_WEEKDAYS.index(window["weekday"]) - recorded.weekday()) % 7)
    if "in_days" in window:
        return today + timedelta(days=window["in_days"])
    if "of_month" in window:
        following = (recorded + timedelta(days=step) for step in range(31))
        return next(day for day in following if day.day == window["of_month"])
    # A freeze of every year began with nothing: what was done before it was entered stands as it was done.
    month, of_month = map(int, window["month_day"].split("-"))
    this_year = date(today.year, month, of_month)
    return this_year if this_year > today else date(today.year + 1, month, of_month)
