"""What an initiative brings to the service desk: its tickets by the client's clock, beside what was to be expected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from changedesk.domain.counted import listed
from changedesk.domain.early_life.day_one import DayOne, asked_on_day_one, day_one_forecast, first_workday
from changedesk.domain.early_life.desk_load import Hourly, Ticket, Times, hourly, per_hundred_a_week, resolution_times
from changedesk.domain.early_life.load_forecast import (
    BASE_DAYS,
    LONGEST,
    DayPoint,
    Excess,
    HourPoint,
    Load,
    SoFar,
    hour_shares,
    hours_of_today,
    load,
    so_far,
)
from changedesk.domain.material import Material
from changedesk.domain.people.support import SupportReadiness
from changedesk.domain.records import Initiative
from changedesk.domain.service.names import each_once
from changedesk.services.session import Session
from changedesk.store.desk.database import Connection
from changedesk.store.service import tickets
from changedesk.store.service.past_go_lives import past_go_lives
from changedesk.values import dataclass

SHOWN_DAYS: Final = 42
"""So many days, the last ones, are shown beside their bands."""
RECENT_DAYS: Final = 28
"""The load of now is that of so many days, fewer soon after go-live."""


@dataclass(frozen=True, slots=True)
class LoadView:
    """Today beside what was expected: so far by the clock, hour by hour, and the last days; by the client's clock.

    ``unknown`` says why there is no band; the counts are there all the same. ``today`` is None when no ticket is known to
    belong here. ``named_by_changes`` are the services whose tickets these are, where only its changes name them.
    """

    today: int | None
    named_by_changes: tuple[str, ...]
    unknown: str | None
    so_far: SoFar | None
    day: DayPoint | None
    hours: tuple[HourPoint, ...]
    counted_hours: tuple[int, ...]
    days: tuple[DayPoint, ...]
    counted_days: tuple[tuple[date, int], ...]
    base: float | None
    excess: Excess | None
    per_hundred_now: float | None
    per_hundred_before: float | None
    times: Times | None


@dataclass(frozen=True, slots=True)
class DeskSide:
    """How many tickets an initiative brings from its base on, and how many were to be expected.

    ``asked`` are those tickets; ``since`` is the day from which on all of them are known, None when none is known to belong
    here.
    """

    now: datetime
    zone: ZoneInfo
    live: date | None
    went_live: bool
    people: int
    asked: tickets.Asked
    by_clock: Hourly
    since: date | None
    forecast: Load | None
    services: tuple[str, ...] = ()
    named_by_changes: bool = False

    @property
    def today(self) -> date:
        """The day by the client's clock."""
        return self.now.astimezone(self.zone).date()

    @property
    def first_day(self) -> int | None:
        """The tickets of the first workday; None until it is over."""
        day = first_workday(self.live) if self.live and self.went_live else None
        if day is None or day >= self.today or self.since is None:
            return None
        return self.by_clock.by_day.get(day, 0)


def desk_side(
    conn: Connection,
    initiative: Initiative,
    people: int,
    now: datetime,
    zone: ZoneInfo,
    known: tickets.Known | None = None,
) -> DeskSide:
    """What an initiative for so many people brings to the desk, as it stands now.

    ``known`` is what is known of the tickets of its client, where that was asked before.
    """
    known = known or tickets.known_of(conn, initiative.client)
    today = now.astimezone(zone).date()
    live, went_live = initiative.go_live, initiative.go_live_actual is not None
    first = _first(live, today)
    asked = tickets_asked(conn, initiative, now, zone, known)
    by_clock = hourly(tickets.opened(conn, asked), zone)
    # Without a service only tickets that name the initiative belong here, and none does before there is one to name:
    # days before the first of them are no load of nothing.
    if asked.services:
        traced = known.since.astimezone(zone).date() if known.since else None
    else:
        traced = min(by_clock.by_day, default=None)
    since = max(first, traced) if traced else None
    # A go-live that has not happened is still to come, whatever its plan says.
    day_zero = live if went_live and live else max(live or today, today + timedelta(days=1))
    return DeskSide(
        now,
        zone,
        live,
        went_live,
        people,
        asked,
        by_clock,
        since,
        None if since is None else load(by_clock.by_day, since, day_zero, today),
        each_once(asked.services),
        initiative.service is None,
    )


def tickets_asked(
    conn: Connection, initiative: Initiative, now: datetime, zone: ZoneInfo, known: tickets.Known | None = None
) -> tickets.Asked:
    """The tickets of an initiative that count: from its base on until now; ``known`` as with :func:`desk_side`."""
    known = known or tickets.known_of(conn, initiative.client)
    today, live = now.astimezone(zone).date(), initiative.go_live
    begin, soon = midnight(_first(live, today), zone), now + timedelta(seconds=1)
    spans: tuple[tuple[datetime, datetime], ...] = ((begin, soon),)
    if live is not None and (today - live).days > LONGEST:
        # Long after a go-live what counts are its base and the last half year.
        spans = ((begin, midnight(live, zone)), (midnight(today - timedelta(days=LONGEST - 1), zone), soon))
    return tickets.Asked(initiative.id, tickets.services_of(conn, initiative, known), spans)


def _first(live: date | None, today: date) -> date:
    return (min(live, today) if live else today) - timedelta(days=BASE_DAYS)


def load_view(desk: DeskSide, taken: Iterable[Ticket]) -> LoadView:
    """Today and the last days, each beside its band; ``taken`` are the tickets whose time until they were resolved counts."""
    forecast, today = desk.forecast, desk.today
    local = desk.now.astimezone(desk.zone)
    hours = desk.by_clock.by_hour.get(today, (0,) * 24)
    count = sum(hours)
    counts = desk.by_clock.by_day
    days = [today - timedelta(days=n) for n in reversed(range(SHOWN_DAYS))]
    current = None
    points: tuple[HourPoint, ...] = ()
    if forecast is not None:
        earlier = {day: counted for day, counted in desk.by_clock.by_hour.items() if day < today}
        shares = hour_shares(earlier, today.weekday())
        points = hours_of_today(forecast.today, forecast.dispersion, shares, hours, local.hour)
        current = so_far(forecast.today, forecast.dispersion, shares, count, local.hour, local.minute)
    return LoadView(
        today=None if desk.since is None else count,
        named_by_changes=desk.services if desk.named_by_changes else (),
        unknown=None if forecast else why_unknown(desk),
        so_far=current,
        day=forecast.today if forecast else None,
        hours=points,
        counted_hours=hours,
        days=forecast.days[-SHOWN_DAYS:] if forecast else (),
        counted_days=tuple((day, counts.get(day, 0)) for day in days if desk.since is not None and day >= desk.since),
        base=forecast.base if forecast else None,
        excess=forecast.excess if forecast and desk.went_live else None,
        per_hundred_now=rate_now(desk),
        per_hundred_before=rate_before(desk),
        times=resolution_times(taken),
    )


def rate_now(desk: DeskSide) -> float | None:
    """Tickets per 100 people and week since go-live, over its last four weeks at most; None before it."""
    if desk.live is None or not desk.went_live or desk.since is None:
        return None
    begin = max(desk.live, desk.today - timedelta(days=RECENT_DAYS - 1))
    recent = sum(count for day, count in desk.by_clock.by_day.items() if day >= begin)
    return per_hundred_a_week(recent, (desk.today - begin).days + 1, desk.people)


def rate_before(desk: DeskSide) -> float | None:
    """Tickets per 100 people and week before go-live; None when too few days of it are known."""
    base = desk.forecast.base if desk.forecast else None
    return None if base is None or not desk.people else 700 * base / desk.people


def why_unknown(desk: DeskSide) -> str:
    """Why nobody can say what is normal."""
    if desk.since is None:
        missing = (
            f"import tickets of {listed(desk.services)}" if desk.services else "import tickets, and name its service"
        )
        return f"no ticket is known that belongs to it: {missing}"
    if desk.live is not None and desk.live <= desk.today and desk.since >= desk.live:
        return "no tickets from before go-live: nobody can say what is normal"
    return "fewer than 14 days from before go-live are known: nobody can say what is normal"


def first_day(
    session: Session, conn: Connection, desk: DeskSide, m: Material, support: SupportReadiness
) -> DayOne | None:
    """The forecast of the first workday as it could be made before it; None when what is normal is unknown."""
    forecast, live, today = desk.forecast, desk.live, desk.today
    if forecast is None or live is None:
        return None
    before = min(live, today)
    weekday = first_workday(live).weekday()
    alike = [p.expected for p in forecast.days if p.day < before and p.day.weekday() == weekday]
    base = sum(alike) / len(alike) if alike else forecast.base
    past = past_go_lives(conn, session.scope, before)
    ready = m.standing.readiness.seen if m.standing.readiness else None
    asked = asked_on_day_one(support.expected, support.scripts.share)
    share = None if ready is None else ready / 100
    return day_one_forecast(base, forecast.dispersion, desk.people or None, share, past, asked=asked)


def last_days(desk: DeskSide, days: int) -> tuple[tuple[int, float], ...]:
    """The count of each of the last days since go-live that are over, beside the base; none when the base is unknown."""
    forecast = desk.forecast
    if forecast is None or not desk.went_live or desk.live is None:
        return ()
    since = [p for p in forecast.days if p.count is not None and p.day >= desk.live]
    return tuple((point.count or 0, forecast.base) for point in since[-days:])


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins by that clock."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
