"""The figures of a service over a rolling window: it is judged by what it does all along, never by one point (R123)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Final, TypeVar

from changedesk.domain.saying import UNKNOWN, percent
from changedesk.domain.service.kpis import (
    BetweenFailures,
    Csat,
    ForecastError,
    TotalCost,
    availability,
    csat,
    forecast_error,
    mtbf,
    mtrs,
    mttr,
    sla_attainment,
    total_cost,
)
from changedesk.domain.service.running import Agreement, Service, ServicePeriod
from changedesk.domain.words import AGREEMENT_KINDS
from changedesk.values import dataclass

WINDOW: Final = 3
"""So many periods a window has."""


@dataclass(frozen=True, slots=True)
class WindowFigures:
    """The figures of the periods from ``start`` to ``end``; ``periods`` says how many that are.

    Each figure is made of the periods that have all its parts. Times are hours, costs as they come. ``incidents`` and
    ``cost`` are sums, ``incidents_each`` and ``cost_each`` those of a period among the periods of which they are known.
    """

    start: date
    end: date
    periods: int
    availability: float | None
    mtbf: BetweenFailures | None
    mtrs: float | None
    mttr: float | None
    csat: Csat | None
    sla: float | None
    incidents: int | None
    incidents_each: float | None
    change_incidents: int | None
    change_down_min: float | None
    down_min: float | None
    failures: int | None
    cost: float | None
    cost_each: float | None
    cost_error: ForecastError | None
    releases: int | None

    def value(self, metric: str) -> float | None:
        """The figure that an agreement of that metric speaks of; incidents are a period's."""
        found: dict[str, float | None] = {
            "availability": self.availability,
            "mtrs": self.mtrs,
            "mtbf": None if self.mtbf is None else self.mtbf.hours,
            "csat": None if self.csat is None else self.csat.percent,
            "sla_attainment": self.sla,
            "incidents": self.incidents_each,
        }
        return found[metric]


def window(periods: Sequence[ServicePeriod]) -> WindowFigures | None:
    """The figures over these periods; None when there are none."""
    if not periods:
        return None
    served = _sums(periods, lambda p: (p.agreed_min, p.down_min))
    worked = _sums(periods, lambda p: (p.agreed_min, p.down_min, _float(p.failures)))
    restored = _sums(periods, lambda p: (p.restored_min, _float(p.failures)))
    repaired = _sums(periods, lambda p: (p.repaired_min, _float(p.failures)))
    answered = _sums(periods, lambda p: (_float(p.csat_sat), _float(p.csat_n)))
    asked = _sums(periods, lambda p: (_float(p.csat_sat), _float(p.csat_n), _float(p.asked)))
    kept = _sums(periods, lambda p: (_float(p.met), _float(p.due)))
    satisfaction = csat(int(answered[0]), int(answered[1])) if answered else None
    if satisfaction and asked and asked[1] == satisfaction.n:
        # Only where it is known of every answer how many were asked for it, there is a rate of response.
        satisfaction = csat(int(asked[0]), int(asked[1]), int(asked[2]))
    return WindowFigures(
        start=min(period.start for period in periods),
        end=max(period.end for period in periods),
        periods=len(periods),
        availability=availability(served[0], served[1]) if served else None,
        mtbf=mtbf(worked[0], worked[1], int(worked[2])) if worked else None,
        mtrs=mtrs(restored[0], int(restored[1])) if restored else None,
        mttr=mttr(repaired[0], int(repaired[1])) if repaired else None,
        csat=satisfaction,
        sla=sla_attainment(int(kept[0]), int(kept[1])) if kept else None,
        incidents=_total(periods, lambda p: p.incidents),
        incidents_each=_mean(periods, lambda p: p.incidents),
        change_incidents=_total(periods, lambda p: p.change_incidents),
        change_down_min=_total(periods, lambda p: p.change_down_min),
        down_min=_total(periods, lambda p: p.down_min),
        failures=_total(periods, lambda p: p.failures),
        cost=_total(periods, lambda p: p.cost),
        cost_each=_mean(periods, lambda p: p.cost),
        cost_error=forecast_error((p.planned_cost, p.cost) for p in periods),
        releases=_total(periods, lambda p: p.releases),
    )


def rolling(periods: Sequence[ServicePeriod], size: int = WINDOW) -> tuple[WindowFigures, ...]:
    """A window for each period, of it and up to ``size`` - 1 periods before it; oldest first."""
    ordered = sorted(periods, key=lambda period: period.start)
    found = (window(ordered[max(0, n + 1 - size) : n + 1]) for n in range(len(ordered)))
    return tuple(figures for figures in found if figures is not None)


def said_metric(metric: str, value: float | None) -> str:
    """A figure of a metric in its unit: ``99.92 %``, ``3.4 h``, ``1,080 h``, ``91 %``, ``14 a period``."""
    if value is None:
        return UNKNOWN
    if metric == "availability":
        return f"{value:.2f} %"
    if metric in ("mtrs", "mtbf"):
        return f"{value:,.1f} h".replace(".0 h", " h")
    return f"{value:,.0f} a period" if metric == "incidents" else percent(value)


LESS_IS_BETTER: Final = frozenset({"mtrs", "incidents"})


@dataclass(frozen=True, slots=True)
class Kept:
    """How an agreement stands: ``kept``, ``tolerated`` (beside the target, within its tolerance), ``missed`` or ``unknown``."""

    agreement: Agreement
    value: float | None
    state: str


def judged(agreement: Agreement, figures: WindowFigures | None) -> Kept:
    """An agreement beside what the service did; a lower bound that is high enough keeps it, one that is not says nothing."""
    value = None if figures is None else figures.value(agreement.metric)
    if value is None or figures is None:
        return Kept(agreement, None, "unknown")
    sign = -1 if agreement.metric in LESS_IS_BETTER else 1
    # Rounded: 99.8 lies 0.1 beside 99.9, and as binary fractions a hair more.
    short = round(sign * (agreement.target - value), 9)
    if short <= 0:
        return Kept(agreement, value, "kept")
    if agreement.metric == "mtbf" and figures.mtbf is not None and figures.mtbf.at_least:
        return Kept(agreement, value, "unknown")
    return Kept(agreement, value, "tolerated" if short <= (agreement.tolerance or 0) else "missed")


def level_agreed(kept: Iterable[Kept], metric: str) -> float | None:
    """The level that a figure is drawn against: what was agreed with the customer, else what stands behind that."""
    found = [one.agreement for one in kept if one.agreement.metric == metric]
    return min(found, key=lambda agreement: AGREEMENT_KINDS.index(agreement.kind)).target if found else None


def total_cost_of(
    service: Service, year: WindowFigures | None, spent: float | None, behavioural_a_month: float | None
) -> TotalCost | None:
    """What a service costs over its horizon: acquisition as it says, running it as its last year did, changing it as spent.

    ``behavioural_a_month`` are hours of support for those who do not use it as meant, at what an hour costs.
    """
    run = None if year is None else year.cost_each
    support = None
    if behavioural_a_month is not None and service.hour_rate is not None:
        support = behavioural_a_month * service.hour_rate
    return total_cost(service.acquisition_cost, run, spent, support, service.horizon_months, service.currency)


_Number = TypeVar("_Number", int, float)
_Parts = Callable[[ServicePeriod], tuple[float | None, ...]]


def _sums(periods: Sequence[ServicePeriod], parts: _Parts) -> tuple[float, ...] | None:
    """The sums of some parts over the periods that have all of them; None when none has."""
    whole = [found for period in periods if None not in (found := parts(period))]
    return tuple(sum(column) for column in zip(*whole, strict=True)) if whole else None


def _known(periods: Sequence[ServicePeriod], part: Callable[[ServicePeriod], _Number | None]) -> list[_Number]:
    return [value for period in periods if (value := part(period)) is not None]


def _total(periods: Sequence[ServicePeriod], part: Callable[[ServicePeriod], _Number | None]) -> _Number | None:
    known = _known(periods, part)
    return sum(known) if known else None


def _mean(periods: Sequence[ServicePeriod], part: Callable[[ServicePeriod], float | None]) -> float | None:
    known = _known(periods, part)
    return sum(known) / len(known) if known else None


def _float(number: int | None) -> float | None:
    return None if number is None else float(number)
