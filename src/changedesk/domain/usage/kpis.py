"""What is asked of use beyond how much it is: how fast, does it last, are people able, do they go around it (R21, R97).

Every figure that cannot be known is None and never 0; a time that has not ended is said as longer than so far.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from changedesk.domain.adoption import PERIODS_HELD, enough_of
from changedesk.domain.saying import count
from changedesk.domain.usage.counts import Use, summed
from changedesk.domain.usage.survival import Duration
from changedesk.values import dataclass

PERIOD: Final = 30
"""Sustained use compares periods of so many days."""

SUSTAINED_FROM: Final = 60
"""Days after go-live from which on it can be said whether use lasts."""

LEVEL_WEEKS: Final = 8
"""Use has levelled off when it moved by less than ``LEVEL_SLOPE`` points a week over so many weeks."""

LEVEL_SLOPE: Final = 0.35


@dataclass(frozen=True, slots=True)
class Speed:
    """Days from a group's own go-live until use first was enough and stayed so for two counts (DOMAIN 1.1).

    Not ``reached``: so many days have passed and it was not; ``planned`` is how many days it was to take.
    """

    days: int
    reached: bool
    planned: int | None

    @property
    def said(self) -> str:
        """``34 d``, or ``> 60 d`` while it has not been reached: never a number for what has not happened."""
        return f"{count(self.days)} d" if self.reached else f"> {count(self.days)} d"

    @property
    def ratio(self) -> float | None:
        """Actual / planned days; None without a plan, and while it has not been reached."""
        return self.days / self.planned if self.reached and self.planned else None

    @property
    def duration(self) -> Duration:
        """The same for :mod:`survival`."""
        return Duration(float(self.days), self.reached)


def speed_of(series: Sequence[Use], go_live: date | None, target: float, by: date | None, today: date) -> Speed | None:
    """How fast a group got there; None before its own go-live, and until somebody has counted it after that day.

    While it has not got there, time is known to have passed up to the last count only: on the day itself none has.
    """
    if go_live is None or go_live > today or not series:
        return None
    planned = (by - go_live).days if by is not None and by > go_live else None
    enough = enough_of(target)
    for n, use in enumerate(series):
        held = series[n : n + PERIODS_HELD]
        if len(held) == PERIODS_HELD and all(one.percent >= enough for one in held):
            return Speed(max(0, (use.day - go_live).days), True, planned)
    passed = (series[-1].day - go_live).days
    return Speed(passed, False, planned) if passed > 0 else None


@dataclass(frozen=True, slots=True)
class Sustained:
    """Use in the last 30 days and at its best, both in percent; ``share`` is the one through the other."""

    now: float
    peak: float

    @property
    def share(self) -> float:
        """100 x now / peak: 100 is all of it."""
        return 100 * self.now / self.peak


def sustained_use(series: Sequence[Use], go_live: date | None, today: date) -> Sustained | None:
    """Use of the last 30 days against the best 30 days, from 60 days after go-live on (R97).

    None before that, while nothing was counted in the last 30 days, and where nobody ever used it.
    """
    if go_live is None or (today - go_live).days < SUSTAINED_FROM:
        return None
    lately = _share_of(use for use in series if 0 <= (today - use.day).days < PERIOD)
    if lately is None:
        return None
    windows = (_share_of(use for use in series if 0 <= (last.day - use.day).days < PERIOD) for last in series)
    peak = max(share for share in windows if share is not None)
    return Sustained(lately, max(peak, lately)) if peak else None


def levelled_at(series: Sequence[Use]) -> float | None:
    """Ultimate use: where it has levelled off, in percent; None while it still moves (then only a forecast says where).

    The slope of the last eight weeks by least squares is below 0.35 points a week; the level is their mean.
    """
    last = [use for use in series if series[-1].week - use.week < LEVEL_WEEKS]
    if len(last) < LEVEL_WEEKS // 2 or series[-1].week - last[0].week < LEVEL_WEEKS - 2:
        return None
    middle = sum(use.week for use in last) / len(last)
    level = sum(use.percent for use in last) / len(last)
    spread = sum((use.week - middle) ** 2 for use in last)
    slope = sum((use.week - middle) * use.percent for use in last) / spread
    return level if abs(slope) < LEVEL_SLOPE else None


def competency_times(series: Sequence[Use], training_began: date | None) -> tuple[Duration, ...]:
    """How long it took the people of a group from the start of training until they could do it (R97).

    From tests of samples: the share that passed is taken to hold for as many people as the last test looked at; whoever
    passes first at a test got there by then, whoever has not yet is censored at the last test. Empty without a start.
    """
    if training_began is None:
        return ()
    tests = [use for use in series if use.day >= training_began]
    if not tests:
        return ()
    people = round(tests[-1].of)
    able = 0
    found: list[Duration] = []
    for test in tests:
        passed = round(people * test.using / test.of)
        found += [Duration(float((test.day - training_began).days))] * max(0, passed - able)
        able = max(able, passed)
    waiting = Duration(float((tests[-1].day - training_began).days), ended=False)
    return (*found, *[waiting] * (people - able))


def _share_of(uses: Iterable[Use]) -> float | None:
    using, of = summed(uses)
    return 100 * using / of if of else None
