"""The clocks of the demo's clients: days counted from today, and hours on a wall, as moments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from changedesk.services.demo.story import Story
from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Clocks:
    """Turns days counted from today, and hours on a client's wall, into moments."""

    now: datetime
    zones: Mapping[str, ZoneInfo]

    def at(self, client: str, days: float, hour: str) -> datetime:
        """That hour on that day; without an hour so many days, and parts of days, from now."""
        if not hour:
            return self.now + timedelta(days=days)
        zone = self.zones[client]
        day: date = self.now.astimezone(zone).date() + timedelta(days=int(days))
        return datetime.combine(day, time.fromisoformat(hour), zone).astimezone(UTC)


def clocks(portfolio: Story, now: datetime) -> Clocks:
    """The clocks of the demo's clients."""
    return Clocks(now, {one["client"]: ZoneInfo(one["timezone"]) for one in portfolio["clients"]})
