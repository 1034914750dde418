"""The tickets of a demo story: a base by weekday and hour, a surge at go-live that fades, sometimes a lasting excess.

Everything is drawn from seeds of the story, so that the same day always gives the same tickets.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from math import exp
from random import Random
from typing import Any, Final
from zoneinfo import ZoneInfo

from changedesk.services.demo.story import Row, Story, in_days, texts

WEEKDAYS: Final = (1.3, 1.1, 1.0, 1.0, 0.85, 0.12, 0.08)
"""How much of a workday's load falls on each day of the week: Mondays are the busiest."""
HOURS: Final = (0.2, 0.1, 0.1, 0.1, 0.2, 0.4, 1.2, 3.5, 7, 9, 8, 6.5, 4, 5, 6, 5.5, 4.5, 3, 1.6, 1, 0.8, 0.6, 0.4, 0.3)
"""How much falls into each hour of a day."""
_PRIORITIES: Final = (("1", 0.02), ("2", 0.10), ("3", 0.58), ("4", 0.30))
_PLACES: Final = tuple(
    f"{place} {wing}"
    for place in (
        "reception",
        "ward",
        "hall",
        "office",
        "store",
        "dispatch",
        "workshop",
        "laboratory",
        "ramp",
        "front desk",
    )
    for wing in ("north", "south", "east", "west", "upstairs", "annex", "main")
)
"""Where it happens: what comes back to the same place was not mended."""
_HOURS_TO_MEND: Final = {"1": 3.0, "2": 8.0, "3": 26.0, "4": 60.0}


def tickets(story: Story, today: date, now: datetime, zone: ZoneInfo) -> Iterator[Row]:
    """The tickets of a story until ``now``, as rows of a canonical file; none where it has none.

    ``base`` is the load of a workday, ``since`` the first day, ``surge`` and ``fade`` the rise at go-live in bases and its
    days, ``later`` (day, factor, reason) a lasting excess, ``open_share`` the share of the last days' that is still open.
    Days and hours are those of the client's clock.
    """
    told = story.get("tickets")
    if told is None:
        return
    live, went_live = in_days(today, story.get("went_live")), story.get("went_live") is not None
    number = 0
    for offset in range(told["since"], 1):
        day = today + timedelta(days=offset)
        random = Random(f"{story['code']} tickets {offset}")
        mean = _mean(told, offset, story.get("went_live"), day.weekday())
        for moment in sorted(_moments(random, mean, day, zone)):
            number += 1
            if moment > now:
                continue
            yield _ticket(
                story, told, random, moment, number, offset, after=went_live and live is not None and day >= live
            )


def _mean(told: Mapping[str, Any], offset: int, live: int | None, weekday: int) -> float:
    mean = told["base"] * WEEKDAYS[weekday]
    if live is not None and offset >= live:
        mean *= 1 + told["surge"] * exp(-(offset - live) / told["fade"])
    if "later" in told and offset >= told["later"][0]:
        mean *= told["later"][1]
    return float(mean)


def _moments(random: Random, mean: float, day: date, zone: ZoneInfo) -> Iterator[datetime]:
    """So many moments as a slightly uneven day brings, most of them in office hours."""
    uneven = mean * random.gammavariate(25, 1 / 25)
    count = _poisson(random, uneven)
    for hour in random.choices(range(24), HOURS, k=count):
        yield datetime.combine(day, time(hour, random.randrange(60), random.randrange(60)), zone).astimezone(UTC)


def _poisson(random: Random, mean: float) -> int:
    limit, product, count = exp(-mean), random.random(), 0
    while product > limit:
        product *= random.random()
        count += 1
    return count


def _ticket(
    story: Story, told: Mapping[str, Any], random: Random, moment: datetime, number: int, offset: int, *, after: bool
) -> Row:
    priority = _drawn(random, _PRIORITIES)
    reason = _reason(random, told, offset)
    took = timedelta(hours=random.lognormvariate(0, 0.9) * _HOURS_TO_MEND[priority])
    still_open = offset >= -10 and random.random() < told["open_share"] * (2 if offset >= -2 else 1)
    resolved = None if still_open or offset + took / timedelta(days=1) >= -0.4 else moment + took
    audiences = [audience["name"] for audience in story["audiences"]]
    weights = [audience["headcount"] for audience in story["audiences"]]
    return texts(
        {
            "id": f"{told['desk']}-{story['code']}-{number:05}",
            "opened_at": moment.isoformat(),
            "resolved_at": None if resolved is None else resolved.isoformat(timespec="seconds"),
            "priority": priority,
            "category": reason,
            "service": told["service"],
            "client": story["client"],
            "initiative": story["code"] if after else None,
            "audience": random.choices(audiences, weights)[0] if after else None,
            "state": "closed" if resolved else ("waiting" if random.random() < 0.3 else "open"),
            "title": f"{reason}: {random.choice(_PLACES)}",
        }
    )


def _reason(random: Random, told: Mapping[str, Any], offset: int) -> str:
    later: Sequence[Any] | None = told.get("later")
    if later is not None and offset >= later[0] and random.random() < 1 - 1 / later[1]:
        return str(later[2])
    return _drawn(random, [(name, weight) for name, weight in told["reasons"]])


def _drawn(random: Random, weighted: Sequence[tuple[str, float]]) -> str:
    return random.choices([name for name, _ in weighted], [weight for _, weight in weighted])[0]
