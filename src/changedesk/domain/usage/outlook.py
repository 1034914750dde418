"""What is to be expected of counts over time, in days: the forecast of ``domain.forecast`` asked and answered in dates.

Everything that a forecast is made of stands in one value, :class:`Asked`; the same question always has the same answer,
so an answer can be kept under its question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from math import isinf
from typing import Final, Literal

from changedesk.domain.adoption import forecast
from changedesk.domain.usage.counts import Use
from changedesk.values import dataclass

WEEK: Final = 7.0

ENOUGH_COUNTS: Final = 4
"""With fewer counts a forecast says what roll-outs usually do, and is labelled so."""

LEADS: Final = (1, 2, 3, 4, 6, 8, 10, 13, 17, 21, 26)
"""So many weeks ahead the fan is drawn."""

FARTHEST_DAY: Final = date.max.toordinal() - 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about the future of one series of counts; it can be compared and kept.

    ``since`` is the day of go-live, ``counts`` are (days since then, using, of); ``target`` in percent ``by`` a day;
    ``waves`` are (days since then, people) while some are still to come; ``history`` are finished roll-outs as (days since
    their go-live, percent).
    """

    since: date
    counts: tuple[tuple[int, float, float], ...]
    target: float | None = None
    by: date | None = None
    waves: tuple[tuple[int, float], ...] = ()
    history: tuple[tuple[tuple[int, float], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class FanDay:
    """What is to be expected on a day, in percent: the middle, and between what one half and 80 % of the futures lie."""

    day: date
    low: float
    lower: float
    middle: float
    upper: float
    high: float


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure with its 80 % interval, in percent."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Expected:
    """When something is reached, and between which days with 80 %; None is never."""

    early: date | None
    middle: date | None
    late: date | None

    @property
    def reached(self) -> bool:
        """Whether it is no matter of chance: it has been reached."""
        return self.middle is not None and self.early == self.middle == self.late


@dataclass(frozen=True, slots=True)
class Outlook:
    """The answer. ``chance`` (0 to 1) is of the target by its day, ``expected`` when it is reached; None without a target.

    ``halfway`` is when half of those have come who ever will. ``basis`` is data, or prior when there are fewer than
    ``ENOUGH_COUNTS`` counts; ``siblings`` is the number of finished roll-outs that were known.
    """

    basis: Literal["data", "prior"]
    fan: tuple[FanDay, ...]
    ceiling: Spread
    target: float | None
    by: date | None
    chance: float | None
    expected: Expected | None
    counts: int
    siblings: int
    halfway: Expected


def asked(
    series: Sequence[Use],
    since: date,
    *,
    target: float | None = None,
    by: date | None = None,
    waves: Sequence[tuple[date, float]] = (),
    history: Sequence[tuple[tuple[int, float], ...]] = (),
) -> Asked:
    """The question about a series of counts; ``waves`` are (day, people)."""
    return Asked(
        since,
        tuple(((use.day - since).days, use.using, use.of) for use in series),
        target,
        by,
        tuple(((day - since).days, people) for day, people in waves),
        tuple(history),
    )


def outlook(question: Asked) -> Outlook:
    """The forecast of a question; 50 to 100 ms."""
    counts = question.counts
    last = counts[-1][0] if counts else 0
    ahead = [last + 7 * weeks for weeks in LEADS]
    by = None if question.by is None else (question.by - question.since).days
    horizon = sorted({*ahead, *([by] if by is not None and by > last else [])})
    found = forecast(
        [days / WEEK for days, _, _ in counts],
        [100 * using / of for _, using, of in counts],
        [*(days / WEEK for days in horizon), *([] if by is None else [by / WEEK])],
        target=question.target,
        history=[([d / WEEK for d, _ in one], [y for _, y in one]) for one in question.history],
        waves=[(days / WEEK, people) for days, people in question.waves] or None,
        counts=[(using, of) for _, using, of in counts],
    )
    quantiles, chances, crossing = found["quantiles"], found["chance"], found["crossing"]
    fan = tuple(
        FanDay(_day(question.since, days / WEEK) or question.since, *(quantiles[p][n] for p in sorted(quantiles)))
        for n, days in enumerate(horizon)
    )
    return Outlook(
        found["basis"],
        fan,
        Spread(*(found["ceiling"][p] for p in sorted(found["ceiling"]))),
        question.target,
        question.by,
        None if chances is None or by is None else chances[-1],
        None if crossing is None else _expected(question.since, crossing),
        len(counts),
        len(question.history),
        _expected(question.since, found["halfway"]),
    )


def _expected(since: date, weeks: Mapping[float, float]) -> Expected:
    """The days of a time that is given by its probabilities."""
    return Expected(*(_day(since, weeks[p]) for p in sorted(weeks)))


def _day(since: date, weeks: float) -> date | None:
    """The day so many weeks after another; None for never, and for what lies beyond the calendar."""
    if isinf(weeks):
        return None
    day = since.toordinal() + round(weeks * WEEK)
    return date.fromordinal(day) if 0 < day <= FARTHEST_DAY else None
