"""When the demo's changes are done: in the maintenance windows of their clients, as people plan them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import time, timedelta
from typing import Final

from changedesk.domain.control.recurrence_rule import WEEKDAY_CODES
from changedesk.domain.service.names import same
from changedesk.services.demo.clocks import Clocks
from changedesk.services.demo.story import Story
from changedesk.values import dataclass

WEEK: Final = 7
QUARTER: Final = 15
DAY_MINUTES: Final = 24 * 60

Pick = Callable[[int], int]
"""Gives one of so many numbers from 0 on."""


@dataclass(frozen=True, slots=True)
class Home:
    """A window of every week: on which days (0 for Monday), from which minute of the day, for how many minutes."""

    client: str
    service: str | None
    days: frozenset[int]
    start: int
    minutes: int


class Homes:
    """The weekly maintenance windows of the demo's clients, by the clock of each."""

    def __init__(self, windows: Iterable[Story], when: Clocks) -> None:
        self._homes = tuple(_homes(windows))
        self._when = when

    def near(
        self, client: str, services: Iterable[str], days: int, minutes: int, pick: Pick, step: int = 1
    ) -> tuple[int, str] | None:
        """The first day from ``days`` on, counted from today, that has a window for so many minutes, and an hour in it.

        With a ``step`` of -1 it is looked back. None where no window is long enough.
        """
        wanted = tuple(services)
        today = self._when.now.astimezone(self._when.zones[client]).date()
        for ahead in range(WEEK):
            day = days + step * ahead
            weekday = (today + timedelta(days=day)).weekday()
            fitting = [
                home
                for home in self._homes
                if home.client == client
                and weekday in home.days
                and minutes <= home.minutes
                and (home.service is None or same(wanted, (home.service,)))
            ]
            if fitting:
                return day, _hour(fitting[pick(len(fitting))], minutes, pick)
        return None


def _hour(home: Home, minutes: int, pick: Pick) -> str:
    """Every quarter from which it ends within the window; it begins on the day on which the window does."""
    room = min(home.minutes - minutes, DAY_MINUTES - QUARTER - home.start)
    begin = home.start + QUARTER * pick(room // QUARTER + 1)
    return f"{begin // 60:02}:{begin % 60:02}"


def _homes(windows: Iterable[Story]) -> Iterator[Home]:
    for window in windows:
        rule = dict(part.split("=") for part in window.get("rrule", "").split(";") if part)
        if window["kind"] == "maintenance" and rule.get("FREQ") == "WEEKLY":
            begin = time.fromisoformat(window["start"])
            yield Home(
                window["client"],
                window["scope"].partition(":")[2] if "scope" in window else None,
                frozenset(WEEKDAY_CODES.index(name) for name in rule["BYDAY"].split(",")),
                begin.hour * 60 + begin.minute,
                window["hours"] * 60,
            )
