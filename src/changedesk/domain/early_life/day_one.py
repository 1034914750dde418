"""What will hit the service desk on day one: a forecast from the base, the people concerned, and earlier go-lives.

    tickets on day one = base + extra,    extra = people x contacts a person x 4^(1/2 - readiness)

Where nobody knows how many people are concerned, here or then, the extra is counted in bases instead. Both rates are
log-normal: around a wide guess of ours while no go-live of this desk is on record, then around the median of those that
are. Half ready is taken as the usual case; nobody ready doubles the extra and everybody ready halves it (our proposal:
to be checked against a desk's own go-lives). What people are expected to ask counts as one go-live more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import exp, log, sqrt
from typing import Final

from changedesk.domain.counted import counted
from changedesk.domain.early_life.load_bands import Band, mixed_band
from changedesk.values import dataclass

USUAL_CONTACTS: Final = 0.1
SPREAD_OF_CONTACTS: Final = 1.0
"""Contacts a person on day one while no go-live is on record: 4 of 5 times between 3 and 36 of 100 people call."""

USUAL_EXTRA: Final = 1.25
SPREAD_OF_EXTRA: Final = 0.8
"""The same in bases: 4 of 5 times between 0.45 and 3.5 times as many more."""

WEIGHT_OF_GUESS: Final = 1.0
"""The guess counts as one go-live."""

USUAL_READINESS: Final = 0.5
EFFECT_OF_READINESS: Final = log(4)
SPREAD_OF_UNKNOWN: Final = EFFECT_OF_READINESS / sqrt(12)
"""The logarithm of the extra falls by this from nobody to everybody ready; unknown readiness may be anything between."""

LEAST_EXTRA: Final = 0.05
"""An earlier go-live that brought no more tickets counts as so much of its base: nothing has no logarithm."""

FIRST_DAY_SHARE: Final = 0.3
"""The part of a first week's contacts that falls on its first day, by the usual surge of nine days."""

_FRIDAY: Final = 4

ALIKE_LIKELY: Final = (-1.593, -0.967, -0.589, -0.282, 0.0, 0.282, 0.589, 0.967, 1.593)
"""The middles of nine equal parts of the standard normal distribution."""


@dataclass(frozen=True, slots=True)
class EarlierGoLive:
    """Tickets on a working day before a go-live and on its first one, the people concerned, how ready they were (0 to 1)."""

    before: float
    after: float
    people: int | None = None
    readiness: float | None = None


@dataclass(frozen=True, slots=True)
class DayOne:
    """The forecast: the tickets that are normal on day one, how many there would be anyway, and what it rests on.

    ``asked`` are the contacts that its expected reasons bring on that day; None: nobody has said what will be asked.
    """

    band: Band
    base: float
    earlier: int
    counted_by_people: bool
    readiness_known: bool
    asked: float | None = None

    @property
    def grounds(self) -> str:
        """What the forecast rests on, in words."""
        by = "the people concerned" if self.counted_by_people else "the usual load"
        rests = f"{counted(self.earlier, 'earlier go-live')} and {by}" if self.earlier else f"a wide guess from {by}"
        unknown = "" if self.readiness_known else "; how ready people are is not known"
        return f"Rests on {rests}{'' if self.earlier else ', as no earlier go-live is on record'}{unknown}"

    @property
    def rests_on(self) -> tuple[str, ...]:
        """The same as sentences: the usual load, what is expected to be asked, and the grounds."""
        usual = f"{self.base:.0f} a day without it"
        asked = (
            () if self.asked is None else (f"{self.asked:.0f} contacts if all ask as expected, weighed as one go-live",)
        )
        return (usual, *asked, self.grounds[0].lower() + self.grounds[1:])


def day_one_forecast(
    base: float,
    dispersion: float,
    people: int | None = None,
    readiness: float | None = None,
    earlier: Sequence[EarlierGoLive] = (),
    asked: float | None = None,
) -> DayOne:
    """How many tickets day one will bring: the band that holds it with probability 0.8.

    ``base`` is what that weekday brings anyway, with its ``dispersion`` (``expected_tickets``); ``people`` the audience,
    ``readiness`` 0 to 1; None is unknown. Of ``earlier`` go-lives those count that tell a rate.
    ``asked`` are the contacts that people are expected to make on that day (:func:`asked_on_day_one`).
    """
    by_people = bool(people)
    rates = _rates(earlier, by_people)
    if by_people and not rates and (in_bases := _rates(earlier, by_people=False)):
        # Earlier go-lives that do not tell their people are still better than a guess.
        by_people, rates = False, in_bases
    told = len(rates)
    if asked is not None:
        rates += _rates([EarlierGoLive(base, base + asked, people, readiness)], by_people)
    usual, spread = (USUAL_CONTACTS, SPREAD_OF_CONTACTS) if by_people else (USUAL_EXTRA, SPREAD_OF_EXTRA)
    centre, variance = _learned(log(usual), spread * spread, rates)
    size = float(people or 0) if by_people else base
    effect = 0.0 if readiness is None else EFFECT_OF_READINESS * (USUAL_READINESS - readiness)
    sigma = sqrt(variance + (SPREAD_OF_UNKNOWN**2 if readiness is None else 0.0))
    loads = [base + size * exp(centre + effect + sigma * z) for z in ALIKE_LIKELY]
    return DayOne(mixed_band(loads, dispersion), base, told, by_people, readiness is not None, asked)


def asked_on_day_one(expected_first_week: int | None, with_script: float | None) -> float | None:
    """The contacts of the first day, of those expected in the first week; None when nobody has said how many.

    ``with_script`` is the share (0 to 1) of them that has a script: those without come twice, once more by somebody who
    was not helped.
    """
    if expected_first_week is None:
        return None
    return expected_first_week * FIRST_DAY_SHARE * (1.5 if with_script is None else 2 - with_script)


def first_workday(live: date) -> date:
    """The first day from a go-live on that is no Saturday or Sunday: what goes live at a weekend meets its people then."""
    return live + timedelta(days=7 - live.weekday() if live.weekday() > _FRIDAY else 0)


def _rates(earlier: Sequence[EarlierGoLive], by_people: bool) -> list[float]:
    return [rate for one in earlier if (rate := _rate(one, by_people)) is not None]


def _rate(one: EarlierGoLive, by_people: bool) -> float | None:
    """The logarithm of an earlier go-live's extra a person or a base, had people been half ready; None where unknown."""
    size = one.people if by_people else one.before
    if not size:
        return None
    extra = max(LEAST_EXTRA * max(1.0, one.before), one.after - one.before)
    effect = 0.0 if one.readiness is None else EFFECT_OF_READINESS * (USUAL_READINESS - one.readiness)
    return log(extra / size) - effect


def _learned(guess: float, variance: float, rates: Sequence[float]) -> tuple[float, float]:
    """Centre and variance of the next rate: the median of those seen, drawn to the guess, and how they scatter."""
    if not rates:
        return guess, variance
    ordered = sorted(rates)
    half = len(ordered) // 2
    middle = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    weight = len(rates) + WEIGHT_OF_GUESS
    centre = (WEIGHT_OF_GUESS * guess + len(rates) * middle) / weight
    scatter = WEIGHT_OF_GUESS * variance + sum((rate - middle) ** 2 for rate in rates)
    return centre, scatter / weight * (1 + 1 / weight)
