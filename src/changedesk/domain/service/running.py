"""A running service and what is known of it: agreements, periods, improvements with their signals (DOMAIN 2.1).

Dates are calendar days, instants are aware and in UTC, durations are minutes, ``None`` is unknown. People are logins or names.
"""

from __future__ import annotations

from datetime import date, datetime

from changedesk.values import dataclass


@dataclass(frozen=True, slots=True)
class Service:
    """Something of value that a client uses without owning its cost and risk (R109).

    ``objective`` is the objective of the client that it serves (R127). ``acquisition_cost``, ``horizon_months`` and
    ``currency`` are what its total cost is counted with, ``hour_rate`` is what an hour of support costs.
    """

    id: str
    rev: int
    client: str
    name: str
    owner: str | None
    state: str
    objective: str | None
    currency: str | None
    horizon_months: int | None
    acquisition_cost: float | None
    hour_rate: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed of a service: a metric with its target, and how far beside it is still accepted (R111, R180).

    ``kind`` is SLA, OLA or UC; ``tolerance`` is in the unit of the metric.
    """

    id: str
    kind: str
    metric: str
    target: float
    tolerance: float | None
    partner: str | None

    @property
    def with_whom(self) -> str:
        """`` with Acme``, to stand behind what was agreed; empty where nobody is named."""
        return f" with {self.partner}" if self.partner else ""


@dataclass(frozen=True, slots=True)
class ServicePeriod:
    """What a service did from ``start`` to ``end``, both days included.

    ``agreed_min`` is the agreed service time without agreed maintenance, ``down_min`` what was missing of it.
    ``restored_min`` and ``repaired_min`` are the minutes from failure to full service, and from failure to the end of the
    repair, summed over the ``failures``: two things that are never shown under one name. ``due`` counts what had to be done
    by a time in the period, what is open and past it included; ``met`` what was done in time. ``csat_sat`` are answers of 4
    or 5 among ``csat_n`` answers of ``asked`` people.
    """

    start: date
    end: date
    agreed_min: float | None = None
    down_min: float | None = None
    failures: int | None = None
    restored_min: float | None = None
    repaired_min: float | None = None
    incidents: int | None = None
    change_incidents: int | None = None
    change_down_min: float | None = None
    csat_sat: int | None = None
    csat_n: int | None = None
    asked: int | None = None
    cost: float | None = None
    planned_cost: float | None = None
    releases: int | None = None
    due: int | None = None
    met: int | None = None


@dataclass(frozen=True, slots=True)
class Signal:
    """One sign that a service falls short: its kind, the day, what was seen, and where it is written down."""

    kind: str
    seen_on: date
    detail: str
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Improvement:
    """Something to be better about a service, with the signals that speak for it and what became of it.

    ``initiative`` is the code of the initiative that it was turned into; ``due`` the day by which it is planned.
    """

    id: str
    rev: int
    service_id: str
    title: str
    kind: str | None
    state: str
    owner: str | None
    due: date | None
    decided_by: str | None
    decided_at: datetime | None
    reason: str | None
    evidence: str | None
    implemented_on: date | None
    initiative: str | None
    signals: tuple[Signal, ...] = ()
