"""What hits the service desk around a go-live: how many tickets are to be expected, and whether there are lastingly more.

The alarm is a cumulative sum that tries every day as the start of an excess (a generalised likelihood ratio: G. Lorden,
Annals of Mathematical Statistics 42, 1971) and asks whether the load since then stands out from the load before, because
the forecast itself may be off by a tenth. The evidence is the score of the negative binomial. What was tried instead,
and how often it is wrong: docs/decisions/0021.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Final

from changedesk.domain.early_life.day_one import DayOne, EarlierGoLive, day_one_forecast
from changedesk.domain.early_life.load_bands import Band, day_band, hour_profile
from changedesk.domain.early_life.ticket_curve import FARTHEST, Day
from changedesk.domain.early_life.ticket_load import Outlook, TicketLoad, without_odd_weeks

__all__ = [
    "TICKET_THRESHOLD",
    "Band",
    "DayOne",
    "EarlierGoLive",
    "day_band",
    "day_one_forecast",
    "expected_tickets",
    "hour_profile",
    "ticket_statistic",
]

TICKET_THRESHOLD: Final = 2.9
"""The alarm level of the statistic: 2 to 3 of 100 go-lives without any excess ever pass it in eight weeks."""

LEARNING_DAYS: Final = 14
"""So many days after go-live nothing is told from the surge itself: the expected load is what was learned with the day."""

HINDSIGHT: Final = 14
"""After them a day is held against what was expected so many days before it, so that an excess cannot excuse itself."""

ENOUGH_DAYS: Final = 42
"""The base is learned until the learning days are over, and at least from so many days."""

FEWEST_DAYS: Final = 10
"""From fewer days nothing more uncertain is concluded."""

DAYS_OF_FORECAST: Final = 28
"""The forecast is as uncertain as a mean of so many days is by chance,"""

DRIFT_OF_FORECAST: Final = 0.05
"""and by so much more, as a share."""

MEMORY: Final = 7
"""Days in which what is known of the forecast's own error fades to half."""

MOST_EXCUSED: Final = 0.1
"""A forecast is not thought to be too high by a larger share: the days after a quiet week are no excess."""

PATIENCE: Final = 10.0
"""The evidence of m days is lowered by ``PATIENCE`` / m: what passes within a few days does not alarm."""


def expected_tickets(
    day: Sequence[int], count: Sequence[float | None], weekday: Sequence[int]
) -> tuple[list[float], float]:
    """How many tickets are to be expected on each day, and the dispersion: the variance is mean + dispersion x mean^2.

    ``day`` since go-live (rising, days may be missing, negative before it), ``count`` tickets opened (None: not known,
    or still to come), ``weekday`` 0 for Monday. No value depends on later days. Before go-live and in the first
    ``LEARNING_DAYS`` a day's own count is in its value; after them it is what was foretold ``HINDSIGHT`` days earlier.
    Weeks before go-live that stand out do not count. Where fewer than ``ENOUGH_DAYS`` had been learned from by then, the
    dispersion is larger for what is not known.
    """
    load, live, learned_days, last = TicketLoad(), False, 0, 0
    before: list[Day] = []
    kept: list[tuple[int, Outlook]] = []
    expected = []
    for today, tickets, of_week in zip(map(int, day), count, map(int, weekday), strict=True):
        if today >= 0 and not live:
            load, live = _learned(without_odd_weeks(before)), True
            load.go_live()
        known = load.outlook()
        if today >= LEARNING_DAYS:
            kept.append((last, known))
            while len(kept) > 1 and kept[1][0] < today - HINDSIGHT:
                del kept[0]
            known = kept[0][1]
        if tickets is not None:
            seen, last = Day(today, of_week, float(tickets)), today
            load.learn(seen, settled=today >= LEARNING_DAYS and load.seen_days >= ENOUGH_DAYS)
            if today < 0:
                before.append(seen)
            if today < LEARNING_DAYS:
                known, learned_days = load.outlook(), load.seen_days
        expected.append(known.expected(today, of_week))
    return expected, load.dispersion * max(1.0, ENOUGH_DAYS / max(FEWEST_DAYS, learned_days))


def ticket_statistic(count: Sequence[float | None], expected: Sequence[float], dispersion: float) -> list[float]:
    """How strongly each day says that there are lastingly more tickets than expected: from it and earlier days alone.

    Above ``TICKET_THRESHOLD`` is an alarm. With U the score of a day's excess, I its information (the NB score
    (y - mu) / (1 + dispersion mu) and mu / (1 + dispersion mu)), sums over the m days since a start, f the forecast's
    own error as far as the days before tell (at least -``MOST_EXCUSED``) and P how surely, the value is the greatest
    over all starts of

        (sum U - f sum I) / sqrt(sum I + (sum I)^2 / P) - PATIENCE / m.
    """
    statistic = []
    scores: list[tuple[float, float, float, float]] = []
    fade = 0.5 ** (1 / MEMORY)
    total = error = surety = 0.0
    for tickets, mean in zip(count, expected, strict=True):
        if tickets is not None:
            score, information = _score(float(tickets), max(0.1, float(mean)), dispersion)
            total += information
            scores.append((score, information, error, surety))
            error, surety = fade * error + score, fade * surety + information
        statistic.append(_strongest(scores, total))
    return statistic


def _learned(days: Sequence[Day]) -> TicketLoad:
    load = TicketLoad()
    for seen in days:
        load.learn(seen, settled=False)
    return load


def _score(tickets: float, mean: float, dispersion: float) -> tuple[float, float]:
    """Score and information of a day for the logarithm of an excess; cut at ``FARTHEST``."""
    inflated = 1 + dispersion * mean
    tickets = min(tickets, mean + FARTHEST * sqrt(mean * inflated))
    return (tickets - mean) / inflated, mean / inflated


def _strongest(scores: Sequence[tuple[float, float, float, float]], total: float) -> float:
    """The strongest evidence over all starts; each day brings score, information, and both of what was before it."""
    if not scores:
        return 0.0
    prior = 1 / (len(scores) / (DAYS_OF_FORECAST * total) + DRIFT_OF_FORECAST**2)
    strongest = excess = information = 0.0
    for days, (score, of_day, error, surety) in enumerate(reversed(scores), start=1):
        excess += score
        information += of_day
        sure = prior + surety
        standing_out = excess - max(error / sure, -MOST_EXCUSED) * information
        if standing_out > 0:
            evidence = standing_out / sqrt(information + information * information / sure) - PATIENCE / days
            strongest = max(strongest, evidence)
    return strongest
