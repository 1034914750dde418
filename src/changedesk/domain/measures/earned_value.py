"""Scope, schedule and money of the project by earned value (R19, R129-R131, DOMAIN 1.3).

Planned value PV, earned value EV, actual cost AC, budget at completion BAC; what cannot be computed is None and never
1.0. The value-based SPI returns to 1 as work ends however late it was, so the time-based one stands beside it
(:mod:`changedesk.domain.measures.earned_schedule`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from changedesk.domain.counted import money
from changedesk.domain.material import Material
from changedesk.domain.measures.earned_schedule import earned_days
from changedesk.domain.measures.milestones import agreed_end
from changedesk.domain.saying import percent
from changedesk.domain.working import Snapshot
from changedesk.values import dataclass

LOW_CHANGE_BUDGET: Final = 10.0
"""A change budget below so many percent of the whole budget is a warning (R5)."""


@dataclass(frozen=True, slots=True)
class EarnedValue:
    """The project's figures as of the day of its newest snapshot with money in it.

    Amounts are in the initiative's currency; ``budget`` is the BAC; ``age`` is the days since ``as_of``. ``sv_t`` is in
    days, ``sv_t`` and ``spi_t`` are by earned schedule. ``budget_deviation`` and ``scope`` are percentages (100 is
    all); scope has a day of its own.
    """

    as_of: date | None
    age: int | None
    planned: float | None
    earned: float | None
    actual: float | None
    budget: float | None
    sv: float | None
    spi: float | None
    cv: float | None
    cpi: float | None
    eac: float | None
    tcpi: float | None
    sv_t: float | None
    spi_t: float | None
    budget_deviation: float | None
    money_left: float | None
    scope: float | None
    scope_as_of: date | None


def earned_value(
    snapshots: Sequence[Snapshot],
    budget: float | None,
    today: date,
    charter_on: date | None = None,
    planned_finish: date | None = None,
) -> EarnedValue:
    """The figures of the newest snapshot that is not after ``today``.

    SV = EV - PV, SPI = EV / PV, CV = EV - AC, CPI = EV / AC, EAC = BAC / CPI, TCPI = (BAC - EV) / (BAC - AC); with
    nothing left of the budget there is no TCPI, because no efficiency reaches it. Budget deviation = (AC - PV) / PV.
    ``charter_on`` is the day on which time began to count, ``planned_finish`` the last day of the baseline.
    """
    known = sorted((s for s in snapshots if s.day <= today), key=lambda s: s.day)
    priced = [s for s in known if (s.planned_value, s.earned_value, s.actual_cost) != (None, None, None)]
    scoped = [s for s in known if s.scope_done is not None and s.scope_total]
    last = priced[-1] if priced else None
    pv, ev, ac = (last.planned_value, last.earned_value, last.actual_cost) if last else (None, None, None)
    cpi = _ratio(ev, ac)
    at = es = None
    # Where nothing was planned yet, nothing is on time either.
    if ev is not None and pv != 0:
        at, es = earned_days(priced, ev, budget, charter_on, planned_finish)
    return EarnedValue(
        as_of=last.day if last else None,
        age=(today - last.day).days if last else None,
        planned=pv,
        earned=ev,
        actual=ac,
        budget=budget,
        sv=_minus(ev, pv),
        spi=_ratio(ev, pv),
        cv=_minus(ev, ac),
        cpi=cpi,
        eac=_ratio(budget, cpi),
        tcpi=_to_complete(budget, ev, ac),
        sv_t=_minus(es, at),
        spi_t=_ratio(es, at),
        budget_deviation=_hundred(_ratio(_minus(ac, pv), pv)),
        money_left=_minus(budget, ac),
        scope=_hundred(_ratio(scoped[-1].scope_done, scoped[-1].scope_total)) if scoped else None,
        scope_as_of=scoped[-1].day if scoped else None,
    )


def figures_of(m: Material) -> EarnedValue:
    """The figures of an initiative, its time counted from the charter to the end of the delivery baseline."""
    finish = max((agreed_end(activity) for activity in m.lane("delivery")), default=None)
    return earned_value(m.snapshots, m.initiative.budget, m.today, m.standing.charter_on, finish)


def change_budget_share(change_budget: float | None, budget: float | None) -> float | None:
    """How much of the budget is for the people side, in percent (R5); None while either is unknown or there is no budget."""
    return _hundred(_ratio(change_budget, budget))


def low_change_budget(change_budget: float | None, budget: float | None, currency: str | None = None) -> str | None:
    """A warning when the people side gets less than ``LOW_CHANGE_BUDGET`` percent of the budget (R5); None: enough, or unknown."""
    share = change_budget_share(change_budget, budget)
    if share is None or share >= LOW_CHANGE_BUDGET:
        return None
    said = "under 1 %" if 0 < share < 1 else percent(share)
    return f"{said} of the budget is for the people side ({money(change_budget, currency)}), less than {percent(LOW_CHANGE_BUDGET)}"


def _minus(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None else a - b


def _ratio(a: float | None, b: float | None) -> float | None:
    """``a / b``; None when either is unknown, or ``b`` is 0."""
    return None if a is None or b is None or b == 0 else a / b


def _hundred(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _to_complete(budget: float | None, earned: float | None, actual: float | None) -> float | None:
    left = _minus(budget, actual)
    return None if left is None or left <= 0 else _ratio(_minus(budget, earned), left)
