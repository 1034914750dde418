"""How the use of something new is told in the demo portfolio: rising, levelling off, slipping back, week by week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from math import exp
from random import Random
from typing import Any, Final

from changedesk.values import dataclass

FRIDAY: Final = 4

FEWEST: Final = 0.94
"""Of the headcount, the share that is eligible when most leavers have not been replaced yet."""


@dataclass(frozen=True, slots=True)
class Count:
    """So many out of so many, on a day."""

    day: date
    numerator: int
    denominator: int


def counts(series: Mapping[str, Any], live: date, headcount: int, seed: str, today: date) -> Iterator[Count]:
    """A count every Friday after a group's own go-live until today, from the parameters of its story.

    The percentage follows a logistic curve: ``ceiling`` (percent), ``midpoint`` (weeks) and ``speed`` (a week).
    ``relapse`` lets it fall from ``week`` on to ``to`` percent ``over`` so many weeks. ``dips`` (week, points) are
    weeks off, ``gaps`` are weeks that nobody counted, ``noise`` is a standard deviation in points, drawn from ``seed``.
    """
    random = Random(seed)
    gaps, dips = set(series.get("gaps", [])), dict(series.get("dips", []))
    first = live + timedelta(days=1 + (FRIDAY - live.weekday() - 1) % 7)
    fewest = min(headcount - 1, round(FEWEST * headcount))
    eligible = random.randint(fewest, headcount)
    for number in range(1, (today - first).days // 7 + 2):
        day = first + timedelta(weeks=number - 1)
        percent = _level(series, (day - live).days / 7) - dips.get(number, 0) + random.gauss(0, series["noise"])
        eligible = min(headcount, max(fewest, eligible + random.choice((-1, 0, 0, 0, 1))))
        if number not in gaps:
            yield Count(day, min(eligible, max(0, round(eligible * percent / 100))), eligible)


def _level(series: Mapping[str, Any], weeks: float) -> float:
    reached = float(series["ceiling"]) / (1 + exp(-float(series["speed"]) * (weeks - float(series["midpoint"]))))
    relapse = series.get("relapse")
    if relapse is None or weeks <= relapse["week"]:
        return reached
    fallen = min(1.0, (weeks - float(relapse["week"])) / float(relapse["over"]))
    return reached - (reached - float(relapse["to"])) * fallen
