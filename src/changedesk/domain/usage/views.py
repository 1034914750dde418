"""Each metric of an initiative, group by group and of everybody: its counts, where it stands, and what can be asked of it.

An average hides whom it is made of (R31): everybody always comes with the groups. ``ground`` makes them from the records.
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from changedesk.domain.adoption import AdoptionState
from changedesk.domain.usage.counts import Use
from changedesk.domain.usage.kpis import Speed, Sustained
from changedesk.domain.usage.metrics import Metric
from changedesk.domain.usage.outlook import ENOUGH_COUNTS, Asked
from changedesk.values import dataclass

Standing = AdoptionState | Literal["not_live", "no_count"]
CANCELLED: Final = "Cancelled: how its use would go on is not forecast."
"""Why there is no forecast of anything in an initiative that was cancelled."""


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A metric of one group, or (``audience`` None) of everybody.

    ``state`` is known for use alone; ``best`` is the best level it has held. ``question`` is what a forecast would be asked,
    None where there is none: then ``reason`` says why, and it is empty otherwise. ``left_out`` are groups that everybody
    does not hold because nobody counted them; ``to_come`` those who go live later and count as nobody until then.
    """

    audience: str | None
    metric: Metric
    headcount: int
    go_live: date | None
    measured: tuple[Use, ...]
    said: tuple[Use, ...]
    methods: tuple[str, ...]
    target: float | None
    by: date | None
    state: AdoptionState | None
    best: float | None
    relapses: tuple[date, ...]
    speed: Speed | None
    sustained: Sustained | None
    levelled: float | None
    question: Asked | None
    reason: str
    left_out: tuple[str, ...] = ()
    to_come: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The group as it is called, ``Everybody`` for all of them."""
        return self.audience or "Everybody"

    @property
    def now(self) -> Use | None:
        """The newest count; None is unknown."""
        return self.measured[-1] if self.measured else None

    @property
    def percent(self) -> float | None:
        """The newest percentage."""
        return self.measured[-1].percent if self.measured else None

    @property
    def plan(self) -> tuple[tuple[date, float], ...]:
        """The way to the target as it was planned: straight from nobody at go-live; none for what is sampled or cancelled."""
        if self.cancelled or self.metric.sampled or self.target is None or self.by is None or self.go_live is None:
            return ()
        return ((self.go_live, 0.0), (self.by, self.target)) if self.by > self.go_live else ()

    def standing(self, today: date) -> Standing | None:
        """Where it stands in use; what nobody has counted is unknown, unless nobody could use it yet. None for other metrics."""
        if self.state is None or self.measured:
            return self.state
        return "not_live" if self.go_live is None or self.go_live > today else "no_count"

    @property
    def why(self) -> str:
        """Why there is no forecast, in few words for a column; empty when there is one."""
        if not self.reason:
            return ""
        if self.cancelled:
            return "cancelled"
        if self.suspended:
            return "suspended"
        if self.measured:
            return "an output" if self.metric.nature == "output" else f"{len(self.measured)} of {ENOUGH_COUNTS} counts"
        if self.said:
            return "own word only"
        return "no count yet" if self.go_live is not None or self.metric.sampled else "no go-live day"

    @property
    def cancelled(self) -> bool:
        """Whether it belongs to what was cancelled."""
        return self.reason == CANCELLED

    @property
    def suspended(self) -> bool:
        """Whether a forecast is held back because people went back to the old way."""
        return self.state == "relapsed"


@dataclass(frozen=True, slots=True)
class MetricView:
    """A metric with everybody first and then each group, by name."""

    metric: Metric
    everybody: SeriesView
    groups: tuple[SeriesView, ...]

    @property
    def all(self) -> tuple[SeriesView, ...]:
        """Everybody, then the groups."""
        return (self.everybody, *self.groups)

    @property
    def by_group(self) -> bool:
        """Whether only single groups have a target: beside everybody's use none of them would say anything."""
        return self.everybody.target is None and any(one.target is not None for one in self.groups)

    def of(self, audience: str | None) -> SeriesView:
        """One of them; everybody for a name that is not there."""
        return next((one for one in self.groups if one.audience == audience), self.everybody)
