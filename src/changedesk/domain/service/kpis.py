"""The figures of a running service, with their edge cases (DOMAIN 1.4): None where a figure is not defined or not known.

Over several periods sums are divided by sums, never percentages averaged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

from changedesk.domain.service.names import folded
from changedesk.values import dataclass

REPEATED_WITHIN: Final = timedelta(days=30)
"""An incident that comes back within so long after it was resolved was patched, not mended."""

_NUMBERS: Final = re.compile(r"[\W\d_]+")


def availability(agreed_min: float | None, down_min: float | None) -> float | None:
    """Percent of the agreed service time in which the service was there: (agreed - down) / agreed.

    Agreed maintenance is no part of the agreed time, so it is no downtime.
    """
    if not agreed_min or down_min is None:
        return None
    return 100 * (max(0.0, agreed_min - down_min) / agreed_min)


@dataclass(frozen=True, slots=True)
class BetweenFailures:
    """Hours that a service works between two failures; ``at_least`` when fewer than two failures were seen."""

    hours: float
    at_least: bool


def mtbf(agreed_min: float | None, down_min: float | None, failures: int | None) -> BetweenFailures | None:
    """Mean time between failures: the time that it worked over its failures.

    It takes two failures to see a whole time between them. With fewer the time that it worked, cut by its one failure
    into two parts at most, is a lower bound.
    """
    if agreed_min is None or down_min is None or failures is None:
        return None
    worked = max(0.0, agreed_min - down_min) / 60
    if failures >= 2:
        return BetweenFailures(worked / failures, at_least=False)
    return BetweenFailures(worked / (failures + 1), at_least=True)


def mtrs(restored_min: float | None, failures: int | None) -> float | None:
    """Mean time to restore service in hours: from failure to full normal service. Not defined without a failure."""
    return None if restored_min is None or not failures else restored_min / failures / 60


def mttr(repaired_min: float | None, failures: int | None) -> float | None:
    """Mean time to repair in hours: from failure to the end of the repair; restoring the service comes on top of it."""
    return None if repaired_min is None or not failures else repaired_min / failures / 60


def mtbsi(between: BetweenFailures | None, restore: float | None) -> BetweenFailures | None:
    """Mean time between service incidents in hours: MTBF + MTRS."""
    if between is None or restore is None:
        return None
    return BetweenFailures(between.hours + restore, between.at_least)


@dataclass(frozen=True, slots=True)
class Csat:
    """Percent of answers that were 4 or 5 of 5, among how many, and how many percent of those asked answered."""

    percent: float
    n: int
    response: float | None


def csat(satisfied: int | None, answers: int | None, asked: int | None = None) -> Csat | None:
    """Customer satisfaction; nothing without answers, and without those asked no response rate."""
    if satisfied is None or not answers:
        return None
    response = 100 * min(answers, asked) / asked if asked else None
    return Csat(100 * min(satisfied, answers) / answers, answers, response)


def sla_attainment(met: int | None, due: int | None) -> float | None:
    """Percent of what was due that was done in time; what is open and past its time is due and not met."""
    return None if met is None or not due else 100 * min(met, due) / due


def reduction(before: float | None, now: float | None) -> float | None:
    """By how many percent something has become less; negative when it has become more. None where there was nothing."""
    return None if not before or now is None else 100 * (before - now) / before


@dataclass(frozen=True, slots=True)
class TotalCost:
    """What a service costs over a horizon; ``unknown`` are the parts that nobody has said, so it is at least so much."""

    amount: float
    currency: str
    months: int
    parts: tuple[tuple[str, float], ...]
    unknown: tuple[str, ...]

    @property
    def at_least(self) -> bool:
        """Whether a part of it is unknown."""
        return bool(self.unknown)


def total_cost(
    acquisition: float | None,
    run_a_month: float | None,
    change: float | None,
    non_adoption_a_month: float | None,
    months: int | None,
    currency: str | None,
) -> TotalCost | None:
    """Total cost of ownership: acquisition, running it, changing it, and supporting those who do not use it as meant.

    Without a horizon or a currency it is no figure. Monthly parts are taken times ``months``.
    """
    if not months or not currency:
        return None
    parts = {
        "acquisition": acquisition,
        "run": None if run_a_month is None else run_a_month * months,
        "change": change,
        "non-adoption support": None if non_adoption_a_month is None else non_adoption_a_month * months,
    }
    known = tuple((name, amount) for name, amount in parts.items() if amount is not None)
    if not known:
        return None
    unknown = tuple(name for name, amount in parts.items() if amount is None)
    return TotalCost(sum(amount for _, amount in known), currency, months, known, unknown)


@dataclass(frozen=True, slots=True)
class Incident:
    """What is asked of an incident here: what it was about, when it came and when it was over."""

    service: str | None
    category: str | None
    title: str | None
    opened_at: datetime
    resolved_at: datetime | None


def repeat_ratio(incidents: Iterable[Incident]) -> float | None:
    """The share (0 to 1) of incidents that came back: the same service, category and title, numbers aside, within 30 days
    after the one before was resolved, or while it was open. Incidents without a title cannot be told apart and do not count.
    """
    last: dict[tuple[str | None, str | None, str], datetime | None] = {}
    counted = repeated = 0
    for incident in sorted(incidents, key=lambda one: one.opened_at):
        words = _NUMBERS.sub(" ", incident.title or "").strip().casefold()
        if not words:
            continue
        key = (folded(incident.service or ""), incident.category, words)
        counted += 1
        if key in last:
            over = last[key]
            repeated += over is None or incident.opened_at - over <= REPEATED_WITHIN
        last[key] = incident.resolved_at
    return repeated / counted if counted else None


@dataclass(frozen=True, slots=True)
class Spread:
    """How evenly something goes: the middle, the slow tenth, and the variance (R124); one value has no variance."""

    n: int
    median: float
    p90: float
    variance: float | None


def spread(values: Iterable[float]) -> Spread | None:
    """Median, 90th percentile and sample variance of some durations."""
    ordered = sorted(values)
    if not ordered:
        return None
    n = len(ordered)
    mean = sum(ordered) / n
    variance = sum((value - mean) ** 2 for value in ordered) / (n - 1) if n > 1 else None
    return Spread(n, percentile(ordered, 0.5), percentile(ordered, 0.9), variance)


def percentile(ordered: Sequence[float], share: float) -> float:
    """The value below which that share of sorted values lies, between two of them in proportion (type 7)."""
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


@dataclass(frozen=True, slots=True)
class ForecastError:
    """How far planned costs were off: in percent of what was planned, either way (``error``) and on the whole (``bias``)."""

    error: float
    bias: float


def forecast_error(pairs: Iterable[tuple[float | None, float | None]]) -> ForecastError | None:
    """The error of run-cost forecasts (R126) from (planned, actual) by period; pairs that lack either do not count."""
    known = [(planned, actual) for planned, actual in pairs if planned is not None and actual is not None]
    planned = sum(pair[0] for pair in known)
    if planned <= 0:
        return None
    off = sum(abs(actual - expected) for expected, actual in known)
    actual = sum(pair[1] for pair in known)
    return ForecastError(100 * off / planned, 100 * (actual - planned) / planned)
