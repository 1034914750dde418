"""What an initiative changes and leaves behind, as it runs: the service it belongs to, and its first day on the desk."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from changedesk.domain.early_life.day_one import DayOne
from changedesk.domain.service.kpis import TotalCost
from changedesk.domain.service.running import Improvement, Service, ServicePeriod
from changedesk.domain.service.window import WindowFigures, window
from changedesk.values import dataclass

FIRST_DAYS: Final = 90
"""So many days after go-live a service shows whether it is reliable (R144)."""


@dataclass(frozen=True, slots=True)
class RunningSide:
    """The service of an initiative (None: nobody has named one) with its periods and cost, and its first day on the desk.

    ``origin`` is the improvement of that service that it came from (R157). ``first_day`` is what was to be expected of
    the first day, ``first_day_seen`` its tickets; None before it, and where no ticket is known to belong here.
    """

    service: Service | None = None
    periods: tuple[ServicePeriod, ...] = ()
    cost: TotalCost | None = None
    origin: Improvement | None = None
    first_day: DayOne | None = None
    first_day_seen: int | None = None


def after_go_live(periods: Sequence[ServicePeriod], live: date) -> WindowFigures | None:
    """The figures of a service in the periods that began in the first 90 days after a go-live; None when none has."""
    return window([period for period in periods if live <= period.start < live + timedelta(days=FIRST_DAYS)])
